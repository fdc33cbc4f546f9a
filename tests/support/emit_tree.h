// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TESTS_SUPPORT_EMIT_TREE_H_
#define EROFS_TESTS_SUPPORT_EMIT_TREE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "emit/write_image.h"
#include "image/memory_target.h"
#include "image/source.h"
#include "tree/tree.h"

namespace erofs::test {

// A file's content in memory, which can be told to fail.
class Text : public image::Source {
 public:
  explicit Text(std::vector<std::byte> bytes, int error = 0)
      : bytes_(std::move(bytes)), error_(error) {}

  [[nodiscard]] std::uint64_t size() const noexcept override {
    return bytes_.size();
  }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override {
    if (error_ != 0) {
      return io_fault(Place{}, static_cast<std::uint64_t>(error_));
    }
    out.copy_from(ByteView(bytes_).from(offset).value_or(ByteView()));
    return {};
  }

 private:
  std::vector<std::byte> bytes_;
  int error_;
};

inline tree::Node file_of(std::vector<std::byte> bytes, int error = 0) {
  tree::Node node;
  node.mode = 0644;
  node.size = bytes.size();
  node.content = std::make_shared<Text>(std::move(bytes), error);
  return node;
}

// An image in memory; empty, and the reason in `reason`, where it fails.
inline std::vector<std::byte> image_of(const tree::Tree& tree,
                                       const emit::Options& options,
                                       std::string* reason = nullptr) {
  image::MemoryTarget target;
  const auto written = emit::write_image(tree, options, target);
  if (!written) {
    if (reason != nullptr) {
      *reason = written.error().where + ": " + written.error().reason;
    }
    return {};
  }
  target.bytes().resize(static_cast<std::size_t>(written->bytes));
  return std::move(target.bytes());
}

}  // namespace erofs::test

#endif  // EROFS_TESTS_SUPPORT_EMIT_TREE_H_
