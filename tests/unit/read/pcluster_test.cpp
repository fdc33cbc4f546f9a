// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/pcluster.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/compressed.h"

namespace erofs::read {
namespace {

using format::Algorithm;
using test::Bytes;
using test::encoded;
using test::hex;
using test::IsMalformed;
using test::padded;
using test::repeat;
using test::sample;
using test::slice;
using test::Succeeds;

constexpr std::uint64_t kAt = 8192;

decode::Codecs settings() {
  decode::Codecs codecs;
  codecs.available = 0xF;
  codecs.zero_padded = true;
  codecs.lzma_dict_size = 65536;
  codecs.zstd_window_bits = 17;
  return codecs;
}

// Decodes `stored`, which stands at `at`, as an extent of `decoded` bytes.
Status decode(const Bytes& stored, map::Stream stream, Bytes& out,
              const decode::Codecs& codecs = settings(),
              std::uint64_t at = kAt) {
  stream.stored = static_cast<std::uint32_t>(stored.size());
  const image::MemorySource source{ByteView(stored)};
  const map::Extent extent = test::encoded_extent(source, at, stream);
  PclusterDecoder decoder(codecs, decode::Geometry());
  return decoder.decode(extent, ByteView(stored), MutableBytes(out));
}

map::Stream stream(Algorithm algorithm, std::uint32_t decoded,
                   bool whole = true) {
  return {algorithm, 0, decoded, whole};
}

TEST(PclusterDecoder, EveryAlgorithm) {
  const Bytes content = sample(5000);
  for (const Algorithm algorithm : {Algorithm::kLz4, Algorithm::kLzma,
                                    Algorithm::kDeflate, Algorithm::kZstd}) {
    const Bytes stored = padded(encoded(algorithm, content), 8192);
    Bytes out(5000);
    const Bytes tight = encoded(algorithm, content);
    EXPECT_THAT(decode(tight, stream(algorithm, 5000), out), Succeeds());
    EXPECT_EQ(out, content);
    EXPECT_THAT(
        decode(padded(tight, tight.size() + 99), stream(algorithm, 5000), out),
        Succeeds());
    EXPECT_EQ(out, content);
    // A part is only a prefix, and so is all that a partial reference takes.
    Bytes part(4321);
    EXPECT_THAT(decode(tight, stream(algorithm, 5000), part), Succeeds());
    EXPECT_EQ(part, slice(content, 0, 4321));
    EXPECT_THAT(decode(tight, stream(algorithm, 4321, false), part),
                Succeeds());
    EXPECT_THAT(decode(tight, stream(algorithm, 4321), part),
                IsMalformed(RuleId::cluster_stream_long, kAt, 4321));
    Bytes more(6000);
    EXPECT_THAT(decode(tight, stream(algorithm, 6000), more),
                IsMalformed(RuleId::cluster_stream_short, kAt, 6000));
  }
}

TEST(PclusterDecoder, StreamsBeginInTheFirstBlock) {
  const Bytes content = sample(100);
  const Bytes bytes = encoded(Algorithm::kLz4, content);
  const auto extent = stream(Algorithm::kLz4, 100);
  Bytes out(100);
  EXPECT_THAT(decode(repeat(0, 4095) + bytes, extent, out), Succeeds());
  EXPECT_THAT(decode(repeat(0, 4096) + bytes, extent, out),
              IsMalformed(RuleId::cluster_stream_nonzero, kAt, 4096));
  // The pcluster begins late in a block.
  EXPECT_THAT(decode(repeat(0, 9) + bytes, extent, out, settings(), kAt + 4086),
              Succeeds());
  EXPECT_THAT(
      decode(repeat(0, 10) + bytes, extent, out, settings(), kAt + 4086),
      IsMalformed(RuleId::cluster_stream_nonzero, kAt + 4086, 10));
  EXPECT_THAT(decode(repeat(0, 50), extent, out),
              IsMalformed(RuleId::cluster_stream_nonzero, kAt, 50));
}

TEST(PclusterDecoder, TheOldFormOfLz4) {
  decode::Codecs old = settings();
  old.zero_padded = false;
  const Bytes content = sample(3000);
  const Bytes bytes = encoded(Algorithm::kLz4, content);
  const auto extent = stream(Algorithm::kLz4, 3000);
  Bytes out(3000);
  EXPECT_THAT(decode(bytes + repeat(0, 500), extent, out, old), Succeeds());
  EXPECT_EQ(out, content);
  // A stream may begin with a zero byte: no literals, but then no history.
  EXPECT_THAT(decode(hex("00 0100 10 61") + repeat(0, 500), extent, out, old),
              IsMalformed(RuleId::cluster_stream_valid, kAt, 3000));
  Bytes longer(3001);
  EXPECT_THAT(decode(bytes, stream(Algorithm::kLz4, 3001), longer, old),
              IsMalformed(RuleId::cluster_stream_short, kAt, 3001));
  // Other algorithms came later.
  EXPECT_THAT(decode(padded(encoded(Algorithm::kZstd, content), 4000),
                     stream(Algorithm::kZstd, 3000), out, old),
              Succeeds());
}

TEST(PclusterDecoder, WhatIsWrongHasARule) {
  const Bytes content = sample(5000);
  const Bytes zstd = encoded(Algorithm::kZstd, content);
  const auto extent = stream(Algorithm::kZstd, 5000);
  Bytes out(5000);
  EXPECT_THAT(decode(zstd + repeat(0, 1), extent, out),
              IsMalformed(RuleId::cluster_stream_trailing, kAt, 5000));
  EXPECT_THAT(decode(hex("502a4d18 00000000") + zstd, extent, out),
              IsMalformed(RuleId::cluster_stream_frame, kAt, 5000));
  EXPECT_THAT(decode(hex("ff") + zstd, extent, out),
              IsMalformed(RuleId::cluster_stream_valid, kAt, 5000));
  decode::Codecs narrow = settings();
  narrow.zstd_window_bits = 12;
  EXPECT_THAT(decode(zstd, extent, out, narrow),
              IsMalformed(RuleId::cluster_stream_window, kAt, 5000));
}

TEST(PclusterDecoder, SettingsLimitHistory) {
  const Bytes content = sample(9000, 3) + sample(9000, 3);
  Bytes out(content.size());
  decode::Codecs narrow = settings();
  narrow.lz4_max_distance = 4096;
  narrow.lzma_dict_size = 4096;
  for (const Algorithm algorithm : {Algorithm::kLz4, Algorithm::kLzma}) {
    const Bytes bytes = encoded(algorithm, content);
    EXPECT_THAT(decode(bytes, stream(algorithm, 18000), out), Succeeds());
    EXPECT_THAT(decode(bytes, stream(algorithm, 18000), out, narrow),
                IsMalformed(RuleId::cluster_stream_window, kAt, 18000));
  }
}

}  // namespace
}  // namespace erofs::read
