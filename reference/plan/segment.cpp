// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/segment.h"

#include <algorithm>

#include "base/checked.h"
#include "format/limits.gen.h"
#include "plan/bytes_out.h"

namespace erofs::plan {
namespace {

// One segment on its way.
class Encoding {
 public:
  Encoding(ByteView data, const SegmentOptions& options,
           compress::Encoder& encoder)
      : data_(data),
        options_(options),
        encoder_(encoder),
        block_(std::uint32_t{1} << options.block_bits),
        pcluster_(std::max(options.pcluster, block_)),
        room_(std::min<std::size_t>(pcluster_, most_made(data))) {}

  Segment run();

 private:
  // No stream that is worth keeping is longer than what it encodes: small
  // files do without the room of a large cluster.
  [[nodiscard]] std::size_t most_made(ByteView data) const {
    return (checked::ceil_div(data.size(), block_) + 1) * block_;
  }
  [[nodiscard]] ByteView rest() const {
    return data_.head(limit_).from(at_).value_or(ByteView());
  }
  [[nodiscard]] bool ends_with(std::size_t taken) const {
    return options_.last && at_ + taken == data_.size();
  }
  void step();
  [[nodiscard]] bool shared();
  void raw(std::size_t length);
  void encoded(const compress::Encoded& got);
  [[nodiscard]] bool apart(const compress::Encoded& got);
  void keep_apart(Form form, std::size_t length, ByteView tail);

  ByteView data_;
  const SegmentOptions& options_;
  compress::Encoder& encoder_;
  std::uint32_t block_;
  std::uint32_t pcluster_;
  std::vector<std::byte> room_;  // of one stream
  std::size_t at_ = 0;           // what is done
  std::size_t limit_ = 0;        // where a match begins, or the end
  Segment out_;
};

Segment Encoding::run() {
  out_.stored.reserve(data_.size() / 2);
  while (at_ < data_.size()) step();
  return std::move(out_);
}

// Takes a match that begins here; one that begins later ends what comes
// before it, unless the two would share a logical cluster.
bool Encoding::shared() {
  limit_ = data_.size();
  if (options_.matcher == nullptr) return false;
  const auto match = options_.matcher->next(data_, at_);
  if (!match) return false;
  if (match->at == at_) {
    out_.extents.push_back(match->extent);
    at_ += match->extent.length;
    return true;
  }
  if (match->at / block_ != at_ / block_) limit_ = match->at;
  return false;
}

void Encoding::step() {
  if (shared()) return;
  const ByteView left = rest();
  const bool limited = limit_ < data_.size();
  const bool apart_allowed = options_.inline_tail || options_.fragment;
  // One block more or less is all that encoding could change.
  const bool last = options_.last && !limited;
  if (left.size() <= block_ && !(last && apart_allowed)) {
    return raw(left.size());
  }
  if (last && options_.fragment && left.size() <= pcluster_) {
    return keep_apart(Form::kFragment, left.size(), left);
  }
  const std::uint32_t most =
      options_.extent_max != 0 ? options_.extent_max : format::kExtentMax;
  const compress::Encoded got =
      encoder_.fill(left.head(most), MutableBytes(room_));
  if (ends_with(got.taken) && apart(got)) return;
  const std::uint64_t blocks = checked::ceil_div(got.made, block_);
  if (got.taken != 0 && blocks * block_ < got.taken) return encoded(got);
  std::size_t length = std::min<std::size_t>(left.size(), pcluster_);
  // What is left of a block before a match may share the match's cluster.
  if (limited && length == left.size()) length -= length % block_;
  raw(length);
}

// Puts the last extent where it takes less than whole blocks.
bool Encoding::apart(const compress::Encoded& got) {
  const ByteView left = rest();
  if (options_.fragment) {
    if (got.made >= pcluster_) return false;
    keep_apart(Form::kFragment, left.size(), left);
    return true;
  }
  if (!options_.inline_tail) return false;
  if (got.made < block_ && got.made < left.size()) {
    out_.tail_plain.assign(left.span().begin(), left.span().end());
    keep_apart(Form::kInline, left.size(),
               MutableBytes(room_).head(got.made).view());
    return true;
  }
  if (left.size() >= block_) return false;
  keep_apart(Form::kInlineRaw, left.size(), left);
  return true;
}

void Encoding::keep_apart(Form form, std::size_t length, ByteView tail) {
  out_.tail.assign(tail.span().begin(), tail.span().end());
  Extent extent;
  extent.length = static_cast<std::uint32_t>(length);
  extent.stored = static_cast<std::uint32_t>(tail.size());
  extent.form = form;
  out_.extents.push_back(extent);
  at_ += length;
}

// Bytes as they are: an extent a block.
void Encoding::raw(std::size_t length) {
  while (length != 0) {
    const std::size_t piece = std::min<std::size_t>(length, block_);
    // A short one at the very end may lie behind the inode.
    if (piece < block_ && options_.inline_tail && ends_with(piece)) {
      return keep_apart(Form::kInlineRaw, piece, rest());
    }
    Extent extent;
    extent.length = static_cast<std::uint32_t>(piece);
    extent.stored = block_;
    extent.start = out_.stored.size();
    extent.form = Form::kRaw;
    out_.extents.push_back(extent);
    append(out_.stored, rest().head(piece).span());
    pad_to(out_.stored, block_);
    at_ += piece;
    length -= piece;
  }
}

// A stream at the end of its blocks.
void Encoding::encoded(const compress::Encoded& got) {
  const auto stored =
      static_cast<std::uint32_t>(checked::ceil_div(got.made, block_) * block_);
  Extent extent;
  extent.length = static_cast<std::uint32_t>(got.taken);
  extent.stored = stored;
  extent.start = out_.stored.size();
  out_.extents.push_back(extent);
  if (options_.matcher != nullptr) options_.matcher->made(data_, at_, extent);
  out_.stored.resize(out_.stored.size() + stored - got.made);
  append(out_.stored, MutableBytes(room_).head(got.made).view().span());
  at_ += got.taken;
}

}  // namespace

Segment encode_segment(ByteView data, const SegmentOptions& options,
                       compress::Encoder& encoder) {
  encoder.reset();
  return Encoding(data, options, encoder).run();
}

}  // namespace erofs::plan
