// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/segment.h"

#include <gtest/gtest.h>

#include "support/sample_text.h"

namespace erofs::plan {
namespace {

std::unique_ptr<compress::Encoder> lz4() {
  return compress::make_encoder({.method = compress::Method::kLz4});
}

// What every segment holds to.
void expect_sound(const Segment& segment, std::size_t size,
                  std::uint32_t block) {
  std::uint64_t position = 0;
  std::uint64_t stored = 0;
  std::uint64_t cluster = ~std::uint64_t{0};
  for (const Extent& extent : segment.extents) {
    EXPECT_NE(position / block, cluster) << "two begin in one cluster";
    cluster = position / block;
    position += extent.length;
    if (extent.form == Form::kRaw || extent.form == Form::kEncoded) {
      EXPECT_EQ(extent.start, stored);
      EXPECT_EQ(extent.stored % block, 0U);
      stored += extent.stored;
    }
    if (extent.form == Form::kEncoded) {
      EXPECT_LT(extent.stored, extent.length);
    }
    if (extent.form == Form::kRaw) {
      EXPECT_LE(extent.length, block);
    }
  }
  EXPECT_EQ(position, size);
  EXPECT_EQ(stored, segment.stored.size());
}

TEST(Segment, CutsWhatCompresses) {
  const auto text = test::sample_text(300001);
  for (const std::uint32_t pcluster : {4096U, 12288U, 65536U}) {
    const Segment segment =
        encode_segment(ByteView(text), {.pcluster = pcluster}, *lz4());
    expect_sound(segment, text.size(), 4096);
    EXPECT_LT(segment.stored.size(), text.size() * 2 / 3);
    EXPECT_EQ(segment.extents.front().form, Form::kEncoded);
  }
}

TEST(Segment, KeepsNoiseAsItIs) {
  const auto noise = test::sample_noise(20000);
  const Segment segment =
      encode_segment(ByteView(noise), {.pcluster = 8192}, *lz4());
  expect_sound(segment, noise.size(), 4096);
  EXPECT_EQ(segment.stored.size(), 20480U);
  EXPECT_EQ(ByteView(segment.stored).head(20000).text(),
            ByteView(noise).text());
}

TEST(Segment, HoldsExtentsToTheirLimit) {
  const std::vector<std::byte> zeros(1U << 20);
  const Segment segment =
      encode_segment(ByteView(zeros), {.extent_max = 100000}, *lz4());
  expect_sound(segment, zeros.size(), 4096);
  for (const Extent& each : segment.extents) EXPECT_LE(each.length, 100000U);
}

TEST(Segment, KeepsTheEndApart) {
  const auto text = test::sample_text(20000);
  const Segment inlined =
      encode_segment(ByteView(text), {.inline_tail = true}, *lz4());
  expect_sound(inlined, text.size(), 4096);
  const Extent& last = inlined.extents.back();
  EXPECT_EQ(last.form, Form::kInline);
  EXPECT_EQ(last.stored, inlined.tail.size());
  EXPECT_EQ(last.length, inlined.tail_plain.size());
  const Segment packed =
      encode_segment(ByteView(text), {.fragment = true}, *lz4());
  expect_sound(packed, text.size(), 4096);
  EXPECT_EQ(packed.extents.back().form, Form::kFragment);
  EXPECT_EQ(packed.tail.size(), packed.extents.back().length);
  const Segment middle = encode_segment(
      ByteView(text), {.last = false, .inline_tail = true, .fragment = true},
      *lz4());
  EXPECT_TRUE(middle.tail.empty());
}

TEST(Segment, KeepsAShortRawEndApart) {
  const auto noise = test::sample_noise(4196);
  const Segment segment =
      encode_segment(ByteView(noise), {.inline_tail = true}, *lz4());
  expect_sound(segment, noise.size(), 4096);
  EXPECT_EQ(segment.extents.back().form, Form::kInlineRaw);
  EXPECT_EQ(segment.tail.size(), 100U);
}

}  // namespace
}  // namespace erofs::plan
