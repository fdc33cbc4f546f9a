// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_SPECIAL_H_
#define EROFS_READ_SPECIAL_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "base/budget.h"
#include "base/result.h"
#include "image/source.h"
#include "map/image.h"
#include "map/map.h"
#include "read/node.h"

namespace erofs::read {

// The content of the metabox or the packed inode, a space of its own. Maps
// on demand and decodes through the volume's cache. For several threads.
class SpecialContent final : public image::Source {
 public:
  // `volume` outlives it; it needs no more of it than devices, settings,
  // decoders and cache. `image` is copied.
  // Faults: those of map::FileMap::open().
  [[nodiscard]] static Result<std::unique_ptr<SpecialContent>> open(
      const Volume& volume, const map::Image& image, const Node& node);

  [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
  // Faults: those of map::FileMap::at() and PclusterDecoder::decode(); io.
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;

  // Steps of mapping since the last call, for whoever pays for them.
  [[nodiscard]] std::uint64_t take_steps() const noexcept {
    return steps_.load() == 0 ? 0 : steps_.exchange(0);
  }

 private:
  SpecialContent(const Volume& volume, map::FileMap map);

  [[nodiscard]] Result<map::Extent> extent(std::uint64_t offset) const;
  [[nodiscard]] Status fill(const map::Extent& part, MutableBytes out) const;

  const Volume& volume_;
  std::uint64_t size_;
  mutable std::atomic<std::uint64_t> steps_ = 0;
  mutable std::mutex mutex_;  // of what follows
  mutable map::FileMap map_;
  mutable std::optional<map::Extent> last_;
  mutable Budget budget_;
};

}  // namespace erofs::read

#endif  // EROFS_READ_SPECIAL_H_
