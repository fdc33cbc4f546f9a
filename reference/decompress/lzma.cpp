// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lzma.h"

#include <lzma.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "decompress/library.h"
#include "decompress/lzma_reach.h"

static_assert(LZMA_VERSION >= 50040000, "liblzma 5.4 or later is needed");

namespace erofs::decompress {
namespace {

// The library rounds dictionaries up to a multiple of so many bytes.
constexpr std::uint32_t kUnit = 16;

}  // namespace

struct Lzma::State {
  State() noexcept = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { lzma_end(&stream); }

  lzma_stream stream = LZMA_STREAM_INIT;
};

struct Lzma::Run {
  lzma_ret result;
  std::size_t taken;
  std::size_t given;
};

Lzma::Lzma(std::uint32_t dictionary) noexcept : dictionary_(dictionary) {}
Lzma::Lzma(Lzma&&) noexcept = default;
Lzma& Lzma::operator=(Lzma&&) noexcept = default;
Lzma::~Lzma() = default;

Lzma::Run Lzma::run(ByteView stream, MutableBytes out, Demand demand,
                    std::uint32_t dictionary) {
  if (!state_) state_ = std::make_unique<State>();
  lzma_stream& lzma = state_->stream;
  // Takes the memory of the last stream over.
  const lzma_ret ready =
      lzma_microlzma_decoder(&lzma, stream.size(), out.size(),
                             demand == Demand::kWhole ? 1 : 0, dictionary);
  if (ready != LZMA_OK) return {ready, 0, 0};
  lzma.next_in = input<std::uint8_t>(stream);
  lzma.avail_in = stream.size();
  lzma.next_out = output<std::uint8_t>(out);
  lzma.avail_out = out.size();
  lzma_ret result = LZMA_OK;
  while (result == LZMA_OK) result = lzma_code(&lzma, LZMA_FINISH);
  return {result, stream.size() - lzma.avail_in, out.size() - lzma.avail_out};
}

Outcome Lzma::decode(ByteView stream, MutableBytes out, Demand demand) {
  const std::uint32_t rounded = dictionary_ / kUnit * kUnit;
  const Run first = run(stream, out, demand, rounded);
  if (first.result == LZMA_STREAM_END) return Outcome::kDone;
  if (first.result == LZMA_MEM_ERROR) return Outcome::kNoMemory;
  const bool full = first.given == out.size();
  if (full && demand == Demand::kWhole) return end(stream, out, first.taken);
  if (first.result == LZMA_BUF_ERROR) return Outcome::kShort;
  // A distance beyond the dictionary is bad data to the library.
  if (rounded >= out.size()) return Outcome::kCorrupt;
  const auto larger = static_cast<std::uint32_t>(std::min<std::size_t>(
      out.size(), std::numeric_limits<std::uint32_t>::max()));
  const Run again = run(stream, out, demand, larger);
  if (again.result != LZMA_STREAM_END) return Outcome::kCorrupt;
  const bool within =
      rounded != dictionary_ && lzma_reach(stream, out.view()) <= dictionary_;
  return within ? Outcome::kDone : Outcome::kWindow;
}

// `out` was filled from the first `taken` bytes, but the decoder is not at
// rest there, or more bytes follow.
Outcome Lzma::end(ByteView stream, MutableBytes out, std::size_t taken) {
  const Run shorter = run(stream.head(taken), out, Demand::kWhole, dictionary_);
  if (shorter.result == LZMA_STREAM_END) return Outcome::kTrailing;
  std::vector<std::byte> more(out.size() + 1);
  const Run longer =
      run(stream, MutableBytes(more), Demand::kPrefix, dictionary_);
  return longer.result == LZMA_STREAM_END ? Outcome::kLong : Outcome::kCorrupt;
}

}  // namespace erofs::decompress
