// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

using format::Layout;
using format::ModeType;

TestNode plain(std::size_t size) {
  TestNode node = file(std::string(size, 'x'));
  node.layout = Layout::kFlatPlain;
  return node;
}

CheckImage with(const TestNode& node) {
  return CheckImage({directory({{"it", 1}}), node});
}

TEST(CheckContent, WantsPaddingZero) {
  CheckImage image = with(plain(5000));
  EXPECT_EQ(rules(image), Rules{});
  image.byte(image.data(1) + 8191, 'y');
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"content.padding.zero"});
  const auto& found = finding(report, RuleId::content_padding_zero);
  EXPECT_EQ(found.where.offset, image.data(1) + 8191);
  EXPECT_EQ(found.value, 'y');
  EXPECT_EQ(found.path, "/it");
}

TEST(CheckContent, HasNoPaddingBehindWholeBlocks) {
  CheckImage image({directory({{"a", 1}, {"b", 2}}), plain(4096), plain(4096)});
  EXPECT_EQ(rules(image), Rules{});
}

TEST(CheckContent, LooksAtSharedPaddingOnce) {
  std::vector<Child> children;
  std::vector<TestNode> nodes(1);
  for (std::size_t i = 1; i <= 1000; ++i) {
    TestNode node = special(ModeType::kRegular);
    node.edit = [](auto& b) { b.i_size(1).i_u(100); };
    children.push_back({std::to_string(10000 + i), i});
    nodes.push_back(node);
  }
  nodes[0] = directory(children);
  CheckImage image(nodes);
  image.append(101);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{});
  // Beside unused bytes, which are looked at once, too.
  EXPECT_LT(report.work_spent, 2 * image.bytes.size());
}

TEST(CheckContent, WantsWholeBlocks) {
  CheckImage image = with(plain(5000));
  image.bytes.pop_back();
  EXPECT_EQ(rules(image), (Rules{"content.plain.within-device",
                                 "superblock.blocks.within-device"}));
}

TEST(CheckContent, WantsTailsInOneBlock) {
  CheckImage image = with(file("tail"));
  image.put(image.at(1) + 8, hex("00100000"));
  EXPECT_EQ(rules(image), Rules{"content.inline.fit"});
}

// Zeros are a raw cluster in block 0.
TEST(CheckContent, LooksWhereClustersLie) {
  TestNode node = special(ModeType::kRegular);
  node.layout = Layout::kCompressedFull;
  node.edit = [](auto& b) { b.i_size(4096); };
  const auto report = checked(with(node));
  EXPECT_EQ(rules(report), (Rules{"codec.lz4.legacy", "space.data.overlap"}));
  EXPECT_EQ(report.exit_code(), 1);
  EXPECT_TRUE(report.usage_known);
}

TEST(CheckContent, SaysNothingOfATreeBehindABrokenDirectory) {
  TestNode node = directory({});
  node.dots = false;
  node.layout = Layout::kCompressedCompact;
  node.table = hex("00000000 0000000f");
  node.edit = [](auto& b) { b.i_size(40); };
  CheckImage image({directory({{"it", 1}}), node});
  image.edit([](auto& super) { super.inos(50); });
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"cluster.lclusterbits.limit"});
  EXPECT_EQ(finding(report, RuleId::cluster_lclusterbits_limit).path, "/it");
  EXPECT_FALSE(report.usage_known);
}

// One finding is enough for a device that was not given.
TEST(CheckContent, SaysWhichDeviceIsMissing) {
  TestNode node = special(ModeType::kRegular);
  node.layout = Layout::kChunkBased;
  node.table = hex("00000100 00000000 00000100 05000000");
  node.edit = [](auto& b) { b.i_size(8192).i_u(32); };
  CheckImage image = with(node);
  image.edit([](auto& super) {
    super.extra_devices(1).devt_slotoff(9).feature_incompat(
        format::incompat::kDeviceTable | format::incompat::kChunkedFile);
  });
  image.put(1152, hex("61"));
  image.put(1152 + 64, hex("0a000000"));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"device.blob.present"});
  EXPECT_EQ(report.exit_code(), 5);
  EXPECT_EQ(report.findings().size(), 1U);

  const Bytes blob = repeat(0, 40960);
  const image::MemorySource source(view(blob));
  EXPECT_EQ(rules(checked(image, {}, {&source})), Rules{});
}

// Kernels join requests by address alone.
TEST(CheckContent, WantsNoChunkThatSeemsToFollowOnAnotherDevice) {
  const Bytes blob = repeat(0, 40960);
  const image::MemorySource source(view(blob));
  const auto report = [&](const char* table) {
    TestNode node = special(ModeType::kRegular);
    node.layout = Layout::kChunkBased;
    node.table = hex(table);
    node.edit = [](auto& b) { b.i_size(12288).i_u(32); };
    CheckImage image = with(node);
    image.edit([](auto& super) {
      super.extra_devices(2).devt_slotoff(9).feature_incompat(
          format::incompat::kDeviceTable | format::incompat::kChunkedFile);
    });
    for (const std::size_t slot : {std::size_t{1152}, std::size_t{1280}}) {
      image.put(slot, hex("61"));
      image.put(slot + 64, hex("0a000000"));
    }
    const auto all = checked(image, {}, {&source, &source});
    if (all.has(RuleId::chunk_address_other_device)) {
      const auto& found = finding(all, RuleId::chunk_address_other_device);
      EXPECT_EQ(found.where.offset, image.at(1) + 32 + 16);
      EXPECT_EQ(found.value, 2U);
    }
    return rules(all);
  };
  const Rules wanted{"chunk.address.other-device"};
  EXPECT_EQ(report("00000100 02000000 00000100 03000000 00000200 04000000"),
            wanted);
  EXPECT_EQ(report("00000100 03000000 00000000 ffffffff 00000200 04000000"),
            wanted);
  // The same device, or another address.
  EXPECT_EQ(report("00000100 02000000 00000100 03000000 00000100 04000000"),
            Rules{});
  EXPECT_EQ(report("00000100 02000000 00000100 03000000 00000200 05000000"),
            Rules{});
}

TEST(CheckContent, MentionsATailAtTheEndOfItsBlock) {
  CheckImage image = with(plain(5000));
  const std::size_t block = image.data(1) + 4096;
  image.put(block, repeat(0, 4096 - 904));
  image.put(block + 4096 - 904, repeat('x', 904));
  const auto report = checked(image);
  EXPECT_EQ(rules(report),
            (Rules{"content.padding.zero", "content.tail.left-aligned"}));
  const auto& found = finding(report, RuleId::content_tail_left_aligned);
  EXPECT_EQ(found.where.offset, block);
  EXPECT_EQ(found.value, 4096U - 904U);
  image.byte(block + 4096 - 904 - 1, 'x');
  EXPECT_EQ(rules(image), Rules{"content.padding.zero"});
}

}  // namespace
}  // namespace erofs::test
