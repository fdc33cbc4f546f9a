// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_CONTENT_H_
#define EROFS_READ_CONTENT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/budget.h"
#include "base/result.h"
#include "image/source.h"
#include "map/map.h"
#include "read/node.h"

namespace erofs::read {

// The bytes of one file, directory or link target. For one thread.
class Content final : public image::Source {
 public:
  // `volume` and `budget` outlive it. Each read charges the metadata that
  // it looks at as work and the bytes that it gives as output.
  // Faults: those of map::FileMap::open().
  [[nodiscard]] static Result<std::unique_ptr<Content>> open(
      const Volume& volume, const Node& node, Budget& budget);

  [[nodiscard]] std::uint64_t size() const noexcept override {
    return map_.file().inode.size;
  }
  // Faults: those of map::FileMap::at(); limit; io.
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;

  // The extent that starts at `offset` < size(); for callers that treat
  // holes without reading zeros. Faults: those of map::FileMap::at(); limit.
  [[nodiscard]] Result<map::Extent> extent(std::uint64_t offset) const;
  // Where the first byte of `extent` is stored; for a hole, which is stored
  // nowhere, the place behind the inode.
  [[nodiscard]] Place place(const map::Extent& extent) const noexcept;

 private:
  Content(map::FileMap map, Budget& budget)
      : map_(std::move(map)), budget_(&budget) {}

  mutable map::FileMap map_;
  // Where the last byte was found: a chunk table is walked once, however
  // small the pieces are that a caller reads.
  mutable std::optional<map::Extent> last_;
  Budget* budget_;
};

// A whole small content as text, for link targets.
// Faults: kLimit (limit.output.reached) where size() > `limit`; those of
// Content.
[[nodiscard]] Result<std::string> read_text(const Volume& volume,
                                            const Node& node,
                                            std::uint64_t limit,
                                            Budget& budget);

}  // namespace erofs::read

#endif  // EROFS_READ_CONTENT_H_
