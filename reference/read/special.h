// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_SPECIAL_H_
#define EROFS_READ_SPECIAL_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "image/source.h"
#include "map/extent.h"
#include "read/node.h"

namespace erofs::read {

// The content of the metabox or the packed inode, a space of its own: all
// extents are looked up once, so that reading needs no budget.
class SpecialContent final : public image::Source {
 public:
  // `volume` outlives it. Charges its extents to `budget` as memory.
  // Faults: those of map::FileMap; limit.
  [[nodiscard]] static Result<std::unique_ptr<SpecialContent>> open(
      const Volume& volume, const Node& node, Budget& budget);

  [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;

 private:
  SpecialContent(std::vector<map::Extent> extents, std::uint64_t size)
      : extents_(std::move(extents)), size_(size) {}

  std::vector<map::Extent> extents_;  // ascending, without gaps
  std::uint64_t size_ = 0;
};

}  // namespace erofs::read

#endif  // EROFS_READ_SPECIAL_H_
