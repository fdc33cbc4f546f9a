// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd.h"

#include <zstd.h>
#include <zstd_errors.h>

#include "decompress/zstd_frame.h"

static_assert(ZSTD_VERSION_NUMBER >= 10400, "libzstd 1.4 or later is needed");

namespace erofs::decompress {

struct Zstd::State {
  State() noexcept : context(ZSTD_createDCtx()) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ZSTD_freeDCtx(context); }

  ZSTD_DCtx* context;
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
  const Outcome header =
      judge(zstd_frame(stream), out.size(), demand, window_bits_);
  if (header != Outcome::kDone) return header;
  if (!state_) state_ = std::make_unique<State>();
  if (state_->context == nullptr) {
    state_.reset();
    return Outcome::kNoMemory;
  }
  return demand == Demand::kWhole ? whole(stream, out) : prefix(stream, out);
}

Outcome Zstd::whole(ByteView stream, MutableBytes out) {
  // Walks the headers of the blocks. Decoding more than one frame at once is
  // what the library would do otherwise.
  const std::size_t end =
      ZSTD_findFrameCompressedSize(stream.span().data(), stream.size());
  if (ZSTD_isError(end) != 0) return outcome_of(ZSTD_getErrorCode(end));
  const std::size_t got =
      ZSTD_decompressDCtx(state_->context, out.span().data(), out.size(),
                          stream.span().data(), end);
  if (ZSTD_isError(got) != 0) return outcome_of(ZSTD_getErrorCode(got));
  if (got < out.size()) return Outcome::kShort;
  return end < stream.size() ? Outcome::kTrailing : Outcome::kDone;
}

Outcome Zstd::prefix(ByteView stream, MutableBytes out) {
  ZSTD_DCtx_reset(state_->context, ZSTD_reset_session_only);
  ZSTD_inBuffer in{stream.span().data(), stream.size(), 0};
  ZSTD_outBuffer room{out.span().data(), out.size(), 0};
  while (room.pos < room.size) {
    const std::size_t taken = in.pos;
    const std::size_t given = room.pos;
    const std::size_t left = ZSTD_decompressStream(state_->context, &room, &in);
    if (ZSTD_isError(left) != 0) {
      const ZSTD_ErrorCode error = ZSTD_getErrorCode(left);
      // Its own way to say that a stream makes no progress.
      return error == ZSTD_error_dstSize_tooSmall ? Outcome::kCorrupt
                                                  : outcome_of(error);
    }
    if (room.pos == room.size) break;
    // The frame is over, or nothing moves any more.
    if (left == 0 || (in.pos == taken && room.pos == given)) {
      return Outcome::kShort;
    }
  }
  return Outcome::kDone;
}

}  // namespace erofs::decompress
