// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_IMAGE_MEMORY_SOURCE_H_
#define EROFS_IMAGE_MEMORY_SOURCE_H_

#include "image/source.h"

namespace erofs::image {

// Bytes in memory, which must outlive this object.
class MemorySource final : public Source {
 public:
  explicit MemorySource(ByteView bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] std::uint64_t size() const noexcept override {
    return bytes_.size();
  }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;

 private:
  ByteView bytes_;
};

}  // namespace erofs::image

#endif  // EROFS_IMAGE_MEMORY_SOURCE_H_
