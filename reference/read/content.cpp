// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/content.h"

#include <cerrno>
#include <utility>

#include "base/checked.h"
#include "format/budget_rules.h"

namespace erofs::read {

namespace {

// Raw pclusters up to this many bytes are read ahead with their neighbours.
constexpr std::uint64_t kSmallRaw = std::uint64_t{1} << 16;

}  // namespace

Result<std::unique_ptr<Content>> Content::open(const Volume& volume,
                                               const Node& node,
                                               Budget& budget) {
  auto map = map::FileMap::open(node.file, volume.map_image());
  if (!map) return tl::unexpected<Fault>(map.error());
  return std::unique_ptr<Content>(new Content(volume, std::move(*map), budget));
}

Status Content::read(std::uint64_t offset, MutableBytes out) const {
  const Place at = map_.file().tail;
  if (!checked::within(offset, out.size(), size())) {
    return io_fault(at, ERANGE);
  }
  EROFS_TRY(budget_->output(out.size(), at));
  return fetch(offset, out);
}

Status Content::fetch(std::uint64_t offset, MutableBytes out) const {
  const Place at = map_.file().tail;
  if (!checked::within(offset, out.size(), size())) {
    return io_fault(at, ERANGE);
  }
  while (!out.empty()) {
    EROFS_ASSIGN(const map::Extent found, extent(offset));
    const MutableBytes part = out.head(found.length);
    EROFS_TRY(fill(found, part));
    out = out.tail(part.size());
    offset += part.size();
  }
  return volume_->charge(*budget_, at);
}

// The first bytes of `part` into `out`, which is no longer than it.
Status Content::fill(const map::Extent& part, MutableBytes out) const {
  switch (part.kind) {
    case map::ExtentKind::kHole:
      out.fill_zero();
      return {};
    case map::ExtentKind::kEncoded:
      return decode(part, out);
    case map::ExtentKind::kRaw:
      if (map_.file().inode.compressed() && out.size() <= kSmallRaw) {
        EROFS_ASSIGN(
            const ByteView bytes,
            stored_.get(part.location, out.size(), likely(part, out.size())));
        out.copy_from(bytes);
        return {};
      }
      break;
    case map::ExtentKind::kInline:
    case map::ExtentKind::kFragment:
      break;
  }
  return map::read(part.location, out);
}

// An extent that is wanted whole is decoded where it is wanted; parts come
// out of the cache, and so does what is decoded again and again.
Status Content::decode(const map::Extent& part, MutableBytes out) const {
  const Place at = part.location.place;
  const bool again = decoded_ == at;
  decoded_ = at;
  const Decoders::Lease bench = volume_->decoders().lend();
  const std::uint64_t stored = part.stream.stored;
  if (!again && part.skip == 0 && out.size() == part.stream.decoded) {
    if (const auto known = volume_->cache().find(part)) {
      out.copy_from(ByteView(*known));
      return {};
    }
    EROFS_ASSIGN(const ByteView bytes,
                 stored_.get(part.location, stored, likely(part, stored)));
    return bench->decoder.decode(part, bytes, out);
  }
  EROFS_ASSIGN(const auto bytes,
               volume_->cache().get(part, bench->decoder, stored_,
                                    likely(part, stored)));
  const auto wanted = ByteView(*bytes).slice(part.skip, out.size());
  if (wanted) out.copy_from(*wanted);
  return {};
}

// Stored bytes from `part` on that may be of use: what is compressed is
// hardly longer than what is left of the file.
std::uint64_t Content::likely(const map::Extent& part,
                              std::uint64_t stored) const noexcept {
  const std::uint64_t behind = size() - part.logical - part.length;
  return checked::add(stored, behind).value_or(stored);
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
