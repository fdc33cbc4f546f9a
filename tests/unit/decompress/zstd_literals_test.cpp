// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_literals.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::hex;
using test::repeat;
using test::slice;

class ZstdLiteralsTest : public testing::Test {
 protected:
  // The literals; none where the section is refused.
  Bytes read(const Bytes& block, std::uint64_t most = 1024) {
    const auto found = literals_->read(ByteView(block), most);
    if (!found) return {};
    end_ = found->end;
    Bytes all(found->bytes.span().begin(), found->bytes.span().end());
    return slice(all, 0, found->count);
  }

  std::unique_ptr<ZstdLiterals> literals_ = std::make_unique<ZstdLiterals>();
  std::uint64_t end_ = 0;
};

TEST_F(ZstdLiteralsTest, Raw) {
  EXPECT_EQ(read(hex("18 616263 00")), hex("616263"));
  EXPECT_EQ(end_, 4U);
  EXPECT_EQ(read(hex("3400 616263 00")), hex("616263"));
  EXPECT_EQ(end_, 5U);
  EXPECT_EQ(read(hex("3c0000 616263 00")), hex("616263"));
  EXPECT_EQ(read(hex("18 6162")), Bytes());
  EXPECT_EQ(read(hex("18 616263 00"), 2), Bytes());
}

TEST_F(ZstdLiteralsTest, Runs) {
  EXPECT_EQ(read(hex("19 61 00")), repeat(0x61, 3));
  EXPECT_EQ(end_, 2U);
  EXPECT_EQ(read(hex("3d0000 61")), repeat(0x61, 3));
  EXPECT_EQ(read(hex("19")), Bytes());
  EXPECT_EQ(read(hex("fdffff 61"), 1U << 20U), Bytes());
}

// Symbols 0 and 2 with two bits, and 1 with one: 1 0 2 are the bits 1 00 01.
TEST_F(ZstdLiteralsTest, CodesUseTheirStreamUp) {
  const std::string tree = "81 12";
  const auto one = [&](const std::string& stream) {
    return read(hex("32c000" + tree + stream));
  };
  EXPECT_EQ(one("31"), hex("010002"));
  EXPECT_EQ(end_, 6U);
  EXPECT_EQ(one("62"), Bytes());  // a bit is left
  EXPECT_EQ(one("18"), Bytes());  // one is not there
  EXPECT_EQ(one("00"), Bytes());
}

TEST_F(ZstdLiteralsTest, FourStreamsAreEachUsedUp) {
  const auto four = [&](const std::string& streams) {
    return read(hex("860003 8112 0100 0100 0100" + streams));
  };
  // Two symbols in each: 1 1, 1 0, 0 1, 2 2.
  EXPECT_EQ(four("07 0c 09 15"), hex("0101 0100 0001 0202"));
  EXPECT_EQ(four("0f 0c 09 15"), Bytes());
  EXPECT_EQ(four("07 06 09 15"), Bytes());
  EXPECT_EQ(four("07 0c 05 15"), Bytes());
  EXPECT_EQ(four("07 0c 09 2a"), Bytes());
  EXPECT_EQ(four("07 0c 09"), Bytes());
}

TEST_F(ZstdLiteralsTest, TheTreeBeforeIsUsedAgain) {
  EXPECT_EQ(read(hex("33 4000 31")), Bytes());
  EXPECT_EQ(read(hex("32c000 8112 31")), hex("010002"));
  EXPECT_EQ(read(hex("334000 31")), hex("010002"));
  literals_->reset();
  EXPECT_EQ(read(hex("334000 31")), Bytes());
}

}  // namespace
}  // namespace erofs::decompress
