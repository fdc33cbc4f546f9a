// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "check/partition.h"
#include "check/phases.h"
#include "format/superblock.gen.h"

namespace erofs::check {
namespace {

using Super = format::SuperblockView;

// Bytes read at one time, of small pieces and of others: the gaps between
// inodes are many, and mostly far apart where content lies between them.
constexpr std::uint64_t kSmall = std::uint64_t{1} << 12;
constexpr std::uint64_t kWindow = std::uint64_t{1} << 14;

// composefs puts a header of its own in front of the superblock.
constexpr std::uint64_t kComposefsHeader = std::uint64_t{1} << 5;
constexpr std::string_view kComposefs = "\x9A\x62\x78\xD0";
// The magic of a superblock.
constexpr std::string_view kMagic = "\xE2\xE1\xF5\xE0";

std::optional<RuleId> rule_of(RangeKind kind) noexcept {
  switch (kind) {
    case RangeKind::kBootArea:
      return RuleId::space_boot_zero;
    case RangeKind::kPadding:
      return RuleId::space_padding_zero;
    case RangeKind::kUnreferenced:
      return RuleId::space_unreferenced_zero;
    case RangeKind::kBehindEnd:
      return RuleId::space_trailing_zero;
    case RangeKind::kClusterSlack:
      return RuleId::space_cluster_zero;
    default:
      return std::nullopt;
  }
}

// Looks for content where the file system has none.
class HiddenBytes {
 public:
  explicit HiddenBytes(Context& ctx) : ctx_(ctx), window_(kWindow) {}

  [[nodiscard]] Status take(const Piece& piece, const Bounds& bounds);

 private:
  [[nodiscard]] Result<ByteView> bytes(const Bounds& bounds,
                                       std::uint64_t begin, std::uint64_t end);
  [[nodiscard]] Result<std::uint64_t> start(const Piece& piece,
                                            const Bounds& bounds);
  void superblocks(const Bounds& bounds, std::uint64_t begin, ByteView bytes);
  void between(const Bounds& bounds, std::uint64_t at);
  void superblock(const Bounds& bounds, std::uint64_t at);

  Context& ctx_;
  std::vector<std::byte> window_;
  std::uint64_t size_ = kSmall;  // of windows, for the piece at hand
  Place window_at_;
  std::uint64_t filled_ = 0;
};

// Bytes [begin, end) that lie in one window.
Result<ByteView> HiddenBytes::bytes(const Bounds& bounds, std::uint64_t begin,
                                    std::uint64_t end) {
  const Place at{bounds.space, begin & ~(size_ - 1)};
  const std::uint64_t wanted = std::min(size_, bounds.size - at.offset);
  if (filled_ != wanted || window_at_ != at) {
    filled_ = 0;
    EROFS_TRY(
        bounds.source->read(at.offset, MutableBytes(window_).head(wanted)));
    window_at_ = at;
    filled_ = wanted;
  }
  const auto part = ByteView(window_).slice(begin - at.offset, end - begin);
  return part.value_or(ByteView());
}

void HiddenBytes::superblock(const Bounds& bounds, std::uint64_t at) {
  std::array<std::byte, Super::kSize> bytes{};
  // A magic is much shorter than what is read for it.
  if (bounds.size < bytes.size() || at > bounds.size - bytes.size() ||
      !ctx_.ok(ctx_.budget.work(bytes.size(), {bounds.space, at})) ||
      !bounds.source->read(at, MutableBytes(bytes))) {
    return;
  }
  const auto bits = Super(bytes).blkszbits();
  if (bits < format::kMinBlockBits || bits > format::kMaxBlockBits) return;
  ctx_.find(RuleId::space_superblock_second, {bounds.space, at}, bits);
}

// Carvers find a magic wherever it stands.
void HiddenBytes::superblocks(const Bounds& bounds, std::uint64_t begin,
                              ByteView bytes) {
  const std::string_view all = bytes.text();
  for (std::size_t at = all.find(kMagic);
       at != std::string_view::npos && !ctx_.stopped;
       at = all.find(kMagic, at + 1)) {
    superblock(bounds, begin + at);
  }
}

// The same for a magic around `at`, where two windows meet.
void HiddenBytes::between(const Bounds& bounds, std::uint64_t at) {
  std::array<std::byte, 2 * (kMagic.size() - 1)> around{};
  const std::uint64_t begin = at - (kMagic.size() - 1);
  const std::uint64_t size =
      std::min<std::uint64_t>(around.size(), bounds.size - begin);
  if (!bounds.source->read(begin, MutableBytes(around).head(size))) return;
  superblocks(bounds, begin, ByteView(around).head(size));
}

// Where bytes begin that nobody is known to use.
Result<std::uint64_t> HiddenBytes::start(const Piece& piece,
                                         const Bounds& bounds) {
  if (piece.kind != RangeKind::kBootArea || piece.length() < kComposefsHeader) {
    return piece.begin;
  }
  EROFS_ASSIGN(const ByteView head,
               bytes(bounds, piece.begin, piece.begin + kComposefs.size()));
  const bool known = head.text() == kComposefs;
  return piece.begin + (known ? kComposefsHeader : 0);
}

Status HiddenBytes::take(const Piece& piece, const Bounds& bounds) {
  const auto rule = rule_of(piece.kind);
  if (!rule) return {};
  EROFS_TRY(ctx_.budget.work(piece.length(), {piece.space, piece.begin}));
  size_ = piece.length() <= kSmall ? kSmall : kWindow;
  std::uint64_t count = 0;
  std::uint64_t first = 0;
  EROFS_ASSIGN(std::uint64_t at, start(piece, bounds));
  while (at < piece.end) {
    const std::uint64_t end = std::min(piece.end, (at & ~(size_ - 1)) + size_);
    EROFS_ASSIGN(const ByteView part, bytes(bounds, at, end));
    if (const auto nonzero = part.find_nonzero()) {
      if (count == 0) first = at + *nonzero;
      const auto all = part.span();
      count += static_cast<std::uint64_t>(
          std::count_if(all.begin(), all.end(),
                        [](std::byte each) { return each != std::byte{0}; }));
      superblocks(bounds, at, part);
      if (at - piece.begin >= kMagic.size()) between(bounds, at);
    }
    at = end;
  }
  if (count == 0) return {};
  if (piece.kind == RangeKind::kClusterSlack) ctx_.nid = piece.owner;
  ctx_.find(*rule, {piece.space, first}, count);
  ctx_.nid.reset();
  return {};
}

}  // namespace

void every_byte(Context& ctx) {
  HiddenBytes hidden(ctx);
  Partition partition(ctx.space, ctx.budget);
  Usage usage;
  const auto all = bounds_of(ctx.volume);
  const Status done =
      partition.run(all, [&](const Piece& piece, const Bounds& bounds) {
        const bool primary = piece.space == Place::kPrimary;
        if (primary) usage.note(piece);
        // Devices hold what belongs to others, too.
        const bool own = primary || piece.space == Place::kMetabox;
        return own ? hidden.take(piece, bounds) : Status();
      });
  if (!ctx.ok(done) ||
      !ctx.ok(ctx.volume.charge(ctx.budget, {Place::kMetabox, 0}))) {
    return;
  }
  ctx.report.usage = usage;
  ctx.report.usage_known = true;
}

}  // namespace erofs::check
