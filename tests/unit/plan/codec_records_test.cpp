// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/codec_records.h"

#include <gtest/gtest.h>

#include <array>

#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

using compress::Method;
using compress::Settings;

TEST(CodecRecords, HaveOneForEachAlgorithmInTheirOrder) {
  const std::array<Settings, 3> methods = {
      {{.method = Method::kZstd, .dictionary = 65536},
       {.method = Method::kLz4hc},
       {.method = Method::kLz4}}};
  EXPECT_EQ(algorithm_bits(methods), 9U);
  EXPECT_EQ(test::hex_of(codec_records(methods, 16)),
            "0e 00 ff ff 10 00 00 00 00 00 00 00 00 00 00 00 "
            "06 00 00 06 00 00 00 00");
}

TEST(CodecRecords, SayTheWidestDictionary) {
  const std::array<Settings, 2> methods = {
      {{.method = Method::kLzma, .dictionary = 32768},
       {.method = Method::kLzma, .dictionary = 1U << 20}}};
  EXPECT_EQ(test::hex_of(codec_records(methods, 1)),
            "0e 00 00 00 10 00 00 00 00 00 00 00 00 00 00 00");
}

TEST(CodecRecords, SayTheWindowOfDeflate) {
  const std::array<Settings, 1> methods = {{{.method = Method::kDeflate}}};
  EXPECT_EQ(test::hex_of(codec_records(methods, 1)), "06 00 0f 00 00 00 00 00");
}

}  // namespace
}  // namespace erofs::plan
