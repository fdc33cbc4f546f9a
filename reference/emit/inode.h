// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_INODE_H_
#define EROFS_EMIT_INODE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "emit/context.h"
#include "plan/inode_shape.h"

namespace erofs::emit {

// A path of the node, for people.
[[nodiscard]] std::string path_of(const tree::Tree& tree, tree::NodeId id);

// What stands behind an inode and its attributes.
struct Behind {
  std::uint64_t table = 0;  // bytes of a table
  unsigned align = 1;       // its alignment: 1, 4 or 8
  std::uint64_t tail = 0;   // bytes of content that lie in one block
};

// The inode of a node, before and after it has its place.
class Inode {
 public:
  // `size`: of the content as the inode states it. Notes in the context
  // what the inode cannot say of its file.
  Inode(Context& context, tree::NodeId id, std::uint64_t size);

  // Bytes in front of the table: inode, attributes, alignment.
  [[nodiscard]] std::uint64_t front(unsigned align) const;
  // Gives it a place; false where the tail has none, and nothing happened.
  [[nodiscard]] bool place(const Behind& behind);
  // Writes all of it. After place(), with as many bytes as it was told.
  void write(const plan::InodeData& data, ByteView table, ByteView tail);
  // Zeros that keep its place, and `behind` bytes behind it.
  void keep(std::uint64_t behind);
  // The same as write() for a place that was kept with this alignment, once
  // all else is flushed.
  void write_late(std::uint64_t at, const plan::InodeData& data, unsigned align,
                  ByteView behind);

  [[nodiscard]] std::uint64_t at() const noexcept { return at_; }
  [[nodiscard]] std::uint64_t nid() const noexcept;

 private:
  [[nodiscard]] std::vector<std::byte> bytes(plan::InodeData data,
                                             unsigned align, ByteView table,
                                             ByteView tail) const;

  [[nodiscard]] Blocks& blocks() const noexcept;
  [[nodiscard]] plan::Space& space() const noexcept;

  Context& context_;
  bool boxed_;  // it lies in the metabox
  plan::InodeFacts facts_;
  std::vector<plan::Attribute> attributes_;
  std::uint32_t xattr_bytes_;
  bool compact_ = true;
  unsigned align_ = 1;
  std::uint64_t at_ = 0;
};

}  // namespace erofs::emit

#endif  // EROFS_EMIT_INODE_H_
