// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_COUNTING_SOURCE_H_
#define EROFS_SUPPORT_COUNTING_SOURCE_H_

#include <cerrno>
#include <cstdint>
#include <limits>

#include "base/checked.h"
#include "image/source.h"

namespace erofs::test {

// Content that is computed, with a count of what is read and one byte that
// the host refuses to give.
class CountingSource final : public image::Source {
 public:
  explicit CountingSource(std::uint64_t size) : size_(size) {}

  [[nodiscard]] std::byte byte_at(std::uint64_t offset) const {
    return static_cast<std::byte>(offset * 7 + offset / 251);
  }
  [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override {
    ++reads;
    bytes += out.size();
    // What a failed read leaves behind is nobody's content.
    out.fill_zero();
    if (!checked::within(offset, out.size(), size_)) {
      return io_fault({Place::kPrimary, offset}, ERANGE);
    }
    if (bad >= offset && bad - offset < out.size()) {
      return io_fault({Place::kPrimary, bad}, EIO);
    }
    std::uint64_t at = offset;
    for (std::byte& byte : out.span()) byte = byte_at(at++);
    return {};
  }

  mutable int reads = 0;
  mutable std::uint64_t bytes = 0;
  std::uint64_t bad = std::numeric_limits<std::uint64_t>::max();

 private:
  std::uint64_t size_;
};

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_COUNTING_SOURCE_H_
