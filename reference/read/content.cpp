// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/content.h"

#include <cerrno>
#include <utility>

#include "base/checked.h"
#include "format/budget_rules.h"

namespace erofs::read {

Result<std::unique_ptr<Content>> Content::open(const Volume& volume,
                                               const Node& node,
                                               Budget& budget) {
  EROFS_ASSIGN(map::FileMap map, map::FileMap::open(node.file, volume.devices(),
                                                    volume.geometry()));
  return std::unique_ptr<Content>(new Content(std::move(map), budget));
}

Status Content::read(std::uint64_t offset, MutableBytes out) const {
  const Place at = map_.file().tail;
  if (!checked::within(offset, out.size(), size())) {
    return io_fault(at, ERANGE);
  }
  EROFS_TRY(budget_->output(out.size(), at));
  while (!out.empty()) {
    EROFS_ASSIGN(const map::Extent found, extent(offset));
    const MutableBytes part = out.head(found.length);
    if (found.kind == map::ExtentKind::kHole) {
      part.fill_zero();
    } else {
      EROFS_TRY(map::read(found.location, part));
    }
    out = out.tail(part.size());
    offset += part.size();
  }
  return {};
}

Result<map::Extent> Content::extent(std::uint64_t offset) const {
  if (!last_ || !last_->covers(offset)) {
    EROFS_ASSIGN(last_, map_.at(offset, *budget_));
  }
  return last_->from(offset);
}

Place Content::place(const map::Extent& extent) const noexcept {
  const bool hole = extent.kind == map::ExtentKind::kHole;
  return hole ? map_.file().tail : extent.location.place;
}

Result<std::string> read_text(const Volume& volume, const Node& node,
                              std::uint64_t limit, Budget& budget) {
  const std::uint64_t size = node.inode().size;
  if (size > limit) {
    return tl::unexpected<Fault>(Fault{
        FaultKind::kLimit, format::budget_rules().output, node.at, limit});
  }
  EROFS_TRY(budget.work(size, node.at));
  EROFS_ASSIGN(const auto content, Content::open(volume, node, budget));
  std::string text(static_cast<std::size_t>(size), '\0');
  EROFS_TRY(content->read(
      0, MutableBytes(std::as_writable_bytes(std::span<char>(text)))));
  return text;
}

}  // namespace erofs::read
