// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_IMAGE_SOURCE_H_
#define EROFS_IMAGE_SOURCE_H_

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace erofs::image {

// Anything that has bytes: a device, the metabox, a file inside an image.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;

  // Fills all of `out` from byte `offset`, or faults: kIo for a range that
  // is not within size() (value ERANGE) and for what the host refuses
  // (value errno).
  [[nodiscard]] virtual Status read(std::uint64_t offset,
                                    MutableBytes out) const = 0;
};

}  // namespace erofs::image

#endif  // EROFS_IMAGE_SOURCE_H_
