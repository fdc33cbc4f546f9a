// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/search.h"

#include <algorithm>

namespace erofs::compress {
namespace {

constexpr int kTries = 6;
// A stream that leaves less of its room than this part of it is full.
constexpr std::size_t kSlackPart = 64;
// Aimed at, so that a guess a little too good still fits.
constexpr double kAim = 0.995;
// What a stream that was not even in twice the room is taken for, in rooms.
constexpr std::size_t kFar = 4;

double part(std::size_t length, std::size_t made) {
  return static_cast<double>(length) / static_cast<double>(made);
}

// Between what fits and what does not, by how the last streams came out.
std::size_t guess(std::size_t fits, std::size_t fails, double ratio,
                  std::size_t room) {
  const auto wanted =
      static_cast<std::size_t>(static_cast<double>(room) * ratio * kAim);
  if (fails <= fits + 1) return fits;
  // A step that is too small gains less than it costs.
  const std::size_t step = std::min((fails - fits) / 4, fits / 64);
  return std::clamp(wanted, fits + 1 + step, fails - 1 - step);
}

}  // namespace

Encoded Search::fill(ByteView in, MutableBytes out, const Try& encode) {
  const std::size_t most = std::min(in.size(), largest_);
  std::size_t fails = most + 1;
  Encoded best;
  // A stream that is somewhat too long still tells the next guess.
  spare_.resize(std::max(spare_.size(), 2 * out.size()));
  const MutableBytes room = MutableBytes(spare_).head(2 * out.size());
  for (int i = 0; i < kTries; ++i) {
    std::size_t length = guess(best.taken, fails, ratio_, out.size());
    if (i == 0) length = std::min(length, most);
    if (length <= best.taken || length >= fails) break;
    const std::size_t made = encode(in.head(length), room);
    if (made == 0 || made > out.size()) {
      fails = length;
      // Far too long: data may suddenly compress less.
      ratio_ = made == 0 ? part(length, kFar * out.size()) : part(length, made);
      continue;
    }
    out.copy_from(room.head(made).view());
    best = {length, made};
    ratio_ = part(length, made);
    if (length == most) break;
    if (out.size() - made <= out.size() / kSlackPart) break;
  }
  return best;
}

}  // namespace erofs::compress
