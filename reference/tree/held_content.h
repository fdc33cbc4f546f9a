// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_HELD_CONTENT_H_
#define EROFS_TREE_HELD_CONTENT_H_

#include <cstdint>
#include <string>
#include <utility>

#include "image/source.h"

namespace erofs::tree {

// A content that is its own bytes.
class HeldContent : public image::Source {
 public:
  explicit HeldContent(std::string bytes) : bytes_(std::move(bytes)) {}

  [[nodiscard]] std::uint64_t size() const noexcept override {
    return bytes_.size();
  }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;

 private:
  std::string bytes_;
};

}  // namespace erofs::tree

#endif  // EROFS_TREE_HELD_CONTENT_H_
