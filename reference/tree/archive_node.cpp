// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/archive_node.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "tree/acl_xattr.h"

namespace erofs::tree {
namespace {

constexpr std::uint16_t kPermissions = 07777;

bool type_of(archive_entry* entry, Type& type) {
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
      type = Type::kReg;
      return true;
    case AE_IFDIR:
      type = Type::kDir;
      return true;
    case AE_IFLNK:
      type = Type::kLnk;
      return true;
    case AE_IFCHR:
      type = Type::kChr;
      return true;
    case AE_IFBLK:
      type = Type::kBlk;
      return true;
    case AE_IFIFO:
      type = Type::kFifo;
      return true;
    case AE_IFSOCK:
      type = Type::kSock;
      return true;
    default:
      return false;
  }
}

bool fits(la_int64_t id) { return id >= 0 && id <= 0xFFFFFFFF; }

std::uint16_t tag_of(int tag) {
  switch (tag) {
    case ARCHIVE_ENTRY_ACL_USER_OBJ:
      return 0x01;
    case ARCHIVE_ENTRY_ACL_USER:
      return 0x02;
    case ARCHIVE_ENTRY_ACL_GROUP_OBJ:
      return 0x04;
    case ARCHIVE_ENTRY_ACL_GROUP:
      return 0x08;
    case ARCHIVE_ENTRY_ACL_MASK:
      return 0x10;
    case ARCHIVE_ENTRY_ACL_OTHER:
      return 0x20;
    default:
      return 0;
  }
}

// Adds the list of one kind to `xattrs`; false where a line has no meaning.
bool add_acl(archive_entry* entry, int kind, const std::string& name,
             std::map<std::string, std::string>& xattrs) {
  if (archive_entry_acl_reset(entry, kind) == 0) return true;
  std::vector<AclLine> lines;
  int type = 0;
  int permissions = 0;
  int tag = 0;
  int id = 0;
  const char* who = nullptr;
  while (archive_entry_acl_next(entry, kind, &type, &permissions, &tag, &id,
                                &who) == ARCHIVE_OK) {
    AclLine line;
    line.tag = tag_of(tag);
    line.permissions = static_cast<std::uint16_t>(permissions & 7);
    if (line.tag == 0) return false;
    if (tag == ARCHIVE_ENTRY_ACL_USER || tag == ARCHIVE_ENTRY_ACL_GROUP) {
      if (id == -1) return false;  // a name alone
      line.id = static_cast<std::uint32_t>(id);
    }
    lines.push_back(line);
  }
  if (!lines.empty()) xattrs[name] = acl_xattr(std::move(lines));
  return true;
}

bool add_xattrs(archive_entry* entry, std::vector<Xattr>& out) {
  std::map<std::string, std::string> xattrs;
  if (!add_acl(entry, ARCHIVE_ENTRY_ACL_TYPE_ACCESS, "system.posix_acl_access",
               xattrs) ||
      !add_acl(entry, ARCHIVE_ENTRY_ACL_TYPE_DEFAULT,
               "system.posix_acl_default", xattrs)) {
    return false;
  }
  archive_entry_xattr_reset(entry);
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK) {
    std::string bytes;
    if (size != 0) bytes.assign(static_cast<const char*>(value), size);
    xattrs[name] = std::move(bytes);
  }
  for (auto& [key, bytes] : xattrs) out.push_back({key, std::move(bytes)});
  return true;
}

}  // namespace

std::string archive_path(archive_entry* entry) {
  const char* raw = archive_entry_pathname(entry);
  if (raw == nullptr) raw = archive_entry_pathname_utf8(entry);
  return raw == nullptr ? std::string() : std::string(raw);
}

Outcome<Node> archive_node(archive_entry* entry, const std::string& path) {
  Node node;
  if (!type_of(entry, node.type)) {
    return trouble(path, "is of a type that no file has");
  }
  node.mode =
      static_cast<std::uint16_t>(archive_entry_perm(entry) & kPermissions);
  if (!fits(archive_entry_uid(entry)) || !fits(archive_entry_gid(entry))) {
    return trouble(path, "has an owner that 32 bits do not hold");
  }
  node.uid = static_cast<std::uint32_t>(archive_entry_uid(entry));
  node.gid = static_cast<std::uint32_t>(archive_entry_gid(entry));
  node.mtime_sec = archive_entry_mtime(entry);
  node.mtime_nsec = static_cast<std::uint32_t>(archive_entry_mtime_nsec(entry));
  if (node.type == Type::kChr || node.type == Type::kBlk) {
    node.rdev_major =
        static_cast<std::uint32_t>(archive_entry_rdevmajor(entry));
    node.rdev_minor =
        static_cast<std::uint32_t>(archive_entry_rdevminor(entry));
  }
  if (node.type == Type::kLnk) {
    const char* target = archive_entry_symlink(entry);
    if (target == nullptr) target = archive_entry_symlink_utf8(entry);
    if (target == nullptr) return trouble(path, "is a link to nowhere");
    node.target = target;
  }
  if (node.type == Type::kReg) {
    if (archive_entry_size(entry) < 0) {
      return trouble(path, "has a size below zero");
    }
    node.size = static_cast<std::uint64_t>(archive_entry_size(entry));
  }
  if (!add_xattrs(entry, node.xattrs)) {
    return trouble(path, "has an access control list without numbers");
  }
  return node;
}

}  // namespace erofs::tree
