// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

// Records in block 1 of an image whose only inode is the root in block 2.
CheckImage with(const Bytes& table, std::uint8_t count,
                std::uint32_t incompat = format::incompat::kXattrPrefixes) {
  CheckImage image({directory({})});
  const std::size_t at = image.append(1);
  image.put(at, table);
  image.edit([&](auto& super) {
    super.feature_incompat(incompat)
        .xattr_prefix_count(count)
        .xattr_prefix_start(static_cast<std::uint32_t>(at / 4));
  });
  return image;
}

// "trusted.overlay." and "user.un", with an odd byte between.
const char* const kTwo = "0900 04 6f7665726c61792e 00 0300 01 756e";

TEST(CheckXattrPrefix, AcceptsATable) {
  const auto report = checked(with(hex(kTwo), 2));
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_EQ(report.summary.prefixes, 2U);
}

TEST(CheckXattrPrefix, WantsTheFeature) {
  EXPECT_EQ(rules(with(hex(kTwo), 2, 0)), Rules{"superblock.feature.prefixes"});
}

TEST(CheckXattrPrefix, WantsABaseThatExists) {
  EXPECT_EQ(rules(with(hex("0200 06 61"), 1)), Rules{});
  const auto image = with(hex("0200 07 61"), 1);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"xattr.prefix.base"});
  EXPECT_EQ(finding(report, RuleId::xattr_prefix_base).where.offset, 8192U + 2);
}

TEST(CheckXattrPrefix, MentionsPrefixesOutOfReach) {
  Bytes table;
  for (int i = 0; i < 129; ++i) table = table + hex("0100 01 00");
  EXPECT_EQ(rules(with(table, 128)), Rules{"space.padding.zero"});
  EXPECT_EQ(rules(with(table, 129)), Rules{"xattr.prefix.count"});
}

TEST(CheckXattrPrefix, MentionsWhatOldKernelsMisread) {
  TestNode packed = file("packed");
  packed.nlink = 1;
  CheckImage image({directory({}), packed});
  const std::size_t at = image.append(1);
  image.put(at, hex(kTwo));
  image.edit([&](auto& super) {
    super.xattr_prefix_count(2)
        .xattr_prefix_start(static_cast<std::uint32_t>(at / 4))
        .packed_nid(image.nid(1))
        .feature_compat(format::compat::kSbChksum |
                        format::compat::kPlainXattrPfx)
        .feature_incompat(format::incompat::kXattrPrefixes |
                          format::incompat::kFragments);
  });
  EXPECT_EQ(rules(image), Rules{"xattr.prefix.old-kernels"});
}

TEST(CheckXattrPrefix, WantsTheTableBesideTheRest) {
  auto image = with(hex(kTwo), 2);
  image.edit([&](auto& super) {
    super.xattr_prefix_start(static_cast<std::uint32_t>(image.at(0) / 4));
  });
  EXPECT_EQ(checked(image).exit_code(), 1);
}

TEST(CheckXattrPrefix, RefusesBadRecords) {
  EXPECT_EQ(rules(with(hex("0000 01"), 1)),
            (Rules{"xattr.prefix.length", "space.unreferenced.zero"}));
  auto image = with(hex(kTwo), 2);
  image.edit([](auto& super) { super.xattr_prefix_start(0xFFFFFFF); });
  EXPECT_EQ(rules(image),
            (Rules{"xattr.prefix.within-image", "space.unreferenced.zero"}));
}

}  // namespace
}  // namespace erofs::test
