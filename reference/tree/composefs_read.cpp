// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/composefs_read.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tree/composefs_layer.h"
#include "tree/dump_line.h"
#include "tree/held_content.h"
#include "tree/text_line.h"

namespace erofs::tree {
namespace {

constexpr std::uint16_t kPermissions = 07777;

// Why a path names no file in an image; nullptr if it may.
const char* complaint_of(const std::string& path) {
  if (!path.starts_with('/')) return "PATH does not begin with a slash";
  if (path == "/") return nullptr;
  for (std::size_t at = 1; at <= path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const auto part = std::string_view(path).substr(at, slash - at);
    if (part.empty() || part == "." || part == "..") {
      return "PATH has a part that is no name";
    }
    at = slash + 1;
  }
  return nullptr;
}

bool type_of(std::uint32_t mode, Type& type) {
  switch (mode & S_IFMT) {
    case S_IFREG:
      type = Type::kReg;
      return true;
    case S_IFDIR:
      type = Type::kDir;
      return true;
    case S_IFLNK:
      type = Type::kLnk;
      return true;
    case S_IFCHR:
      type = Type::kChr;
      return true;
    case S_IFBLK:
      type = Type::kBlk;
      return true;
    case S_IFIFO:
      type = Type::kFifo;
      return true;
    case S_IFSOCK:
      type = Type::kSock;
      return true;
    default:
      return false;
  }
}

class Reading {
 public:
  explicit Reading(DumpUse use) : use_(use) {}

  Outcome<void> take(const std::string& text);
  Outcome<Tree> finish();
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

 private:
  struct Link {
    std::uint64_t line;
    std::string path;
    std::string target;
  };

  // Whether a file can be put there: its reason, or nothing.
  [[nodiscard]] const char* place(const std::string& path) const;
  [[nodiscard]] std::string regular(DumpLine& line, Node& node) const;
  [[nodiscard]] std::string fill(DumpLine& line, Node& node) const;
  [[nodiscard]] tl::unexpected<Trouble> wrong(const std::string& reason) const {
    return trouble("line " + std::to_string(count_), reason);
  }

  DumpUse use_;
  std::uint64_t count_ = 0;  // lines
  Tree tree_;
  std::vector<Link> links_;
};

const char* Reading::place(const std::string& path) const {
  if (const char* reason = complaint_of(path)) return reason;
  if ((count_ == 1) != (path == "/")) {
    return count_ == 1 ? "the first line is not that of the root"
                       : "is a second root";
  }
  if (path == "/") return nullptr;
  const std::size_t slash = path.rfind('/');
  const auto above = tree_.find(path.substr(0, slash));
  if (!above || tree_.at(*above).type != Type::kDir) {
    return "the directory that it is in has no line before";
  }
  return tree_.find(path) ? "has a line already" : nullptr;
}

std::string Reading::regular(DumpLine& line, Node& node) const {
  node.size = line.size;
  if (line.content) {
    if (line.payload || line.digest) {
      return "has CONTENT, and a PAYLOAD or DIGEST of one that is elsewhere";
    }
    if (line.content->size() != line.size) {
      return "SIZE is not that of CONTENT, " +
             std::to_string(line.content->size());
    }
    if (line.size == 0) return {};
    node.content = std::make_shared<HeldContent>(std::move(*line.content));
    return {};
  }
  if (line.size == 0) return {};
  if (use_ == DumpUse::kPlain) return "has a SIZE, but no CONTENT";
  if (line.payload && line.payload->find('\0') != std::string::npos) {
    return "PAYLOAD has a NUL byte";
  }
  refer(node, line.payload, line.digest);
  return {};
}

std::string Reading::fill(DumpLine& line, Node& node) const {
  if (!type_of(line.mode, node.type)) return "MODE has the type of no file";
  node.mode = static_cast<std::uint16_t>(line.mode & kPermissions);
  node.uid = line.uid;
  node.gid = line.gid;
  node.mtime_sec = line.mtime_sec;
  node.mtime_nsec = line.mtime_nsec;
  node.xattrs = std::move(line.xattrs);
  if (use_ == DumpUse::kLayer) escape_overlay(node.xattrs);
  if (node.type == Type::kReg) return regular(line, node);
  if (line.content || line.digest) {
    return "has a CONTENT or DIGEST, but is no regular file";
  }
  if (node.type == Type::kLnk) {
    if (!line.payload || line.payload->empty() ||
        line.payload->find('\0') != std::string::npos) {
      return "PAYLOAD is no target of a symbolic link";
    }
    node.target = std::move(*line.payload);
    return {};
  }
  if (line.payload) return "has a PAYLOAD, which means nothing for its type";
  if (node.type == Type::kChr || node.type == Type::kBlk) {
    node.rdev_major = gnu_dev_major(line.rdev);
    node.rdev_minor = gnu_dev_minor(line.rdev);
  }
  return {};
}

Outcome<void> Reading::take(const std::string& text) {
  ++count_;
  auto line = parse_dump_line(text);
  if (!line) return wrong(line.error().reason);
  const std::string path = line->path;
  if (const char* reason = place(path)) return wrong(path + ": " + reason);
  if (line->link) {
    if (!line->payload) return wrong(path + ": is a link without a PAYLOAD");
    links_.push_back({count_, path, std::move(*line->payload)});
    return {};
  }
  Node node;
  const std::string reason = fill(*line, node);
  if (!reason.empty()) return wrong(path + ": " + reason);
  if (const auto put = tree_.put(path, std::move(node)); !put) {
    return wrong(put.error().where + ": " + put.error().reason);
  }
  return {};
}

Outcome<Tree> Reading::finish() {
  if (count_ == 0) return trouble("the dump", "has no lines");
  for (const Link& link : links_) {
    count_ = link.line;
    if (tree_.find(link.path)) return wrong(link.path + ": has two lines");
    const auto put = tree_.link(link.path, link.target);
    if (!put) return wrong(put.error().where + ": " + put.error().reason);
  }
  tree_.finish();
  if (use_ == DumpUse::kLayer) complete_layer(tree_);
  return std::move(tree_);
}

}  // namespace

Outcome<Tree> read_composefs_dump(std::istream& lines, DumpUse use) {
  Reading reading(use);
  std::string text;
  while (true) {
    text.clear();
    const TextLine got = append_line(lines, text);
    if (got == TextLine::kEnd) break;
    if (got == TextLine::kTooLong) {
      return trouble("line " + std::to_string(reading.count() + 1),
                     "is longer than 64 MiB");
    }
    if (auto taken = reading.take(text); !taken) {
      return tl::unexpected(taken.error());
    }
  }
  if (lines.bad()) return trouble("the dump", "cannot be read", EIO);
  return reading.finish();
}

}  // namespace erofs::tree
