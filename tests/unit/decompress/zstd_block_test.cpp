// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_block.h"

#include <gtest/gtest.h>

#include <memory>

#include "decompress/zstd_frame.h"
#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;
using test::repeat;
using test::sample;
using test::zstd_stream;

class ZstdBlock : public testing::Test {
 protected:
  bool judge(const Bytes& blocks, std::uint64_t most = 1024) {
    return blocks_->judge(ByteView(blocks), {most, most});
  }
  bool decode(const Bytes& blocks, Bytes& out, std::uint64_t most = 1024) {
    return blocks_->decode(ByteView(blocks), {most, most}, MutableBytes(out));
  }
  // Both, of a block that decodes to `size` bytes.
  bool good(const Bytes& blocks, std::size_t size, std::uint64_t most = 1024) {
    Bytes out(size);
    const bool judged = judge(blocks, most);
    EXPECT_EQ(decode(blocks, out, most), judged);
    return judged;
  }

  std::unique_ptr<ZstdBlocks> blocks_ = std::make_unique<ZstdBlocks>();
};

// Three literals, then one sequence whose tables have one symbol each: two
// literals, and three bytes of two back.
TEST_F(ZstdBlock, DecodesSequences) {
  Bytes out(6);
  EXPECT_TRUE(decode(hex("550000 18 616263 01 54 020200 05"), out));
  EXPECT_EQ(out, hex("616261626163"));
}

TEST_F(ZstdBlock, CompressionModesAreReservedInTheirLowestBits) {
  EXPECT_TRUE(good(hex("550000 18 616263 01 54 020200 05"), 6));
  EXPECT_FALSE(good(hex("550000 18 616263 01 55 020200 05"), 6));
  EXPECT_FALSE(good(hex("550000 18 616263 01 56 020200 05"), 6));
  // None, in short and in long.
  EXPECT_TRUE(good(hex("2d0000 18 616263 00"), 3));
  EXPECT_FALSE(good(hex("350000 18 616263 8000"), 3));
  EXPECT_FALSE(good(hex("350000 18 616263 00 00"), 3));
}

// The sequence has two extra bits, behind which only the mark may stand.
TEST_F(ZstdBlock, BitstreamsAreUsedUp) {
  EXPECT_TRUE(good(hex("550000 18 616263 01 54 020200 05"), 6));
  EXPECT_FALSE(good(hex("550000 18 616263 01 54 020200 03"), 6));
  EXPECT_FALSE(good(hex("550000 18 616263 01 54 020200 09"), 6));
  EXPECT_FALSE(good(hex("550000 18 616263 01 54 020200 00"), 6));
  EXPECT_FALSE(good(hex("4d0000 18 616263 01 54 020200"), 6));
}

TEST_F(ZstdBlock, NoBlockIsLargerThanItMayBe) {
  // Runs of 1024 and of 1025 bytes.
  EXPECT_TRUE(good(hex("032000 78"), 1024));
  EXPECT_FALSE(good(hex("0b2000 78"), 1025));
  // Behind another block, and literals that alone are too many.
  EXPECT_FALSE(good(hex("080000 61 0b2000 78"), 1026));
  EXPECT_FALSE(good(hex("250000 1d40 61 00"), 1025));
}

TEST_F(ZstdBlock, JudgesWhatIsThere) {
  // Behind the last one nothing is looked at, nor what is cut off.
  EXPECT_TRUE(judge(hex("090000 61 0b2000 78")));
  EXPECT_TRUE(judge(hex("0b2000")));
  EXPECT_TRUE(judge({}));
}

TEST_F(ZstdBlock, DecodesAllOrNothing) {
  Bytes out(4);
  EXPECT_TRUE(decode(hex("080000 61 1b0000 78"), out));
  EXPECT_EQ(out, hex("61787878"));
  EXPECT_FALSE(decode(hex("080000 61 1b0000 78 00"), out));
  EXPECT_FALSE(decode(hex("080000 61 1a0000 78"), out));
  EXPECT_FALSE(decode(hex("080000 61 230000 78"), out));
  EXPECT_FALSE(decode(hex("080000 61 130000 78"), out));
  EXPECT_FALSE(decode(hex("080000 61 1f0000 787878"), out));
  EXPECT_FALSE(decode({}, out));
}

TEST_F(ZstdBlock, TablesAndOffsetsAreOfOneFrame) {
  const std::string first = "540000 18 616263 01 54 020200 05";
  // The tables of the block before again, and the offset before it.
  EXPECT_TRUE(good(hex(first + "3d0000 18 646566 01 fc 05"), 12));
  EXPECT_FALSE(good(hex("3d0000 18 646566 01 fc 05"), 6));
}

// Valid streams decode as the library has them.
TEST_F(ZstdBlock, DecodesWhatTheLibraryMakes) {
  for (const std::size_t size : {1U, 20U, 700U, 5000U, 70000U, 400000U}) {
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
      const Bytes content = sample(size, seed);
      const Bytes stream = zstd_stream(content);
      const ZstdFrame frame = zstd_frame(ByteView(stream));
      Bytes out(size);
      const ByteView blocks =
          ByteView(stream).from(frame.header).value_or(ByteView());
      EXPECT_TRUE(blocks_->decode(blocks, {frame.block_max, frame.window},
                                  MutableBytes(out)));
      EXPECT_EQ(out, content);
    }
  }
}

}  // namespace
}  // namespace erofs::decompress
