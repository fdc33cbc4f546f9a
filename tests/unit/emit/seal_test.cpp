// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/seal.h"

#include <gtest/gtest.h>

#include "base/crc32c.h"
#include "support/emit_tree.h"
#include "support/hex_bytes.h"

namespace erofs::emit {
namespace {

std::vector<std::byte> empty_image(const Options& options) {
  tree::Tree tree;
  tree.finish();
  return test::image_of(tree, options);
}

TEST(Seal, ChecksTheFirstBlock) {
  for (const unsigned bits : {9U, 10U, 12U, 16U}) {
    auto image = empty_image({.block_bits = bits});
    ASSERT_GE(image.size(), 1536U);
    std::vector<std::byte> front(
        image.begin() + 1024,
        image.begin() + (bits > 10 ? 1 << bits : 1024 + (1 << bits)));
    const std::string stored = test::hex_of(std::span(front).subspan(4, 4));
    std::fill_n(front.begin() + 4, 4, std::byte{0});
    std::uint32_t sum = crc32c(0xFFFFFFFFU, ByteView(front));
    std::vector<std::byte> bytes;
    for (int i = 0; i < 4; ++i, sum >>= 8) {
      bytes.push_back(static_cast<std::byte>(sum));
    }
    EXPECT_EQ(stored, test::hex_of(bytes)) << bits;
  }
}

TEST(Seal, MakesTheUuidOfTheContent) {
  const auto made = empty_image({});
  EXPECT_EQ(std::to_integer<int>(made[1024 + 0x30 + 6]) >> 4, 8);
  Options options;
  options.uuid_of_content = false;
  options.uuid.fill(std::byte{7});
  EXPECT_EQ(empty_image(options)[1024 + 0x30], std::byte{7});
}

TEST(Seal, MayLeaveTheSumOut) {
  const auto image = empty_image({.checksum = false});
  EXPECT_EQ(test::hex_of(std::span(image).subspan(1028, 4)), "00 00 00 00");
}

TEST(Seal, EndsWithAWholeUnit) {
  EXPECT_EQ(empty_image({.align_blocks = 7}).size(), 7U * 4096);
  EXPECT_EQ(empty_image({.align_blocks = 1}).size(), 4096U);
}

}  // namespace
}  // namespace erofs::emit
