// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/aufs.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace erofs::tree {
namespace {

constexpr std::string_view kWhiteout = ".wh.";
constexpr std::string_view kReserved = ".wh..wh.";
constexpr std::string_view kOpaque = ".wh..wh..opq";

void set(Node& node, const std::string& name, const std::string& value) {
  const auto at =
      std::lower_bound(node.xattrs.begin(), node.xattrs.end(), name,
                       [](const Xattr& each, const std::string& key) {
                         return each.name < key;
                       });
  if (at != node.xattrs.end() && at->name == name) {
    at->value = value;
  } else {
    node.xattrs.insert(at, {name, value});
  }
}

bool reserved(std::string_view path) {
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    if (path.substr(at, slash - at).starts_with(kReserved)) return true;
    at = slash + 1;
  }
  return false;
}

}  // namespace

Outcome<bool> Aufs::take(std::string_view path, const Node& like, Tree& tree) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  const std::string_view name = path.substr(begin);
  const std::string directory(path.substr(0, begin));
  if (name == kOpaque && !reserved(directory)) {
    opaque_.insert(directory);
    return true;
  }
  if (reserved(path)) return true;
  if (!name.starts_with(kWhiteout)) return false;
  const std::string_view gone = name.substr(kWhiteout.size());
  if (gone.empty() || gone == "." || gone == "..") {
    return trouble(std::string(path), "is a whiteout of no file");
  }
  Node node;
  node.type = Type::kChr;
  node.uid = like.uid;
  node.gid = like.gid;
  node.mtime_sec = like.mtime_sec;
  node.mtime_nsec = like.mtime_nsec;
  auto put = tree.put(directory + std::string(gone), std::move(node));
  if (!put) return tl::unexpected(put.error());
  deleting_.insert(directory);
  return true;
}

void Aufs::mark(Tree& tree) const {
  for (const auto& [paths, name, value] :
       {std::tuple(&opaque_, "trusted.overlay.opaque", "y"),
        std::tuple(&deleting_, "trusted.overlay.origin", "")}) {
    for (const std::string& path : *paths) {
      const auto found = tree.find(path);
      if (!found || tree.at(*found).type != Type::kDir) continue;
      set(tree.at(*found), name, value);
    }
  }
}

}  // namespace erofs::tree
