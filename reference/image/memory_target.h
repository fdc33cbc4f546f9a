// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_IMAGE_MEMORY_TARGET_H_
#define EROFS_IMAGE_MEMORY_TARGET_H_

#include <cstddef>
#include <vector>

#include "image/target.h"

namespace erofs::image {

// An image in memory.
class MemoryTarget : public Target {
 public:
  [[nodiscard]] int write(std::uint64_t offset, ByteView bytes) override;
  [[nodiscard]] int read(std::uint64_t offset, MutableBytes out) override;

  [[nodiscard]] std::vector<std::byte>& bytes() noexcept { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace erofs::image

#endif  // EROFS_IMAGE_MEMORY_TARGET_H_
