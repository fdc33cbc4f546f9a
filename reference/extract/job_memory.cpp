// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/job_memory.h"

#include <algorithm>

#include "format/limits.gen.h"
#include "read/read_ahead.h"

namespace erofs::extract {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;
constexpr std::uint64_t kLeastPiece = std::uint64_t{1} << 16;
constexpr std::uint64_t kAllPieces = std::uint64_t{1} << 24;
// What the libraries take for one thread, but for the histories that the
// image asks for.
constexpr std::uint64_t kLibraries = std::uint64_t{1} << 18;

std::uint64_t decoding(const read::Volume& volume) noexcept {
  using format::Algorithm;
  const auto& codecs = volume.codecs();
  if (codecs.available == 0) return 0;
  std::uint64_t stored = read::ReadAhead::kMost;
  std::uint64_t histories = 0;
  if (codecs.has(Algorithm::kLzma)) histories += codecs.lzma_dict_size;
  if (codecs.has(Algorithm::kZstd)) {
    histories += std::uint64_t{1} << codecs.zstd_window_bits;
  }
  // Only LZ4 tells how long its pclusters are.
  const std::uint64_t longest = std::uint64_t{codecs.lz4_max_pclusterblks} *
                                volume.geometry().block_size();
  const bool others = (codecs.available >> 1) != 0;
  stored =
      std::max<std::uint64_t>(stored, others ? format::kPclusterMax : longest);
  return kLibraries + histories + stored;
}

}  // namespace

JobMemory::JobMemory(const read::Volume& volume, unsigned jobs) noexcept
    : piece_(std::clamp(kAllPieces / std::max(jobs, 1U), kLeastPiece, kPiece)),
      decoding_(decoding(volume)),
      gate_(kHeld) {}

work::Gate::Pass JobMemory::enter(std::uint64_t size) {
  return gate_.enter(decoding_ + std::min(size, piece_));
}

}  // namespace erofs::extract
