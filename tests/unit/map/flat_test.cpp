// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/flat.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using format::Layout;
using test::Bytes;
using test::IsMalformed;
using test::repeat;
using test::Succeeds;
using test::view;

constexpr std::uint64_t kBlock = 512;
constexpr std::uint64_t kBody = 1536;  // of the inode: block 3
constexpr std::uint64_t kAddress = kBody + 16;

// A device of `size` bytes with a compact inode in block 3.
struct Device {
  explicit Device(std::size_t size) : bytes(repeat(0, size)) {}

  Bytes bytes;
  image::MemorySource source{view(bytes)};
  decode::Geometry geometry = [] {
    decode::Geometry out;
    out.block_bits = 9;
    return out;
  }();
  DeviceMap devices{source, {}, {}, geometry};

  File file(Layout layout, std::uint64_t size, std::uint64_t startblk,
            std::uint32_t xattr_size = 0) {
    File out;
    out.inode.layout = layout;
    out.inode.size = size;
    out.inode.startblk = startblk;
    out.inode.xattr_size = xattr_size;
    out.tail = {Place::kPrimary, kBody + 32 + xattr_size};
    out.space = &source;
    return out;
  }
  Result<Extent> at(const File& file, std::uint64_t offset) {
    return flat(file, offset, devices, geometry);
  }
};

void expect_extent(const Result<Extent>& found, ExtentKind kind,
                   std::uint64_t logical, std::uint64_t length,
                   std::uint64_t at) {
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->kind, kind);
  EXPECT_EQ(found->logical, logical);
  EXPECT_EQ(found->length, length);
  EXPECT_EQ(found->location.place, (Place{Place::kPrimary, at}));
}

TEST(Flat, PlainIsOneRun) {
  Device device(8 * kBlock);
  const File file = device.file(Layout::kFlatPlain, 3 * kBlock + 1, 4);
  expect_extent(device.at(file, 0), ExtentKind::kRaw, 0, 1537, 4 * kBlock);
  expect_extent(device.at(file, 600), ExtentKind::kRaw, 600, 937,
                4 * kBlock + 600);
}

TEST(Flat, PlainNeedsWholeBlocks) {
  Device device(8 * kBlock - 1);
  const File fits = device.file(Layout::kFlatPlain, 3 * kBlock, 4);
  EXPECT_THAT(device.at(fits, 0), Succeeds());
  // One byte in the last block, which is cut short.
  const File cut = device.file(Layout::kFlatPlain, 3 * kBlock + 1, 4);
  const auto refused =
      IsMalformed(RuleId::content_plain_within_device, kAddress, 8 * kBlock);
  EXPECT_THAT(device.at(cut, 0), refused);
  EXPECT_THAT(device.at(cut, 1536), refused);
}

TEST(Flat, PlainFarOutside) {
  Device device(8 * kBlock);
  const std::uint64_t size = (std::uint64_t{1} << 63) - 1;
  const File huge = device.file(Layout::kFlatPlain, size, 0);
  EXPECT_THAT(device.at(huge, 0),
              IsMalformed(RuleId::content_plain_within_device, kAddress,
                          std::uint64_t{1} << 63));
  const File far = device.file(Layout::kFlatPlain, 1, std::uint64_t{1} << 47);
  EXPECT_THAT(device.at(far, 0),
              IsMalformed(RuleId::content_plain_within_device, kAddress,
                          (std::uint64_t{1} << 56) + kBlock));
  // A start block whose address does not fit 64 bits; no image can store it.
  const File wrapped =
      device.file(Layout::kFlatPlain, 1, std::uint64_t{1} << 55);
  EXPECT_THAT(device.at(wrapped, 0),
              IsMalformed(RuleId::content_plain_within_device, kAddress,
                          std::uint64_t{1} << 55));
}

TEST(Flat, HolesNeedNoDevice) {
  Device device(4 * kBlock);
  File file =
      device.file(Layout::kFlatPlain, std::uint64_t{1} << 40, 0xFFFFFFFF);
  file.inode.flat_hole = true;
  const auto found = device.at(file, 5);
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->kind, ExtentKind::kHole);
  EXPECT_EQ(found->length, (std::uint64_t{1} << 40) - 5);
  EXPECT_EQ(found->location.source, nullptr);
}

TEST(Flat, InlineHasBlocksAndATail) {
  Device device(8 * kBlock);
  const File file = device.file(Layout::kFlatInline, 2 * kBlock + 7, 5, 12);
  expect_extent(device.at(file, 1), ExtentKind::kRaw, 1, 1023, 5 * kBlock + 1);
  expect_extent(device.at(file, 1024), ExtentKind::kInline, 1024, 7,
                kBody + 44);
  expect_extent(device.at(file, 1030), ExtentKind::kInline, 1030, 1,
                kBody + 50);
}

TEST(Flat, InlineBlocksAreLookedUpOnlyForThem) {
  Device device(8 * kBlock);
  const File file = device.file(Layout::kFlatInline, 2 * kBlock + 7, 7);
  EXPECT_THAT(
      device.at(file, 0),
      IsMalformed(RuleId::content_plain_within_device, kAddress, 9 * kBlock));
  EXPECT_THAT(device.at(file, 1024), Succeeds());
  // No full block: the start block says nothing.
  const File tail = device.file(Layout::kFlatInline, 7, 0xFFFFFFFF);
  expect_extent(device.at(tail, 0), ExtentKind::kInline, 0, 7, kBody + 32);
}

TEST(Flat, InlineTailStaysInItsBlock) {
  Device device(8 * kBlock);
  const File fits = device.file(Layout::kFlatInline, kBlock - 32, 0);
  EXPECT_THAT(device.at(fits, 0), Succeeds());
  const File over = device.file(Layout::kFlatInline, kBlock - 31, 0);
  EXPECT_THAT(device.at(over, 0),
              IsMalformed(RuleId::content_inline_fit, kBody + 32, 481));
  // A whole block as tail fits only behind a whole number of blocks.
  const File full = device.file(Layout::kFlatInline, kBlock, 0, 480);
  expect_extent(device.at(full, 0), ExtentKind::kInline, 0, kBlock,
                kBody + 512);
  const File shifted = device.file(Layout::kFlatInline, kBlock, 0);
  EXPECT_THAT(device.at(shifted, 0),
              IsMalformed(RuleId::content_inline_fit, kBody + 32, 512));
}

TEST(Flat, InlineTailWithinTheImage) {
  Device device(kBody + 42);
  const File fits = device.file(Layout::kFlatInline, 10, 0);
  EXPECT_THAT(device.at(fits, 9), Succeeds());
  const File over = device.file(Layout::kFlatInline, 11, 0);
  EXPECT_THAT(device.at(over, 0),
              IsMalformed(RuleId::content_inline_within_image, kBody + 32, 11));
}

}  // namespace
}  // namespace erofs::map
