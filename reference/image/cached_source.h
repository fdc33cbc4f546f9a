// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_IMAGE_CACHED_SOURCE_H_
#define EROFS_IMAGE_CACHED_SOURCE_H_

#include <cstdint>
#include <vector>

#include "image/source.h"

namespace erofs::image {

// Keeps recently read pages of another source, so that metadata that lies
// close together costs one read of the host. Reads of a page or more pass
// through. Direct-mapped; holds at most kPages * kPageSize bytes. For one
// thread; `inner` must outlive this object.
class CachedSource final : public Source {
 public:
  static constexpr std::size_t kPageSize = 16384;
  static constexpr std::size_t kPages = 256;

  explicit CachedSource(const Source& inner);

  [[nodiscard]] std::uint64_t size() const noexcept override {
    return inner_.size();
  }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;

 private:
  struct Page {
    std::uint64_t number = 0;
    std::size_t filled = 0;  // bytes; 0 for a page that holds nothing
    std::vector<std::byte> bytes;
  };

  [[nodiscard]] Result<ByteView> page(std::uint64_t number) const;

  const Source& inner_;
  mutable std::vector<Page> pages_;
};

}  // namespace erofs::image

#endif  // EROFS_IMAGE_CACHED_SOURCE_H_
