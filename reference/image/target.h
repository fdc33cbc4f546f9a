// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_IMAGE_TARGET_H_
#define EROFS_IMAGE_TARGET_H_

#include <cstdint>

#include "base/bytes.h"

namespace erofs::image {

// Where an image is written: bytes at any place, zeros where none were
// written.
class Target {
 public:
  Target() = default;
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
  virtual ~Target() = default;

  // Puts all of `bytes` at `offset`: 0, or the errno of why not.
  [[nodiscard]] virtual int write(std::uint64_t offset, ByteView bytes) = 0;
  // Fills `out` from `offset`, all of which was written: 0, or an errno.
  [[nodiscard]] virtual int read(std::uint64_t offset, MutableBytes out) = 0;
};

}  // namespace erofs::image

#endif  // EROFS_IMAGE_TARGET_H_
