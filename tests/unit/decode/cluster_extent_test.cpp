// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/cluster_extent.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs::decode {
namespace {

using test::Bytes;
using test::hex;
using test::view;

ExtentRecord record(const Bytes& bytes) {
  const auto found = extent_record(view(bytes));
  EXPECT_TRUE(found.has_value());
  return found.value_or(ExtentRecord{});
}

TEST(ExtentRecord, LengthAndForm) {
  const ExtentRecord zstd = record(hex("a4 13 00 40"));
  EXPECT_EQ(zstd.word, 0x400013A4U);
  EXPECT_EQ(zstd.length, 0x13A4U);
  EXPECT_FALSE(zstd.raw());
  EXPECT_FALSE(zstd.partial);
  EXPECT_EQ(zstd.algorithm(), 3);
  EXPECT_EQ(zstd.pstart, 0U);
  const ExtentRecord raw = record(hex("ff ff 1f 08"));
  EXPECT_EQ(raw.length, 0x1FFFFFU);
  EXPECT_TRUE(raw.partial);
  EXPECT_TRUE(raw.raw());
  // Reserved bits are not part of the length.
  const ExtentRecord hole = record(hex("00 00 e0 f7"));
  EXPECT_EQ(hole.length, 0U);
  EXPECT_EQ(hole.algorithm(), 14);
}

TEST(ExtentRecord, WithAddress) {
  const ExtentRecord found = record(hex("13 00 00 40 | 00 70 03 ff"));
  EXPECT_EQ(found.pstart, 0xFF037000U);
  EXPECT_EQ(found.lstart, 0U);
}

TEST(ExtentRecord, AnywhereInTheFile) {
  const ExtentRecord found =
      record(hex("00 10 00 10 | 0f 17 01 00 | 02 00 00 80 | af 82 00 f0"));
  EXPECT_EQ(found.algorithm(), 0);
  EXPECT_EQ(found.pstart, 0x800000020001170FU);
  EXPECT_EQ(found.lstart, 0xF00082AFU);
  const ExtentRecord wide =
      record(hex("00 10 00 10 | 0f 17 01 00 | 02 00 00 80 | af 82 00 f0 |"
                 "07 00 00 00 | ff ff ff ff ff ff ff ff ff ff ff ff"));
  EXPECT_EQ(wide.pstart, 0x800000020001170FU);
  EXPECT_EQ(wide.lstart, 0x7F00082AFU);
}

TEST(ExtentRecord, PositionOfAFragment) {
  // With 4 bytes there are 32 bits of it, length and form included.
  EXPECT_EQ(record(hex("f0 7a 00 f8")).fragment_offset(), 0xF8007AF0U);
  EXPECT_EQ(record(hex("80 da 00 00 | 03 00 00 80")).fragment_offset(),
            0x800000030000DA80U);
  // What does not fit 64 bits has no meaning.
  EXPECT_EQ(record(hex("01 00 00 00 | 02 00 00 00 | 03 00 00 00 | 00 00 00 00"))
                .fragment_offset(),
            0x200000001U);
}

TEST(ExtentRecord, OtherSizesAreNone) {
  for (const std::size_t size : {0U, 1U, 5U, 12U, 31U, 64U}) {
    const Bytes bytes = test::repeat(1, size);
    EXPECT_FALSE(extent_record(view(bytes)).has_value()) << size;
  }
}

}  // namespace
}  // namespace erofs::decode
