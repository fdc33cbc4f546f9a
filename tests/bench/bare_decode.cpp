// SPDX-License-Identifier: Apache-2.0 OR MIT
// erofs-bare-decode IMAGE
//
// How long the compressors' own libraries take for all pclusters of an image,
// one after the other, on one core, with everything in memory: what no reader
// can be faster than. Prints one JSON object.
#include <libdeflate.h>
#include <lz4.h>
#include <lzma.h>
#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <span>
#include <vector>

#include "bare_streams.h"
#include "base/bytes.h"
#include "decompress/library.h"
#include "image/file_source.h"

namespace erofs::bench {
namespace {

using decompress::input;
using decompress::output;

// The libraries' memory, kept from stream to stream as a reader would.
class Libraries {
 public:
  explicit Libraries(const decode::Codecs& codecs)
      : codecs_(codecs),
        deflate_(libdeflate_alloc_decompressor()),
        zstd_(ZSTD_createDCtx()) {}
  Libraries(const Libraries&) = delete;
  Libraries& operator=(const Libraries&) = delete;
  ~Libraries() {
    libdeflate_free_decompressor(deflate_);
    ZSTD_freeDCtx(zstd_);
    lzma_end(&lzma_);
  }

  // Whether `out` is full.
  bool decode(const map::Stream& stream, ByteView in, MutableBytes out) {
    switch (stream.algorithm) {
      case format::Algorithm::kLz4:
        return lz4(in, out, stream.whole && codecs_.zero_padded);
      case format::Algorithm::kLzma:
        return lzma(in, out, stream.whole);
      case format::Algorithm::kDeflate:
        return stream.whole ? deflate(in, out) : inflate_part(in, out);
      case format::Algorithm::kZstd:
        return stream.whole ? zstd(in, out) : zstd_part(in, out);
    }
    return false;
  }

 private:
  static bool lz4(ByteView in, MutableBytes out, bool whole) {
    const auto stored = static_cast<int>(in.size());
    const auto room = static_cast<int>(out.size());
    return room == (whole ? LZ4_decompress_safe(input<char>(in),
                                                output<char>(out), stored, room)
                          : LZ4_decompress_safe_partial(input<char>(in),
                                                        output<char>(out),
                                                        stored, room, room));
  }

  bool lzma(ByteView in, MutableBytes out, bool whole) {
    if (lzma_microlzma_decoder(&lzma_, in.size(), out.size(), whole,
                               codecs_.lzma_dict_size) != LZMA_OK) {
      return false;
    }
    lzma_.next_in = input<std::uint8_t>(in);
    lzma_.avail_in = in.size();
    lzma_.next_out = output<std::uint8_t>(out);
    lzma_.avail_out = out.size();
    const lzma_ret result = lzma_code(&lzma_, LZMA_FINISH);
    return lzma_.avail_out == 0 &&
           (result == LZMA_OK || result == LZMA_STREAM_END);
  }

  bool deflate(ByteView in, MutableBytes out) {
    std::size_t given = 0;
    return libdeflate_deflate_decompress(deflate_, input<std::uint8_t>(in),
                                         in.size(), output<std::uint8_t>(out),
                                         out.size(),
                                         &given) == LIBDEFLATE_SUCCESS &&
           given == out.size();
  }

  // libdeflate decodes whole streams alone.
  static bool inflate_part(ByteView in, MutableBytes out) {
    z_stream state{};
    if (inflateInit2(&state, -MAX_WBITS) != Z_OK) return false;
    state.next_in = input<Bytef>(in);
    state.avail_in = static_cast<uInt>(in.size());
    state.next_out = output<Bytef>(out);
    state.avail_out = static_cast<uInt>(out.size());
    inflate(&state, Z_SYNC_FLUSH);
    inflateEnd(&state);
    return state.avail_out == 0;
  }

  bool zstd(ByteView in, MutableBytes out) {
    return ZSTD_decompressDCtx(zstd_, output<char>(out), out.size(),
                               input<char>(in), in.size()) == out.size();
  }

  bool zstd_part(ByteView in, MutableBytes out) {
    ZSTD_DCtx_reset(zstd_, ZSTD_reset_session_only);
    ZSTD_inBuffer from{input<char>(in), in.size(), 0};
    ZSTD_outBuffer to{output<char>(out), out.size(), 0};
    while (to.pos < to.size) {
      const std::size_t before = from.pos + to.pos;
      const std::size_t rest = ZSTD_decompressStream(zstd_, &to, &from);
      if (ZSTD_isError(rest) != 0 || from.pos + to.pos == before) return false;
    }
    return true;
  }

  decode::Codecs codecs_;
  libdeflate_decompressor* deflate_;
  ZSTD_DCtx* zstd_;
  lzma_stream lzma_ = LZMA_STREAM_INIT;
};

struct Totals {
  double seconds = 0;
  double cpu = 0;  // seconds, the same where nobody else wants the core
  std::uint64_t bytes = 0;   // decoded
  std::uint64_t stored = 0;  // without padding
  std::size_t failed = 0;
};

Totals time_all(const Streams& streams) {
  std::uint32_t largest = 0;
  for (const Stored& each : streams.all) {
    largest = std::max(largest, each.stream.decoded);
  }
  std::vector<std::byte> room(largest);
  Libraries libraries(streams.codecs);
  Totals totals;
  const ByteView bytes(streams.bytes);
  const std::clock_t cpu = std::clock();
  const auto start = std::chrono::steady_clock::now();
  for (const Stored& each : streams.all) {
    const auto in = bytes.slice(each.offset, each.stream.stored);
    const auto out = MutableBytes(room).head(each.stream.decoded);
    if (!in || !libraries.decode(each.stream, *in, out)) ++totals.failed;
    totals.bytes += out.size();
    totals.stored += each.stream.stored;
  }
  totals.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  totals.cpu = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  return totals;
}

int run(const char* path) {
  const auto file = image::FileSource::open(path);
  if (!file) {
    std::fprintf(stderr, "%s: cannot be opened\n", path);
    return 5;
  }
  const auto streams = collect(**file);
  if (!streams) {
    std::fprintf(stderr, "%s: cannot be mapped: rule %u at byte %llu\n", path,
                 static_cast<unsigned>(streams.error().rule),
                 static_cast<unsigned long long>(streams.error().where.offset));
    return 1;
  }
  const Totals totals = time_all(*streams);
  std::printf(
      "{\"seconds\": %.6f, \"cpu\": %.6f, \"bytes\": %llu, \"stored\": %llu, "
      "\"pclusters\": %zu, \"failed\": %zu}\n",
      totals.seconds, totals.cpu, static_cast<unsigned long long>(totals.bytes),
      static_cast<unsigned long long>(totals.stored), streams->all.size(),
      totals.failed);
  return totals.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace erofs::bench

int main(int argc, char** argv) {
  const std::span words(argv, static_cast<std::size_t>(argc));
  if (argc != 2) {
    std::fputs("usage: erofs-bare-decode IMAGE\n", stderr);
    return 2;
  }
  return erofs::bench::run(words[1]);
}
