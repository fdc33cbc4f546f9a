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
#include "read/read_ahead.h"

namespace erofs::read {

// The bytes of one file, directory or link target. For one thread; several
// contents of one volume may be used by several threads.
class Content final : public image::Source {
 public:
  // `volume` and `budget` outlive it. Each read charges the metadata that
  // it looks at as work and the bytes that it gives as output; where it
  // decodes more than it gives, these bytes too.
  // Faults: those of map::FileMap::open().
  [[nodiscard]] static Result<std::unique_ptr<Content>> open(
      const Volume& volume, const Node& node, Budget& budget);

  [[nodiscard]] std::uint64_t size() const noexcept override {
    return map_.file().inode.size;
  }
  [[nodiscard]] bool compressed() const noexcept {
    return map_.file().inode.compressed();
  }
  // Faults: those of map::FileMap::at() and PclusterDecoder::decode(); limit;
  // io. Whether a range can be read does not depend on what else is asked
  // for: of a damaged pcluster nothing is given.
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;
  // The same, but the bytes that it gives are not charged.
  [[nodiscard]] Status fetch(std::uint64_t offset, MutableBytes out) const;

  // The extent that starts at `offset` < size(); for callers that treat
  // holes without reading zeros. Faults: those of map::FileMap::at(); limit.
  [[nodiscard]] Result<map::Extent> extent(std::uint64_t offset) const;
  // Where the first byte of `extent` is stored (of its pcluster, where it is
  // encoded); for a hole, which is stored nowhere, the place behind the
  // inode.
  [[nodiscard]] Place place(const map::Extent& extent) const noexcept;

 private:
  Content(const Volume& volume, map::FileMap map, Budget& budget)
      : volume_(&volume), map_(std::move(map)), budget_(&budget) {}

  [[nodiscard]] Status fill(const map::Extent& part, MutableBytes out) const;
  [[nodiscard]] Status decode(const map::Extent& part, MutableBytes out) const;
  [[nodiscard]] std::uint64_t likely(const map::Extent& part,
                                     std::uint64_t stored) const noexcept;

  const Volume* volume_;
  mutable map::FileMap map_;
  // Where the last byte was found: a chunk table is walked once, however
  // small the pieces are that a caller reads.
  mutable std::optional<map::Extent> last_;
  mutable ReadAhead stored_;
  // Of the pcluster that was decoded last.
  mutable std::optional<Place> decoded_;
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
