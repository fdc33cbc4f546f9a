// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_OUTCOME_H_
#define EROFS_DECOMPRESS_OUTCOME_H_

#include <cstdint>

namespace erofs::decompress {

// What became of a stream and the room that it was to fill.
enum class Outcome : std::uint8_t {
  kDone,      // the room is full, and whatever else was asked for holds
  kCorrupt,   // not a stream of this algorithm
  kShort,     // the stream, or its bytes, ended before the room was full
  kLong,      // whole: it goes on when the room is full
  kTrailing,  // whole: bytes stand behind its end
  kWindow,    // needs more history than it may
  kFrame,     // zstd: not one ordinary frame without a dictionary
  kNoMemory,  // the library could not allocate
};

// How much of a stream the room is for.
enum class Demand : std::uint8_t {
  kWhole,   // all of it: stream and room must end together
  kPrefix,  // the first bytes; nothing is said of what follows them
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_OUTCOME_H_
