// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/special.h"

#include <cerrno>
#include <limits>
#include <utility>

#include "base/checked.h"
#include "format/budget_rules.h"

namespace erofs::read {
namespace {

constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

}  // namespace

Result<std::unique_ptr<SpecialContent>> SpecialContent::open(
    const Volume& volume, const map::Image& image, const Node& node) {
  auto map = map::FileMap::open(node.file, image);
  if (!map) return tl::unexpected<Fault>(map.error());
  return std::unique_ptr<SpecialContent>(
      new SpecialContent(volume, std::move(*map)));
}

// A source has no budget to charge: what mapping costs is counted instead.
SpecialContent::SpecialContent(const Volume& volume, map::FileMap map)
    : volume_(volume),
      size_(map.file().inode.size),
      map_(std::move(map)),
      budget_({kNoLimit, kNoLimit, kNoLimit, kNoLimit},
              format::budget_rules()) {}

Status SpecialContent::read(std::uint64_t offset, MutableBytes out) const {
  if (!checked::within(offset, out.size(), size_)) {
    return io_fault({Place::kPrimary, offset}, ERANGE);
  }
  while (!out.empty()) {
    EROFS_ASSIGN(const map::Extent found, extent(offset));
    const MutableBytes part = out.head(found.length);
    EROFS_TRY(fill(found, part));
    out = out.tail(part.size());
    offset += part.size();
  }
  return {};
}

Result<map::Extent> SpecialContent::extent(std::uint64_t offset) const {
  const std::scoped_lock lock(mutex_);
  if (!last_ || !last_->covers(offset)) {
    const std::uint64_t before = budget_.work_spent();
    auto found = map_.at(offset, budget_);
    steps_ += budget_.work_spent() - before;
    if (!found) return found;
    last_ = *found;
  }
  return last_->from(offset);
}

Status SpecialContent::fill(const map::Extent& part, MutableBytes out) const {
  if (part.kind == map::ExtentKind::kHole) {
    out.fill_zero();
    return {};
  }
  if (part.kind != map::ExtentKind::kEncoded) {
    return map::read(part.location, out);
  }
  auto known = volume_.cache().find(part);
  if (!known) {
    const Decoders::Lease bench = volume_.decoders().lend();
    EROFS_ASSIGN(known, volume_.cache().get(part, bench->decoder, bench->stored,
                                            part.stream.stored));
  }
  const auto wanted = ByteView(*known).slice(part.skip, out.size());
  if (wanted) out.copy_from(*wanted);
  return {};
}

}  // namespace erofs::read
