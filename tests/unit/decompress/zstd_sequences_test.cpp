// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_sequences.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include <memory>

#include "decompress/zstd_block.h"
#include "decompress/zstd_frame.h"
#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;
using test::sample;
using test::zstd_stream;

class ZstdSequencesTest : public testing::Test {
 protected:
  void SetUp() override { sequences_->reset(); }
  bool judge(const Bytes& section, std::uint64_t window = 1024) {
    return sequences_->judge(ByteView(section), window);
  }

  std::unique_ptr<ZstdSequences> sequences_ = std::make_unique<ZstdSequences>();
};

TEST_F(ZstdSequencesTest, None) {
  EXPECT_TRUE(judge(hex("00")));
  EXPECT_FALSE(judge(hex("00 00")));
  EXPECT_FALSE(judge(hex("8000")));
  EXPECT_FALSE(judge({}));
}

TEST_F(ZstdSequencesTest, CountsOfEachSize) {
  // One symbol in each table and no bits at all, but the mark.
  EXPECT_TRUE(judge(hex("01 54 010000 01")));
  EXPECT_TRUE(judge(hex("8101 54 010000 01")));
  EXPECT_TRUE(judge(hex("ff0000 54 010000 01")));
  EXPECT_FALSE(judge(hex("01 54 010000 02")));
  EXPECT_FALSE(judge(hex("ff0000 54 010000")));
  EXPECT_FALSE(judge(hex("ff00")));
}

// 3 sequences of two bits each, and more or less of them.
TEST_F(ZstdSequencesTest, BitstreamsAreUsedUp) {
  EXPECT_TRUE(judge(hex("03 54 020200 55")));
  EXPECT_FALSE(judge(hex("03 54 020200 35")));
  EXPECT_FALSE(judge(hex("03 54 020200 2a")));
  EXPECT_FALSE(judge(hex("03 54 020200 aa")));
  EXPECT_FALSE(judge(hex("02 54 020200 55")));
  EXPECT_FALSE(judge(hex("04 54 020200 55")));
}

TEST_F(ZstdSequencesTest, SymbolsThatThereAre) {
  EXPECT_TRUE(judge(hex("01 54 23 00 34 01000001 00")) ||
              judge(hex("01 54 23 00 34 00000000 01")));
  EXPECT_FALSE(judge(hex("01 54 24 00 34 00000000 01")));
  EXPECT_FALSE(judge(hex("01 54 23 20 34 00000000 01")));
  EXPECT_FALSE(judge(hex("01 54 23 00 35 00000000 01")));
}

// The newest offset is 1 at first; without literals the third choice is the
// one before it.
TEST_F(ZstdSequencesTest, NoOffsetIsZero) {
  EXPECT_FALSE(judge(hex("01 54 000100 03")));
  EXPECT_TRUE(judge(hex("01 54 000100 02")));
  EXPECT_TRUE(judge(hex("01 54 010100 03")));
}

TEST_F(ZstdSequencesTest, OffsetsAreInTheWindow) {
  // 2^5 + 31 - 3.
  EXPECT_TRUE(judge(hex("01 54 010500 3f"), 60));
  EXPECT_FALSE(judge(hex("01 54 010500 3f"), 59));
}

TEST_F(ZstdSequencesTest, TablesAreRepeatedInAFrame) {
  EXPECT_FALSE(judge(hex("01 fc 01")));
  EXPECT_TRUE(judge(hex("01 54 010000 01")));
  EXPECT_TRUE(judge(hex("01 fc 01")));
  sequences_->reset();
  EXPECT_FALSE(judge(hex("01 fc 01")));
}

// Every mutation that is taken is one that the library takes, and decodes to
// the same.
TEST_F(ZstdSequencesTest, WhatIsTakenTheLibraryTakes) {
  const Bytes content = sample(3000);
  const Bytes stream = zstd_stream(content);
  const ZstdFrame frame = zstd_frame(ByteView(stream));
  const auto blocks = std::make_unique<ZstdBlocks>();
  std::size_t taken = 0;
  Bytes bad = stream;
  for (std::size_t i = frame.header + 3; i < stream.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      bad[i] ^= std::byte{1} << bit;
      Bytes ours(content.size());
      const ByteView body =
          ByteView(bad).from(frame.header).value_or(ByteView());
      if (blocks->decode(body, {frame.block_max, frame.window},
                         MutableBytes(ours))) {
        ++taken;
        Bytes theirs(content.size());
        EXPECT_EQ(ZSTD_decompress(theirs.data(), theirs.size(), bad.data(),
                                  bad.size()),
                  theirs.size());
        EXPECT_EQ(ours, theirs) << i << ' ' << bit;
      }
      bad[i] = stream[i];
    }
  }
  EXPECT_GT(taken, 0U);
}

}  // namespace
}  // namespace erofs::decompress
