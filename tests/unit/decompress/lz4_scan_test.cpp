// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/lz4_scan.h"

#include <gtest/gtest.h>

#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;
using test::repeat;

TEST(Lz4Scan, Sequences) {
  const Bytes block = hex("2f 6162 0200 ff01 | 10 7a");
  Lz4Scan scan{ByteView(block)};
  const auto first = scan.next();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->literals, 2U);
  EXPECT_EQ(first->distance, 2U);
  EXPECT_EQ(first->match, 4U + 15 + 255 + 1);
  const auto last = scan.next();
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->literals, 1U);
  EXPECT_EQ(last->match, 0U);
  EXPECT_FALSE(scan.next().has_value());
}

TEST(Lz4Scan, LongLiterals) {
  const Bytes block = hex("f0 ff 00") + repeat(1, 270);
  Lz4Scan scan{ByteView(block)};
  const auto only = scan.next();
  ASSERT_TRUE(only.has_value());
  EXPECT_EQ(only->literals, 270U);
}

TEST(Lz4Scan, RunsOutAnywhere) {
  for (const char* text : {"", "f0", "f0 ff", "20 61", "10 61 01", "1f 61 0100",
                           "1f 61 0100 ff"}) {
    const Bytes block = hex(text);
    Lz4Scan scan{ByteView(block)};
    EXPECT_FALSE(scan.next().has_value()) << text;
    EXPECT_TRUE(scan.ran_out()) << text;
  }
  const Bytes zero = hex("10 61 0000 00");
  Lz4Scan scan{ByteView(zero)};
  EXPECT_FALSE(scan.next().has_value());
  EXPECT_FALSE(scan.ran_out());
}

TEST(Lz4Failure, TellsReasonsApart) {
  const Bytes block = hex("20 6162 0200 | 20 6364");  // 2 + 4 + 2 bytes
  EXPECT_EQ(lz4_failure(ByteView(block), 9), Outcome::kShort);
  EXPECT_EQ(lz4_failure(ByteView(block), 7), Outcome::kLong);
  EXPECT_EQ(lz4_failure(ByteView(block), 2), Outcome::kLong);
  EXPECT_EQ(lz4_failure(ByteView(block), 8), Outcome::kCorrupt);
  const Bytes junk = hex("20 6162 0300 00");
  EXPECT_EQ(lz4_failure(ByteView(junk), 2), Outcome::kTrailing);
  EXPECT_EQ(lz4_failure(ByteView(junk), 1), Outcome::kLong);
  EXPECT_EQ(lz4_failure(ByteView(junk), 9), Outcome::kCorrupt);
}

TEST(Lz4Failure, EndsWithAMatch) {
  const Bytes block = hex("20 6162 0200");  // 2 + 4 bytes, no literals
  EXPECT_EQ(lz4_failure(ByteView(block), 6), Outcome::kCorrupt);
}

TEST(Lz4Distances, LooksAtWhatIsWanted) {
  const Bytes block = hex("20 6162 0200 | 10 63 0700 | 10 64");
  const ByteView view(block);
  EXPECT_EQ(lz4_distances(view, 12, 7), Outcome::kDone);
  EXPECT_EQ(lz4_distances(view, 12, 6), Outcome::kWindow);
  EXPECT_EQ(lz4_distances(view, 8, 6), Outcome::kWindow);
  EXPECT_EQ(lz4_distances(view, 7, 6), Outcome::kDone);
  EXPECT_EQ(lz4_distances(view, 7, 1), Outcome::kWindow);
  EXPECT_EQ(lz4_distances(view, 13, 7), Outcome::kShort);
}

TEST(Lz4Distances, NoneIsZero) {
  const Bytes block = hex("20 6162 0000 | 10 63");
  const ByteView view(block);
  EXPECT_EQ(lz4_distances(view, 2, 9), Outcome::kDone);
  EXPECT_EQ(lz4_distances(view, 3, 9), Outcome::kCorrupt);
}

}  // namespace
}  // namespace erofs::decompress
