// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

CheckImage sample() {
  return CheckImage({directory({{"a", 1}}), file("hello")});
}

// The only finding after `bytes` were put at `offset`.
check::Finding only(CheckImage image, std::size_t offset, const Bytes& bytes,
                    RuleId rule) {
  image.put(offset, bytes);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{std::string(format::rule(rule).id)});
  return finding(report, rule);
}

TEST(CheckHidden, FindsBytesInFrontOfTheSuperblock) {
  const auto found =
      only(sample(), 1000, hex("00 01 02 00 03"), RuleId::space_boot_zero);
  EXPECT_EQ(found.where, (Place{0, 1001}));
  EXPECT_EQ(found.value, 3U);
}

TEST(CheckHidden, KnowsTheHeaderOfComposefs) {
  CheckImage image = sample();
  image.put(0, hex("9a6278d0 01000000 00000000 01000000"));
  image.byte(31, 1);
  EXPECT_EQ(rules(image), Rules{});
  image.byte(32, 1);
  EXPECT_EQ(rules(image), Rules{"space.boot.zero"});
}

TEST(CheckHidden, FindsBytesBetweenMetadata) {
  const CheckImage image = sample();
  const auto found =
      only(image, image.at(1) - 1, hex("80"), RuleId::space_padding_zero);
  EXPECT_EQ(found.where, (Place{0, image.at(1) - 1}));
  EXPECT_EQ(found.value, 1U);
  only(image, image.at(1) + 32 + 5, hex("01"), RuleId::space_padding_zero);
}

TEST(CheckHidden, FindsBlocksOfNobody) {
  CheckImage image = sample();
  const std::size_t at = image.append(2);
  image.edit([&](auto& super) {
    super.blocks_lo(static_cast<std::uint32_t>(image.bytes.size() / 4096));
  });
  EXPECT_EQ(rules(image), Rules{});
  const auto found =
      only(image, at + 4090, repeat(7, 12), RuleId::space_unreferenced_zero);
  EXPECT_EQ(found.where, (Place{0, at + 4090}));
  EXPECT_EQ(found.value, 12U);
}

TEST(CheckHidden, FindsBytesBehindTheEnd) {
  CheckImage image = sample();
  const std::size_t at = image.bytes.size();
  image.bytes.resize(at + 40000);
  EXPECT_EQ(rules(image), Rules{"superblock.blocks.trailing"});
  image.byte(at + 39999, 9);
  const auto report = checked(image);
  EXPECT_EQ(rules(report),
            (Rules{"superblock.blocks.trailing", "space.trailing.zero"}));
  const auto found = finding(report, RuleId::space_trailing_zero);
  EXPECT_EQ(found.where, (Place{0, at + 39999}));
}

TEST(CheckHidden, FindsASecondSuperblock) {
  CheckImage image = sample();
  const std::size_t at = image.append(2);
  image.edit([&](auto& super) {
    super.blocks_lo(static_cast<std::uint32_t>(image.bytes.size() / 4096));
  });
  const Bytes super(image.bytes.begin() + 1024, image.bytes.begin() + 1152);
  image.put(at + 333, super);
  const auto report = checked(image);
  EXPECT_EQ(rules(report),
            (Rules{"space.superblock.second", "space.unreferenced.zero"}));
  EXPECT_EQ(finding(report, RuleId::space_superblock_second).where,
            (Place{0, at + 333}));
  // It must be one by more than its magic.
  image.byte(at + 333 + 12, 99);
  EXPECT_EQ(rules(image), Rules{"space.unreferenced.zero"});
}

// Bytes are looked at in windows.
TEST(CheckHidden, FindsSuperblocksWhereverTheyStart) {
  CheckImage image = sample();
  const Bytes super(image.bytes.begin() + 1024, image.bytes.begin() + 1152);
  const std::size_t end = image.bytes.size();
  image.bytes.resize(end + 40000);
  const std::size_t edge = 16384;
  ASSERT_LT(end, edge);
  for (std::size_t before = 0; before < 6; ++before) {
    CheckImage other = image;
    other.put(edge - before, super);
    const auto report = checked(other);
    EXPECT_EQ(report.count_of(RuleId::space_superblock_second), 1U);
    EXPECT_EQ(finding(report, RuleId::space_superblock_second).where.offset,
              edge - before);
  }
}

// Each is looked at, so each is paid for.
TEST(CheckHidden, ChargesEveryMagic) {
  const auto work = [](const char* word) {
    CheckImage image = sample();
    const std::size_t at = image.append(4);
    Bytes block;
    for (int i = 0; i < 1024; ++i) {
      const Bytes one = hex(word);
      block.insert(block.end(), one.begin(), one.end());
    }
    image.put(at, block);
    return checked(image).work_spent;
  };
  EXPECT_EQ(work("e2e1f5e0") - work("e2e1f5e1"), 1024U * 128U);
}

TEST(CheckHidden, LeavesContentAlone) {
  TestNode node = file(std::string(5000, 'x'));
  node.layout = format::Layout::kFlatPlain;
  const CheckImage image({directory({{"a", 1}}), node});
  only(image, image.data(1) + 5000, hex("01"), RuleId::content_padding_zero);
}

}  // namespace
}  // namespace erofs::test
