// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_STREAMS_H_
#define EROFS_SUPPORT_STREAMS_H_

#include <gtest/gtest.h>
#include <libdeflate.h>
#include <lz4.h>
#include <lzma.h>
#include <zstd.h>

#include <cstdint>
#include <memory>

#include "support/hex.h"

// Compressed streams as a writer would make them, for tests of rooms that
// stand on `decompress`.
namespace erofs::test {

// Text-like bytes: repeats from near and far, and some that repeat nothing.
inline Bytes sample(std::size_t size, std::uint32_t seed = 1) {
  Bytes bytes;
  bytes.reserve(size);
  std::uint32_t state = seed;
  const auto random = [&state] {
    state = state * 1664525 + 1013904223;
    return state >> 16;
  };
  while (bytes.size() < size) {
    const std::size_t length = random() % 40 + 4;
    const bool repeats = bytes.size() > 64 && random() % 4 != 0;
    const std::size_t back =
        repeats ? random() * std::size_t{7} % bytes.size() + 1 : 0;
    for (std::size_t i = 0; i < length && bytes.size() < size; ++i) {
      bytes.push_back(repeats ? bytes[bytes.size() - back]
                              : static_cast<std::byte>(random()));
    }
  }
  return bytes;
}

inline Bytes slice(const Bytes& bytes, std::size_t offset, std::size_t size) {
  Bytes out;
  for (std::size_t i = 0; i < size && offset + i < bytes.size(); ++i) {
    out.push_back(bytes[offset + i]);
  }
  return out;
}

inline Bytes lz4_stream(const Bytes& content) {
  Bytes out(static_cast<std::size_t>(
      LZ4_compressBound(static_cast<int>(content.size()))));
  const int size = LZ4_compress_default(
      reinterpret_cast<const char*>(content.data()),
      reinterpret_cast<char*>(out.data()), static_cast<int>(content.size()),
      static_cast<int>(out.size()));
  EXPECT_GT(size, 0);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

// Properties of an LZMA stream: lc, lp, pb.
struct LzmaForm {
  std::uint32_t literal_bits = 3;
  std::uint32_t literal_positions = 0;
  std::uint32_t positions = 2;
};

inline Bytes lzma_bytes(const Bytes& content, std::uint32_t dictionary = 65536,
                        LzmaForm form = {}) {
  lzma_options_lzma options{};
  lzma_lzma_preset(&options, 6);
  options.dict_size = dictionary;
  options.lc = form.literal_bits;
  options.lp = form.literal_positions;
  options.pb = form.positions;
  lzma_stream stream = LZMA_STREAM_INIT;
  EXPECT_EQ(lzma_microlzma_encoder(&stream, &options), LZMA_OK);
  Bytes out(content.size() + content.size() / 8 + 100);
  stream.next_in = reinterpret_cast<const std::uint8_t*>(content.data());
  stream.avail_in = content.size();
  stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
  stream.avail_out = out.size();
  EXPECT_EQ(lzma_code(&stream, LZMA_FINISH), LZMA_STREAM_END);
  EXPECT_EQ(stream.total_in, content.size());
  out.resize(stream.total_out);
  lzma_end(&stream);
  return out;
}

inline Bytes deflate_stream(const Bytes& content, int level = 6) {
  const std::unique_ptr<libdeflate_compressor,
                        decltype(&libdeflate_free_compressor)>
      compressor(libdeflate_alloc_compressor(level),
                 &libdeflate_free_compressor);
  Bytes out(
      libdeflate_deflate_compress_bound(compressor.get(), content.size()));
  out.resize(libdeflate_deflate_compress(compressor.get(), content.data(),
                                         content.size(), out.data(),
                                         out.size()));
  EXPECT_FALSE(out.empty());
  return out;
}

struct ZstdOptions {
  int window_bits = 17;
  bool content_size = true;
  bool checksum = false;
};

inline Bytes zstd_stream(const Bytes& content, ZstdOptions options = {}) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(
      ZSTD_createCCtx(), &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, options.window_bits);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag,
                         options.content_size ? 1 : 0);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag,
                         options.checksum ? 1 : 0);
  Bytes out(ZSTD_compressBound(content.size()));
  const std::size_t size = ZSTD_compress2(context.get(), out.data(), out.size(),
                                          content.data(), content.size());
  EXPECT_EQ(ZSTD_isError(size), 0U);
  out.resize(size);
  return out;
}

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_STREAMS_H_
