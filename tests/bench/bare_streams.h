// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_BENCH_BARE_STREAMS_H_
#define EROFS_BENCH_BARE_STREAMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "decode/codec.h"
#include "image/source.h"
#include "map/extent.h"

namespace erofs::bench {

// One compressed pcluster, as its library wants it: without padding.
struct Stored {
  map::Stream stream;      // `stored` counts the bytes that are here
  std::size_t offset = 0;  // of the first one in Streams::bytes
};

// Every compressed pcluster of an image, once, in memory.
struct Streams {
  std::vector<std::byte> bytes;
  std::vector<Stored> all;
  decode::Codecs codecs;
};

// Reads them in the order in which the paths of an image without other
// devices meet them. Faults: whatever keeps a reader from mapping it all.
[[nodiscard]] Result<Streams> collect(const image::Source& image);

}  // namespace erofs::bench

#endif  // EROFS_BENCH_BARE_STREAMS_H_
