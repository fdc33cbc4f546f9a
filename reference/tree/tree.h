// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_TREE_H_
#define EROFS_TREE_TREE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "image/source.h"
#include "tree/entry.h"
#include "tree/outcome.h"

namespace erofs::tree {

// Number of a node within its tree.
using NodeId = std::uint32_t;

struct Child {
  std::string name;  // raw bytes, 1 to 255 of them, no '/' and no NUL
  NodeId node = 0;
};

struct Xattr {
  std::string name;  // complete, "user.x"
  std::string value;

  friend bool operator==(const Xattr&, const Xattr&) = default;
};

// One file of a tree: what several names may share.
struct Node {
  Type type = Type::kReg;
  std::uint16_t mode = 0;  // low 12 bits
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::int64_t mtime_sec = 0;
  std::uint32_t mtime_nsec = 0;
  std::uint32_t rdev_major = 0;  // chr, blk
  std::uint32_t rdev_minor = 0;
  std::uint64_t size = 0;     // reg: bytes
  std::string target;         // lnk, raw bytes
  std::vector<Xattr> xattrs;  // ascending by name, each name once
  // reg: `size` bytes; may be null where size is 0 or holes cover all of it.
  std::shared_ptr<const image::Source> content;
  std::vector<Span> holes;  // as in Entry
  // reg: where the content begins in the archive that it comes from, if it
  // lies there as it is, in one piece.
  std::optional<std::uint64_t> archived_at;
  std::vector<Child> children;  // dir: ascending by raw bytes once finished
  NodeId parent = 0;            // dir; the root is its own
  std::uint32_t nlink = 0;      // set by Tree::finish()
};

// A file tree of no filesystem in particular, whole in memory but for the
// contents of its files. Paths are absolute, or relative to the root; "."
// and empty parts are skipped, ".." is refused.
class Tree {
 public:
  static constexpr NodeId kRoot = 0;

  // A root directory, mode 0755, owned by 0:0, of time 0.
  Tree();

  [[nodiscard]] const std::vector<Node>& nodes() const noexcept {
    return nodes_;
  }
  [[nodiscard]] Node& at(NodeId id) noexcept { return nodes_[id]; }
  [[nodiscard]] const Node& at(NodeId id) const noexcept { return nodes_[id]; }

  // Puts a node under `path`, with such parents as are missing (as the root
  // is at first, with the time of the node). What stood there goes: but a
  // directory over a directory keeps the children and takes the rest. The
  // path of the root sets the root's attributes.
  Outcome<NodeId> put(std::string_view path, Node node);
  // One more name, `path`, of the file at `existing`, which is no directory.
  Outcome<NodeId> link(std::string_view path, std::string_view existing);
  // Takes the name away with all below it; false where there is none.
  bool remove(std::string_view path);
  [[nodiscard]] std::optional<NodeId> find(std::string_view path) const;

  // Drops what no name reaches, sorts children, counts links. Numbers of
  // nodes change: the root stays 0, the others follow breadth-first in the
  // order of names. Equal trees are numbered alike.
  void finish();

 private:
  // Ascending by raw bytes; this order is the children's.
  using Names = std::map<std::string, NodeId, std::less<>>;

  [[nodiscard]] NodeId child(NodeId directory, std::string_view name) const;
  NodeId grow(Node node);
  // The directory that the last part is in, made where it is missing.
  NodeId directory(const std::vector<std::string_view>& parts,
                   const Node& like);

  std::vector<Node> nodes_;
  std::vector<Names> names_;  // of the directory of that number
};

}  // namespace erofs::tree

#endif  // EROFS_TREE_TREE_H_
