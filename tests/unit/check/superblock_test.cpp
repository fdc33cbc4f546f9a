// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

using format::SuperblockBuilder;

constexpr std::size_t kSuper = format::kSuperblockOffset;

CheckImage plain() { return CheckImage({directory({{"a", 1}}), file("x")}); }

Rules edited(const std::function<void(SuperblockBuilder&)>& change) {
  CheckImage image = plain();
  image.edit(change);
  return rules(image);
}

TEST(CheckSuperblock, FillsTheSummary) {
  CheckImage image = plain();
  image.put(kSuper + 0x40, text_bytes("label"));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_TRUE(report.summary.known);
  EXPECT_EQ(report.summary.block_size, 4096U);
  EXPECT_EQ(report.summary.blocks, 2U);
  EXPECT_EQ(report.summary.image_bytes, 8192U);
  EXPECT_EQ(report.summary.inos, 2U);
  EXPECT_EQ(report.summary.root_nid, image.nid(0));
  EXPECT_EQ(report.summary.epoch, 1700000000);
  EXPECT_EQ(report.summary.label, "label");
}

TEST(CheckSuperblock, JudgesFields) {
  EXPECT_EQ(edited([](auto& s) { s.fixed_nsec(999999999); }), Rules{});
  EXPECT_EQ(edited([](auto& s) { s.fixed_nsec(1000000000); }),
            Rules{"superblock.fixed_nsec.range"});
  EXPECT_EQ(edited([](auto& s) { s.build_time(1); }),
            Rules{"superblock.build_time.needs-48bit"});
  EXPECT_EQ(edited([](auto& s) { s.feature_compat(0x80000001); }),
            Rules{"superblock.compat.known"});
  EXPECT_EQ(edited([](auto& s) { s.xattr_filter_reserved(1); }),
            Rules{"superblock.filter_reserved.zero"});
  CheckImage image = plain();
  image.byte(kSuper + 0x6A, 1);
  EXPECT_EQ(rules(image), Rules{"superblock.reserved.zero"});
}

TEST(CheckSuperblock, WantsAChecksum) {
  EXPECT_EQ(edited([](auto& s) { s.feature_compat(0); }),
            Rules{"superblock.checksum.absent"});
}

TEST(CheckSuperblock, WantsUnusedExtensionsZero) {
  CheckImage image = plain();
  image.edit([](auto& s) { s.sb_extslots(2); });
  EXPECT_EQ(rules(image), Rules{});
  image.byte(kSuper + 128, 1);
  EXPECT_EQ(rules(image), Rules{"superblock.extension.zero"});
  image.byte(kSuper + 128, 0);
  image.byte(kSuper + 159, 1);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"superblock.extension.zero"});
  EXPECT_EQ(finding(report, RuleId::superblock_extension_zero).where.offset,
            kSuper + 159);
}

TEST(CheckSuperblock, LeavesTheMetaboxItsSlot) {
  TestNode metabox = file(std::string(7, '\0'));
  metabox.nlink = 1;
  CheckImage image({directory({}), metabox});
  image.edit([](auto& s) {
    s.sb_extslots(1).feature_incompat(format::incompat::kMetabox);
  });
  image.byte(kSuper + 128, static_cast<std::uint8_t>(image.nid(1)));
  EXPECT_EQ(rules(image), Rules{});
  image.byte(kSuper + 136, 1);
  EXPECT_EQ(rules(image), Rules{"superblock.extension.zero"});
}

TEST(CheckSuperblock, ComparesBlocksWithTheImage) {
  EXPECT_EQ(edited([](auto& s) { s.blocks_lo(3); }),
            Rules{"superblock.blocks.within-device"});
  EXPECT_EQ(edited([](auto& s) { s.blocks_lo(1); }),
            Rules{"superblock.blocks.trailing"});
  CheckImage image = plain();
  image.bytes.push_back(std::byte{0});
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"superblock.blocks.trailing"});
  const auto& found = finding(report, RuleId::superblock_blocks_trailing);
  EXPECT_EQ(found.where.offset, 8192U);
  EXPECT_EQ(found.value, 1U);
}

TEST(CheckSuperblock, WantsTheLabelToEnd) {
  CheckImage image = plain();
  image.put(kSuper + 0x40, text_bytes("fifteen bytes.."));
  EXPECT_EQ(rules(image), Rules{});
  image.put(kSuper + 0x40, text_bytes("sixteen bytes..."));
  EXPECT_EQ(rules(image), Rules{"superblock.label.terminated"});
}

TEST(CheckSuperblock, WantsAFingerprintPrefix) {
  EXPECT_EQ(edited([](auto& s) { s.feature_compat(0x21); }),
            Rules{"superblock.ishare.prefix"});
}

TEST(CheckSuperblock, WantsAMetaboxForWhatIsSaidToBeInIt) {
  EXPECT_EQ(edited([](auto& s) { s.feature_compat(0x09); }),
            Rules{"superblock.shared-ea.metabox"});
}

TEST(CheckSuperblock, SaysWhichSettingsAreBad) {
  const auto report = checked([] {
    CheckImage image = plain();
    image.edit([](auto& s) {
      s.feature_incompat(format::incompat::kComprCfgs).available_compr_algs(1);
    });
    return image;
  }());
  EXPECT_EQ(rules(report), Rules{"codec.record.size"});
  EXPECT_EQ(report.exit_code(), 1);
}

// Images of Go writers have their root at NID 0.
TEST(CheckSuperblock, MentionsARootAtZero) {
  CheckImage image({directory({})});
  image.edit([&](auto& s) { s.meta_blkaddr(1).rootnid_2b(0); });
  for (const std::size_t entry : {0U, 12U}) {
    image.put(image.at(0) + 32 + entry, hex("0000000000000000"));
  }
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"superblock.root.nonzero"});
  EXPECT_EQ(report.exit_code(), 0);
}

TEST(CheckSuperblock, ReportsMountFaultsOnce) {
  CheckImage image = plain();
  image.edit(
      [&](auto& s) { s.rootnid_2b(static_cast<std::uint16_t>(image.nid(1))); });
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"superblock.root.directory"});
  EXPECT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.findings()[0].path, "/");
  image.edit([](auto& s) { s.rootnid_2b(0); });
  EXPECT_EQ(rules(image),
            (Rules{"inode.mode.type", "superblock.root.nonzero"}));
  EXPECT_EQ(checked(image).findings().size(), 2U);
}

TEST(CheckSuperblock, MentionsPaddingOfNothing) {
  EXPECT_EQ(edited([](auto& s) {
              s.feature_incompat(format::incompat::kLz40padding);
            }),
            Rules{"superblock.feature.padding-unused"});
}

TEST(CheckSuperblock, WantsTwoSpecialInodes) {
  TestNode metabox = file("metabox");
  metabox.nlink = 1;
  CheckImage image({directory({}), metabox});
  image.edit([&](auto& s) {
    s.sb_extslots(1)
        .feature_incompat(format::incompat::kMetabox |
                          format::incompat::kFragments)
        .packed_nid(image.nid(1));
  });
  image.byte(kSuper + 128, static_cast<std::uint8_t>(image.nid(1)));
  EXPECT_TRUE(rules(image).contains("superblock.special.distinct"));
}

}  // namespace
}  // namespace erofs::test
