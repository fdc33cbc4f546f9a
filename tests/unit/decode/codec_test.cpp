// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/codec.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::decode {
namespace {

using format::Algorithm;
using test::Bytes;
using test::hex;
using test::IsMalformed;
using test::Succeeds;
using test::view;

constexpr Place kAt{Place::kPrimary, 1154};

Status decoded(const Bytes& payload, Algorithm algorithm, Codecs& out,
               std::uint8_t block_bits = 12) {
  Geometry geometry;
  geometry.block_bits = block_bits;
  return codec_record(view(payload), algorithm, kAt, geometry, out);
}

TEST(Codec, WhatIsAvailable) {
  Codecs codecs;
  EXPECT_FALSE(codecs.has(Algorithm::kLz4));
  codecs.available = 0b1010;
  EXPECT_FALSE(codecs.has(Algorithm::kLz4));
  EXPECT_TRUE(codecs.has(Algorithm::kLzma));
  EXPECT_FALSE(codecs.has(Algorithm::kDeflate));
  EXPECT_TRUE(codecs.has(Algorithm::kZstd));
}

TEST(Codec, Lz4) {
  Codecs out;
  ASSERT_THAT(decoded(hex("00 40 10 00 | 00 00 00 00 00 00 00 00 00 00"),
                      Algorithm::kLz4, out),
              Succeeds());
  EXPECT_EQ(out.lz4_max_distance, 0x4000U);
  EXPECT_EQ(out.lz4_max_pclusterblks, 16U);
  ASSERT_THAT(decoded(hex("00 00 00 00 | 00 00 00 00 00 00 00 00 00 00"),
                      Algorithm::kLz4, out),
              Succeeds());
  EXPECT_EQ(out.lz4_max_distance, 65535U);
  EXPECT_EQ(out.lz4_max_pclusterblks, 1U);
  EXPECT_EQ(out.available, 0U);
}

TEST(Codec, Lz4PclusterBlocksEndAtAMebibyte) {
  Codecs out;
  const Bytes most = hex("ff ff 00 01 00 00 00 00 00 00 00 00 00 00");
  EXPECT_THAT(decoded(most, Algorithm::kLz4, out), Succeeds());
  const Bytes over = hex("ff ff 01 01 00 00 00 00 00 00 00 00 00 00");
  EXPECT_THAT(decoded(over, Algorithm::kLz4, out),
              IsMalformed(RuleId::codec_lz4_pcluster_blocks, 1156, 257));
  EXPECT_THAT(decoded(over, Algorithm::kLz4, out, 9), Succeeds());
  EXPECT_THAT(decoded(most, Algorithm::kLz4, out, 16),
              IsMalformed(RuleId::codec_lz4_pcluster_blocks, 1156, 256));
}

TEST(Codec, Lzma) {
  Codecs out;
  ASSERT_THAT(decoded(hex("00 00 80 00 00 00 | 00 00 00 00 00 00 00 00"),
                      Algorithm::kLzma, out),
              Succeeds());
  EXPECT_EQ(out.lzma_dict_size, 8U << 20);
  EXPECT_THAT(decoded(hex("01 00 80 00 00 00 | 00 00 00 00 00 00 00 00"),
                      Algorithm::kLzma, out),
              IsMalformed(RuleId::codec_lzma_dict_size, 1154, 0x800001));
  EXPECT_THAT(decoded(hex("ff 0f 00 00 00 00 | 00 00 00 00 00 00 00 00"),
                      Algorithm::kLzma, out),
              IsMalformed(RuleId::codec_lzma_dict_size, 1154, 4095));
  EXPECT_THAT(decoded(hex("00 10 00 00 01 00 | 00 00 00 00 00 00 00 00"),
                      Algorithm::kLzma, out),
              IsMalformed(RuleId::codec_lzma_format, 1158, 1));
}

TEST(Codec, Deflate) {
  Codecs out;
  ASSERT_THAT(decoded(hex("0c | 00 00 00 00 00"), Algorithm::kDeflate, out),
              Succeeds());
  EXPECT_EQ(out.deflate_window_bits, 12);
  // Too small is a slip only.
  ASSERT_THAT(decoded(hex("00 | 00 00 00 00 00"), Algorithm::kDeflate, out),
              Succeeds());
  EXPECT_THAT(decoded(hex("10 | 00 00 00 00 00"), Algorithm::kDeflate, out),
              IsMalformed(RuleId::codec_deflate_window, 1154, 16));
}

TEST(Codec, Zstd) {
  Codecs out;
  ASSERT_THAT(decoded(hex("00 07 | 00 00 00 00"), Algorithm::kZstd, out),
              Succeeds());
  EXPECT_EQ(out.zstd_window_bits, 17);
  ASSERT_THAT(decoded(hex("00 0a | 00 00 00 00"), Algorithm::kZstd, out),
              Succeeds());
  EXPECT_EQ(out.zstd_window_bits, 20);
  EXPECT_THAT(decoded(hex("00 0b | 00 00 00 00"), Algorithm::kZstd, out),
              IsMalformed(RuleId::codec_zstd_window, 1155, 11));
  EXPECT_THAT(decoded(hex("01 00 | 00 00 00 00"), Algorithm::kZstd, out),
              IsMalformed(RuleId::codec_zstd_format, 1154, 1));
}

TEST(Codec, ShortPayloadsAreMalformed) {
  for (const Algorithm algorithm : {Algorithm::kLz4, Algorithm::kLzma,
                                    Algorithm::kDeflate, Algorithm::kZstd}) {
    Codecs out;
    const std::size_t size = codec_record_size(algorithm);
    Bytes payload = test::repeat(0, size - 1);
    EXPECT_THAT(decoded(payload, algorithm, out),
                IsMalformed(RuleId::codec_record_size, 1154, size - 1));
  }
  EXPECT_EQ(codec_record_size(Algorithm::kLz4), 14U);
  EXPECT_EQ(codec_record_size(Algorithm::kLzma), 14U);
  EXPECT_EQ(codec_record_size(Algorithm::kDeflate), 6U);
  EXPECT_EQ(codec_record_size(Algorithm::kZstd), 6U);
}

TEST(Codec, LongerPayloadsCarryMore) {
  Codecs out;
  EXPECT_THAT(decoded(hex("00 01 00 00 00 00 | ff ff"), Algorithm::kZstd, out),
              Succeeds());
  EXPECT_EQ(out.zstd_window_bits, 11);
}

}  // namespace
}  // namespace erofs::decode
