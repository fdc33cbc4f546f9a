// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/dedupe.h"

#include <algorithm>

#include "emit/load.h"
#include "format/limits.gen.h"

namespace erofs::emit {
namespace {

constexpr std::size_t kWindowMax = 4096;
// The base of the polynomial, odd and large: bytes reach the high bits soon.
constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;
// How far ahead matches are looked for: further than most extents reach.
constexpr std::size_t kAheadMin = 64U << 10;
constexpr std::size_t kAheadPclusters = 8;
// Bits of the table that keeps most of the bytes away from the map.
constexpr unsigned kFilterBits = 22;
// Content is compared in pieces of this size.
constexpr std::size_t kPiece = 64U << 10;
// Comparisons in vain within one window before the rest of it is passed over:
// what repeats itself looks like a match at too many of its bytes.
constexpr unsigned kVainMax = 16;
// Blocks of a match with a cluster of several: one is left for the mark of
// their count, whatever stands at either end.
constexpr std::size_t kBigBlocks = 3;

std::uint64_t filter_place(std::uint64_t hash) {
  return (hash * kBase) >> (64 - kFilterBits);
}

std::uint64_t whole_hash(ByteView segment, std::size_t at, std::size_t window) {
  std::uint64_t hash = 0;
  for (const std::byte each : segment.span().subspan(at, window)) {
    hash = hash * kBase + std::to_integer<std::uint64_t>(each);
  }
  return hash;
}

}  // namespace

Dedupe::Dedupe(Context& context, Loader& loader)
    : context_(context),
      loader_(loader),
      window_(static_cast<std::size_t>(
          std::min<std::uint64_t>(context.block_size(), kWindowMax))),
      maybe_((std::size_t{1} << kFilterBits) / 64) {
  for (std::size_t i = 0; i < window_; ++i) out_power_ *= kBase;
}

void Dedupe::encode(Piece& piece) {
  piece_ = &piece;
  base_ = context_.space->end() * context_.block_size();
  hashed_ = false;
  scanned_ = 0;
  found_.reset();
  loader_.encode(piece, this);
  piece_ = nullptr;
}

void Dedupe::revoke() {
  for (const std::uint64_t hash : fresh_) known_.erase(hash);
  fresh_.clear();
}

// The hash of the window at `at`, from the one before where there is one.
std::uint64_t Dedupe::hash_at(ByteView segment, std::size_t at) {
  const auto bytes = segment.span();
  if (hashed_ && at == hash_place_ + 1) {
    hash_ = hash_ * kBase +
            std::to_integer<std::uint64_t>(bytes[hash_place_ + window_]) -
            out_power_ * std::to_integer<std::uint64_t>(bytes[hash_place_]);
  } else if (!hashed_ || at != hash_place_) {
    hash_ = whole_hash(segment, at, window_);
  }
  hashed_ = true;
  hash_place_ = at;
  return hash_;
}

// How many of the bytes a cluster begins with.
std::size_t Dedupe::common(const Known& known, ByteView bytes) {
  const tree::Node& node = context_.node(known.node);
  if (!node.content) return 0;
  const auto most = std::min<std::size_t>(known.extent.length, bytes.size());
  ++compared_;
  room_.resize(kPiece);
  std::size_t done = 0;
  // Most of those that end early do so soon.
  for (std::size_t step = window_; done < most;
       step = std::min(kPiece, 2 * step)) {
    const std::size_t length = std::min(step, most - done);
    const MutableBytes piece = MutableBytes(room_).head(length);
    // A file that cannot be read again is no match; who reads it next says so.
    if (!node.content->read(known.at + done, piece)) return done;
    const auto theirs = piece.view().span();
    const auto ours = bytes.span().subspan(done, length);
    const auto [a, b] =
        std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
    done += static_cast<std::size_t>(a - ours.begin());
    if (a != ours.end()) return done;
  }
  return done;
}

std::optional<plan::Match> Dedupe::match(ByteView segment, std::size_t at,
                                         std::uint64_t hash) {
  const std::uint64_t place = filter_place(hash);
  if ((maybe_[place / 64] >> (place % 64) & 1) == 0) return std::nullopt;
  const auto known = known_.find(hash);
  if (known == known_.end()) return std::nullopt;
  const Choice& choice = piece_->choice;
  const std::uint64_t block = context_.block_size();
  if (known->second.method != choice.method ||
      known->second.big != (choice.pcluster > block)) {
    return std::nullopt;
  }
  const plan::Extent& theirs = known->second.extent;
  std::uint64_t most = context_.options.extent_max != 0
                           ? context_.options.extent_max
                           : format::kExtentMax;
  const ByteView bytes = segment.from(at).value_or(ByteView()).head(most);
  const std::size_t length = common(known->second, bytes);
  const bool several = theirs.stored > block;
  if (length < (several ? kBigBlocks * block : block)) return std::nullopt;
  plan::Match out;
  out.at = at;
  out.extent = theirs;
  out.extent.length = static_cast<std::uint32_t>(length);
  out.extent.partial = length < theirs.length;
  out.extent.shared = true;
  return out;
}

std::optional<plan::Match> Dedupe::next(ByteView segment, std::size_t at) {
  if (found_ && found_->at >= at) return found_;
  found_.reset();
  const std::size_t ahead =
      std::max(kAheadMin, kAheadPclusters * piece_->choice.pcluster);
  const std::size_t end = std::min(segment.size(), at + ahead);
  std::uint64_t before = compared_;
  std::size_t window_at = std::max(at, scanned_);
  for (std::size_t p = window_at; p + window_ <= end; ++p) {
    if (p - window_at == window_) {
      window_at = p;
      before = compared_;
    }
    found_ = match(segment, p, hash_at(segment, p));
    if (compared_ - before >= kVainMax) p = window_at + window_ - 1;
    scanned_ = p + 1;
    if (found_) return found_;
  }
  return std::nullopt;
}

void Dedupe::made(ByteView segment, std::size_t at,
                  const plan::Extent& extent) {
  if (extent.length < window_) return;
  const std::uint64_t hash = whole_hash(segment, at, window_);
  Known known;
  known.node = piece_->node;
  known.at = piece_->begin + at;
  known.extent = extent;
  known.extent.start += base_;
  known.method = piece_->choice.method;
  known.big = piece_->choice.pcluster > context_.block_size();
  if (!known_.emplace(hash, known).second) return;
  fresh_.push_back(hash);
  const std::uint64_t bit = filter_place(hash);
  maybe_[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

}  // namespace erofs::emit
