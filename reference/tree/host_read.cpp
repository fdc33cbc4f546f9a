// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/host_read.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "tree/host_content.h"
#include "tree/host_xattrs.h"

namespace erofs::tree {
namespace {

constexpr mode_t kPermissions = 07777;

Type type_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return Type::kDir;
    case S_IFLNK:
      return Type::kLnk;
    case S_IFCHR:
      return Type::kChr;
    case S_IFBLK:
      return Type::kBlk;
    case S_IFIFO:
      return Type::kFifo;
    case S_IFSOCK:
      return Type::kSock;
    default:
      return Type::kReg;
  }
}

Node node_of(const struct stat& facts) {
  Node node;
  node.type = type_of(facts.st_mode);
  node.mode = static_cast<std::uint16_t>(facts.st_mode & kPermissions);
  node.uid = facts.st_uid;
  node.gid = facts.st_gid;
  node.mtime_sec = facts.st_mtim.tv_sec;
  node.mtime_nsec = static_cast<std::uint32_t>(facts.st_mtim.tv_nsec);
  if (node.type == Type::kChr || node.type == Type::kBlk) {
    node.rdev_major = ::major(facts.st_rdev);
    node.rdev_minor = ::minor(facts.st_rdev);
  }
  if (node.type == Type::kReg) {
    node.size = static_cast<std::uint64_t>(facts.st_size);
  }
  return node;
}

tl::unexpected<Trouble> refused(const std::string& path, const char* what,
                                int error) {
  return trouble(path, std::string(what) + ": " + std::strerror(error), error);
}

// A directory that is still to be read.
struct Open {
  std::string path;                         // in the tree; "" for the root
  std::shared_ptr<const std::string> host;  // ends in a slash
};

// One walk over a directory and all below it.
class Scan {
 public:
  explicit Scan(const HostOptions& options) : options_(options) {}

  Outcome<Tree> run(const std::string& directory);

 private:
  Outcome<void> list(const Open& open);
  Outcome<void> add(const Open& open, int descriptor, const char* name);
  Outcome<void> fill(const Open& open, int descriptor, const char* name,
                     const struct stat& facts, Node& node) const;

  const HostOptions& options_;
  Tree tree_;
  std::deque<Open> open_;
  // Files with several names: where the first one was.
  std::map<std::pair<dev_t, ino_t>, std::string> linked_;
};

Outcome<Tree> Scan::run(const std::string& directory) {
  struct stat facts {};
  if (::stat(directory.c_str(), &facts) != 0) {
    return refused(directory, "cannot be read", errno);
  }
  if (!S_ISDIR(facts.st_mode)) {
    return trouble(directory, "is not a directory");
  }
  Node root = node_of(facts);
  if (options_.xattrs) {
    auto xattrs = host_xattrs(directory + "/.");
    if (!xattrs) return tl::unexpected(xattrs.error());
    root.xattrs = std::move(*xattrs);
  }
  if (auto put = tree_.put("/", std::move(root)); !put) {
    return tl::unexpected(put.error());
  }
  open_.push_back({"", std::make_shared<const std::string>(directory + "/")});
  while (!open_.empty()) {
    const Open next = std::move(open_.front());
    open_.pop_front();
    if (auto done = list(next); !done) return tl::unexpected(done.error());
  }
  tree_.finish();
  return std::move(tree_);
}

Outcome<void> Scan::list(const Open& open) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(
      ::opendir(open.host->c_str()), ::closedir);
  if (!directory) return refused(*open.host, "cannot be listed", errno);
  const int descriptor = ::dirfd(directory.get());
  while (true) {
    errno = 0;
    const struct dirent* entry = ::readdir(directory.get());
    if (entry == nullptr) {
      if (errno != 0) return refused(*open.host, "cannot be listed", errno);
      return {};
    }
    const char* const name = std::data(entry->d_name);
    if (name == std::string_view(".") || name == std::string_view("..")) {
      continue;
    }
    if (auto added = add(open, descriptor, name); !added) return added;
  }
}

Outcome<void> Scan::add(const Open& open, int descriptor, const char* name) {
  const std::string path = open.path + "/" + name;
  if (options_.leave_out && options_.leave_out(path)) return {};
  struct stat facts {};
  if (::fstatat(descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) != 0) {
    return refused(*open.host + name, "cannot be read", errno);
  }
  const bool linked =
      options_.hard_links && !S_ISDIR(facts.st_mode) && facts.st_nlink > 1;
  if (linked) {
    const auto [first, fresh] =
        linked_.try_emplace({facts.st_dev, facts.st_ino}, path);
    if (!fresh) {
      auto link = tree_.link(path, first->second);
      if (!link) return tl::unexpected(link.error());
      return {};
    }
  }
  Node node = node_of(facts);
  if (auto filled = fill(open, descriptor, name, facts, node); !filled) {
    return filled;
  }
  if (auto put = tree_.put(path, std::move(node)); !put) {
    return tl::unexpected(put.error());
  }
  if (S_ISDIR(facts.st_mode)) {
    open_.push_back(
        {path, std::make_shared<const std::string>(*open.host + name + "/")});
  }
  return {};
}

Outcome<void> Scan::fill(const Open& open, int descriptor, const char* name,
                         const struct stat& facts, Node& node) const {
  const std::string host = *open.host + name;
  if (node.type == Type::kLnk) {
    node.target.resize(static_cast<std::size_t>(facts.st_size) + 1);
    const ssize_t got =
        ::readlinkat(descriptor, name, node.target.data(), node.target.size());
    if (got < 0) return refused(host, "cannot be read", errno);
    if (static_cast<std::size_t>(got) == node.target.size()) {
      return trouble(host, "changed while it was read", ESTALE);
    }
    node.target.resize(static_cast<std::size_t>(got));
  }
  if (node.type == Type::kReg && node.size != 0) {
    node.content = std::make_shared<HostContent>(open.host, name, facts);
  }
  if (!options_.xattrs) return {};
  auto xattrs = host_xattrs(host);
  if (!xattrs) return tl::unexpected(xattrs.error());
  node.xattrs = std::move(*xattrs);
  return {};
}

}  // namespace

Outcome<Tree> read_host(const std::string& directory,
                        const HostOptions& options) {
  return Scan(options).run(directory);
}

}  // namespace erofs::tree
