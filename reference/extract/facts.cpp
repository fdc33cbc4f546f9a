// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/facts.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "format/limits.gen.h"
#include "read/content.h"
#include "read/linux_xattrs.h"
#include "read/node.h"

namespace erofs::extract {
namespace {

// Links that are longer than Linux follows are still shown, up to this.
constexpr std::uint64_t kLongestTarget = std::uint64_t{1} << 16;

tree::Type type_of(format::ModeType type) noexcept {
  switch (type) {
    case format::ModeType::kFifo:
      return tree::Type::kFifo;
    case format::ModeType::kCharDevice:
      return tree::Type::kChr;
    case format::ModeType::kDirectory:
      return tree::Type::kDir;
    case format::ModeType::kBlockDevice:
      return tree::Type::kBlk;
    case format::ModeType::kRegular:
      return tree::Type::kReg;
    case format::ModeType::kSymlink:
      return tree::Type::kLnk;
    case format::ModeType::kSocket:
      break;
  }
  return tree::Type::kSock;
}

tree::Entry inode_facts(const read::Volume& volume, const read::Visit& visit) {
  const auto& inode = visit.node.inode();
  tree::Entry entry;
  entry.path = visit.path;
  entry.type = type_of(inode.type);
  entry.mode = inode.permissions;
  entry.uid = inode.uid;
  entry.gid = inode.gid;
  entry.nlink = inode.nlink;
  entry.size = inode.size;
  entry.ino = read::linux_ino(volume, visit.node.nid);
  entry.mtime_sec = inode.mtime;
  entry.mtime_nsec = inode.mtime_nsec;
  if (entry.type == tree::Type::kChr || entry.type == tree::Type::kBlk) {
    entry.rdev_major = inode.rdev_major();
    entry.rdev_minor = inode.rdev_minor();
  }
  return entry;
}

// readlink(2) shows what stands before the first NUL.
Result<std::string> target(const read::Volume& volume, const read::Node& node,
                           Budget& budget) {
  EROFS_ASSIGN(std::string text,
               read::read_text(volume, node, kLongestTarget, budget));
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

}  // namespace

Result<tree::Entry> facts(const read::Volume& volume, const read::Visit& visit,
                          Budget& budget) {
  tree::Entry entry = inode_facts(volume, visit);
  EROFS_ASSIGN(entry.xattrs, read::linux_xattrs(volume, visit.node, budget));
  if (entry.type == tree::Type::kLnk) {
    EROFS_ASSIGN(entry.target, target(volume, visit.node, budget));
  }
  return entry;
}

std::uint64_t weight(const tree::Entry& entry) noexcept {
  // Of a tree and two strings.
  constexpr std::uint64_t kAttribute = 96;
  std::uint64_t bytes = sizeof(entry) + entry.path.size() + entry.target.size();
  for (const auto& [name, value] : entry.xattrs) {
    bytes += kAttribute + name.size() + value.size();
  }
  return bytes;
}

}  // namespace erofs::extract
