// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_CHECK_IMAGE_H_
#define EROFS_SUPPORT_CHECK_IMAGE_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/checker.h"
#include "decode/superblock.h"
#include "format/directory.gen.h"
#include "format/inode.gen.h"
#include "format/limits.gen.h"
#include "format/superblock.gen.h"
#include "image/memory_source.h"
#include "support/hex.h"

namespace erofs::test {

// A directory entry of a TestNode; `node` is an index into the image.
struct Child {
  std::string name;
  std::size_t node = 0;
  std::optional<std::uint8_t> file_type = {};  // unless that of the node
};

// An inode as a test describes it; what is not said is made to fit.
struct TestNode {
  format::ModeType type = format::ModeType::kRegular;
  format::Layout layout = format::Layout::kFlatInline;
  bool extended = false;
  bool dots = true;          // directories: has "." and ".."
  std::string content = {};  // directories: instead of `children`
  std::vector<Child> children = {};
  Bytes xattrs = {};        // the whole ibody
  Bytes table = {};         // of chunks; i_size is set by an edit
  std::uint32_t nlink = 0;  // unless the right one
  std::function<void(format::InodeCompactBuilder&)> edit = {};
  std::function<void(format::InodeExtendedBuilder&)> edit_extended = {};
};

inline TestNode directory(std::vector<Child> children) {
  TestNode node;
  node.type = format::ModeType::kDirectory;
  node.children = std::move(children);
  return node;
}

inline TestNode file(std::string content) {
  TestNode node;
  node.content = std::move(content);
  if (node.content.empty()) node.layout = format::Layout::kFlatPlain;
  return node;
}

inline TestNode special(format::ModeType type) {
  TestNode node;
  node.type = type;
  node.layout = format::Layout::kFlatPlain;
  return node;
}

// A small image, node 0 its root: the superblock in block 0, then inodes,
// then data blocks. Well-formed and complete unless told otherwise.
class CheckImage {
 public:
  explicit CheckImage(std::vector<TestNode> nodes, std::uint8_t bits = 12);

  Bytes bytes;

  [[nodiscard]] std::size_t at(std::size_t node) const { return at_[node]; }
  [[nodiscard]] std::uint64_t nid(std::size_t node) const {
    return at_[node] >> format::kInodeSlotBits;
  }
  // Where the blocks of a flat node start.
  [[nodiscard]] std::size_t data(std::size_t node) const { return data_[node]; }
  [[nodiscard]] std::size_t block() const { return std::size_t{1} << bits_; }

  // Changes the superblock and makes its checksum right again.
  void edit(const std::function<void(format::SuperblockBuilder&)>& change);
  // Puts `patch` at `offset` and makes the checksum right again.
  void put(std::size_t offset, const Bytes& patch);
  void byte(std::size_t offset, std::uint8_t value) {
    put(offset, repeat(value, 1));
  }
  void seal();
  // Whole blocks of zeros behind the rest; returns where they start.
  std::size_t append(std::size_t blocks);

 private:
  [[nodiscard]] std::string listing(std::size_t node) const;
  [[nodiscard]] std::string content(std::size_t node) const;
  [[nodiscard]] bool is_directory(std::size_t node) const {
    return nodes_[node].type == format::ModeType::kDirectory;
  }
  void relate();
  void place();
  void write(std::size_t node);
  template <class Builder>
  Builder body(std::size_t node) const;

  std::vector<TestNode> nodes_;
  std::uint8_t bits_;
  std::vector<std::size_t> parent_;
  std::vector<std::uint32_t> links_;
  std::vector<std::size_t> at_;
  std::vector<std::size_t> data_;
};

inline check::Report checked(const CheckImage& image,
                             std::optional<Limits> limits = {},
                             std::vector<const image::Source*> blobs = {}) {
  const image::MemorySource source(view(image.bytes));
  const check::Input input{source, blobs};
  return check::check(input, limits.value_or(check::default_limits(input)));
}

using Rules = std::set<std::string>;

// The ids of all rules with a finding.
inline Rules rules(const check::Report& report) {
  Rules out;
  for (const check::Finding& finding : report.findings()) {
    out.emplace(format::rule(finding.rule).id);
  }
  return out;
}
inline Rules rules(const CheckImage& image) { return rules(checked(image)); }

// The first finding of a rule; a blank one where there is none.
inline check::Finding finding(const check::Report& report, RuleId rule) {
  for (const check::Finding& each : report.findings()) {
    if (each.rule == rule) return each;
  }
  ADD_FAILURE() << "no finding of " << format::rule(rule).id;
  return {};
}

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_CHECK_IMAGE_H_
