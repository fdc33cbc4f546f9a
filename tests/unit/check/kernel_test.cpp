// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "format/device.gen.h"
#include "format/kernel_version.h"
#include "support/check_image.h"

namespace erofs::test {
namespace {

using format::KernelVersion;

check::Report judged(const CheckImage& image,
                     std::optional<KernelVersion> kernel) {
  const image::MemorySource source(view(image.bytes));
  const check::Input input{source, {}};
  return check::check(input, check::default_limits(input), 1, {}, kernel);
}

TEST(CheckKernel, IsSilentWhereNoneIsNamed) {
  CheckImage image({directory({})});
  image.edit([](auto& super) {
    super.feature_incompat(format::incompat::kChunkedFile);
  });
  EXPECT_EQ(rules(judged(image, std::nullopt)), Rules{});
  EXPECT_EQ(rules(judged(image, KernelVersion{5, 15})), Rules{});
}

TEST(CheckKernel, NamesEachBitThatItLacks) {
  CheckImage image({directory({})});
  image.edit([](auto& super) {
    super.feature_incompat(format::incompat::kChunkedFile |
                           format::incompat::k48bit);
  });
  const auto old = judged(image, KernelVersion{5, 10});
  EXPECT_EQ(rules(old), Rules{"kernel.feature.known"});
  ASSERT_EQ(old.findings().size(), 2U);
  EXPECT_EQ(old.findings()[0].value, format::incompat::kChunkedFile);
  EXPECT_EQ(old.findings()[1].value, format::incompat::k48bit);
  EXPECT_EQ(old.exit_code(), 3);
  const auto newer = judged(image, KernelVersion{6, 14});
  ASSERT_EQ(newer.findings().size(), 1U);
  EXPECT_EQ(newer.findings()[0].value, format::incompat::k48bit);
  EXPECT_EQ(judged(image, KernelVersion{6, 15}).exit_code(), 0);
}

TEST(CheckKernel, WantsBlocksThatItTakes) {
  CheckImage image({directory({})}, 9);
  EXPECT_EQ(rules(judged(image, KernelVersion{6, 3})),
            Rules{"kernel.block.size"});
  EXPECT_EQ(rules(judged(image, KernelVersion{6, 4})), Rules{});
}

TEST(CheckKernel, KnowsFormsWithoutTheirBit) {
  // A link count of one that only 48BIT has in a compact inode.
  TestNode linked = file("a");
  linked.edit = [](auto& body) { body.i_format_bit4(1).i_nb(0); };
  CheckImage image({directory({{"a", 1}}), linked});
  const auto old = judged(image, KernelVersion{6, 12});
  ASSERT_TRUE(old.has(RuleId::kernel_inode_known));
  EXPECT_EQ(finding(old, RuleId::kernel_inode_known).nid, image.nid(1));
  EXPECT_FALSE(
      judged(image, KernelVersion{6, 15}).has(RuleId::kernel_inode_known));
}

TEST(CheckKernel, FindsDevicesInThePrimaryOnlyLater) {
  const auto with = [](std::uint32_t blocks) {
    CheckImage image({directory({})});
    const auto at = static_cast<std::uint32_t>(image.append(1) / image.block());
    image.edit([&](auto& super) {
      super.feature_incompat(format::incompat::kDeviceTable)
          .extra_devices(1)
          .devt_slotoff(1152 / 128);
    });
    format::DeviceSlotBuilder slot;
    slot.uniaddr_lo(at).blocks_lo(blocks);
    image.put(1152, text_bytes(ByteView(slot.bytes()).text()));
    return image;
  };
  EXPECT_TRUE(judged(with(1), KernelVersion{6, 3})
                  .has(RuleId::kernel_device_flattened));
  EXPECT_FALSE(judged(with(1), KernelVersion{6, 4})
                   .has(RuleId::kernel_device_flattened));
  // One that lies elsewhere is given to mount.
  EXPECT_FALSE(judged(with(9), KernelVersion{6, 3})
                   .has(RuleId::kernel_device_flattened));
}

}  // namespace
}  // namespace erofs::test
