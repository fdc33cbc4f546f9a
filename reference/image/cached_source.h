// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_IMAGE_CACHED_SOURCE_H_
#define EROFS_IMAGE_CACHED_SOURCE_H_

#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

#include "image/source.h"

namespace erofs::image {

// Keeps recently read pages of another source, so that metadata that lies
// close together costs one read of the host. Reads of a page or more pass
// through. Direct-mapped; holds at most kPages * kPageSize bytes. For several
// threads, if `inner` is, which must outlive this object.
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

  // Locks of the pages: many, so that threads seldom meet.
  static constexpr std::size_t kLocks = 32;

  // Copies what the page has from byte `at` of it on; returns how much.
  [[nodiscard]] Result<std::size_t> copy(std::uint64_t number, std::uint64_t at,
                                         MutableBytes out) const;
  [[nodiscard]] Status load(Page& slot, std::uint64_t number) const;

  const Source& inner_;
  mutable std::array<std::mutex, kLocks> locks_;
  mutable std::vector<Page> pages_;
};

}  // namespace erofs::image

#endif  // EROFS_IMAGE_CACHED_SOURCE_H_
