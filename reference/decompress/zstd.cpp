// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd.h"

#include <zstd.h>
#include <zstd_errors.h>

#include "decompress/zstd_block.h"

static_assert(ZSTD_VERSION_NUMBER >= 10400, "libzstd 1.4 or later is needed");

namespace erofs::decompress {

struct Zstd::State {
  State() noexcept : context(ZSTD_createDCtx()) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ZSTD_freeDCtx(context); }

  ZSTD_DCtx* context;
  ZstdBlocks blocks;
};

Zstd::Zstd(unsigned window_bits) noexcept : window_bits_(window_bits) {}
Zstd::Zstd(Zstd&&) noexcept = default;
Zstd& Zstd::operator=(Zstd&&) noexcept = default;
Zstd::~Zstd() = default;

namespace {

Outcome outcome_of(ZSTD_ErrorCode error) noexcept {
  switch (error) {
    case ZSTD_error_dstSize_tooSmall:
      return Outcome::kLong;
    case ZSTD_error_srcSize_wrong:
      return Outcome::kShort;
    case ZSTD_error_memory_allocation:
      return Outcome::kNoMemory;
    default:
      return Outcome::kCorrupt;
  }
}

// What the header alone tells about filling `size` bytes.
Outcome judge(const ZstdFrame& frame, std::uint64_t size, Demand demand,
              unsigned window_bits) noexcept {
  if (frame.outcome != Outcome::kDone) return frame.outcome;
  if (frame.dictionary != 0) return Outcome::kFrame;
  if (frame.window > std::uint64_t{1} << window_bits) return Outcome::kWindow;
  if (!frame.content) return Outcome::kDone;
  if (*frame.content < size) return Outcome::kShort;
  const bool more = *frame.content > size;
  return more && demand == Demand::kWhole ? Outcome::kLong : Outcome::kDone;
}

}  // namespace

Outcome Zstd::decode(ByteView stream, MutableBytes out, Demand demand) {
  const ZstdFrame frame = zstd_frame(stream);
  const Outcome header = judge(frame, out.size(), demand, window_bits_);
  if (header != Outcome::kDone) return header;
  if (!state_) state_ = std::make_unique<State>();
  if (state_->context == nullptr) {
    state_.reset();
    return Outcome::kNoMemory;
  }
  return demand == Demand::kWhole ? whole(stream, out, frame)
                                  : by_block(stream, out, demand, frame);
}

Outcome Zstd::whole(ByteView stream, MutableBytes out, const ZstdFrame& frame) {
  // Walks the headers of the blocks. Decoding more than one frame at once is
  // what the library would do otherwise.
  const std::size_t end =
      ZSTD_findFrameCompressedSize(stream.span().data(), stream.size());
  if (ZSTD_isError(end) != 0) return outcome_of(ZSTD_getErrorCode(end));
  const ByteView bytes = stream.head(end);
  // Whatever this refuses, the library says why.
  const ByteView blocks = bytes.from(frame.header).value_or(ByteView());
  if (!frame.checksum &&
      state_->blocks.decode(blocks, {frame.block_max, frame.window}, out)) {
    return end < stream.size() ? Outcome::kTrailing : Outcome::kDone;
  }
  // Of blocks in a frame decoded at once the library does not ask how much
  // they decode to.
  const Outcome done = out.size() > frame.block_max
                           ? by_block(bytes, out, Demand::kWhole, frame)
                           : at_once(bytes, out);
  if (done != Outcome::kDone) return done;
  if (end < stream.size()) return Outcome::kTrailing;
  return judge_blocks(bytes, frame);
}

Outcome Zstd::at_once(ByteView stream, MutableBytes out) {
  const std::size_t got =
      ZSTD_decompressDCtx(state_->context, out.span().data(), out.size(),
                          stream.span().data(), stream.size());
  if (ZSTD_isError(got) != 0) return outcome_of(ZSTD_getErrorCode(got));
  return got < out.size() ? Outcome::kShort : Outcome::kDone;
}

// As Linux decodes all frames (fs/erofs/decompressor_zstd.c).
Outcome Zstd::by_block(ByteView stream, MutableBytes out, Demand demand,
                       const ZstdFrame& frame) {
  ZSTD_DCtx_reset(state_->context, ZSTD_reset_session_only);
  ZSTD_inBuffer in{stream.span().data(), stream.size(), 0};
  // No room at first: if all of it fitted, the library would decode at once.
  ZSTD_outBuffer room{out.span().data(), 0, 0};
  while (true) {
    const std::size_t taken = in.pos;
    const std::size_t given = room.pos;
    const std::size_t left = ZSTD_decompressStream(state_->context, &room, &in);
    if (ZSTD_isError(left) != 0) {
      const ZSTD_ErrorCode error = ZSTD_getErrorCode(left);
      // Its own way to say that a stream makes no progress.
      return error == ZSTD_error_dstSize_tooSmall ? Outcome::kCorrupt
                                                  : outcome_of(error);
    }
    const bool full = room.pos == out.size();
    if (full && (left == 0 || demand == Demand::kPrefix)) break;
    if (left == 0) return Outcome::kShort;
    const bool moves = in.pos != taken || room.pos != given;
    if (room.size == out.size() && !moves) {
      return full ? Outcome::kLong : Outcome::kShort;
    }
    room.size = out.size();
  }
  return judge_blocks(stream.head(in.pos), frame);
}

// What the library has decoded, some of its versions would not, nor Linux.
Outcome Zstd::judge_blocks(ByteView decoded, const ZstdFrame& frame) {
  const ByteView blocks = decoded.from(frame.header).value_or(ByteView());
  return state_->blocks.judge(blocks, {frame.block_max, frame.window})
             ? Outcome::kDone
             : Outcome::kCorrupt;
}

}  // namespace erofs::decompress
