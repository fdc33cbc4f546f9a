// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/crc32c.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace erofs {
namespace {

using test::Bytes;
using test::repeat;
using test::view;

constexpr std::uint32_t kSeed = 0xFFFFFFFF;

// One bit after the other, as the polynomial is defined.
std::uint32_t by_definition(std::uint32_t state, const Bytes& bytes) {
  for (const std::byte byte : bytes) {
    state ^= std::to_integer<std::uint32_t>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      const bool carry = (state & 1) != 0;
      state >>= 1;
      if (carry) state ^= 0x82F63B78;
    }
  }
  return state;
}

TEST(Crc32c, KnownValues) {
  EXPECT_EQ(crc32c(kSeed, ByteView::of_text("123456789")), 0x1CF96D7CU);
  EXPECT_EQ(crc32c(kSeed, ByteView()), kSeed);
}

// RFC 3720, B.4; it inverts the result.
TEST(Crc32c, IscsiVectors) {
  const Bytes zeros = repeat(0, 32);
  const Bytes ones = repeat(0xff, 32);
  EXPECT_EQ(~crc32c(kSeed, view(zeros)), 0x8A9136AAU);
  EXPECT_EQ(~crc32c(kSeed, view(ones)), 0x62A8AB43U);
  Bytes rising;
  for (unsigned i = 0; i < 32; ++i) rising.push_back(std::byte(i));
  EXPECT_EQ(~crc32c(kSeed, view(rising)), 0x46DD794EU);
}

TEST(Crc32c, EveryLengthAgreesWithTheDefinition) {
  Bytes bytes;
  for (unsigned i = 0; i < 40; ++i) {
    EXPECT_EQ(crc32c(kSeed, view(bytes)), by_definition(kSeed, bytes)) << i;
    EXPECT_EQ(crc32c(0, view(bytes)), by_definition(0, bytes)) << i;
    bytes.push_back(static_cast<std::byte>(i * 37 + 11));
  }
}

TEST(Crc32c, FeedsOnFromItsState) {
  const ByteView whole = ByteView::of_text("The state is all that is kept.");
  const std::uint32_t expected = crc32c(kSeed, whole);
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    const std::uint32_t half = crc32c(kSeed, whole.head(cut));
    EXPECT_EQ(crc32c(half, *whole.from(cut)), expected) << cut;
  }
}

}  // namespace
}  // namespace erofs
