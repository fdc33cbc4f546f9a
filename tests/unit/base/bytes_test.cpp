// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/bytes.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/hex.h"

namespace erofs {
namespace {

using test::Bytes;
using test::hex;
using test::repeat;
using test::text_bytes;
using test::view;

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

TEST(ByteView, SliceGivesExactlyTheRange) {
  const Bytes bytes = text_bytes("abcdef");
  EXPECT_EQ(view(bytes).slice(0, 6)->text(), "abcdef");
  EXPECT_EQ(view(bytes).slice(2, 3)->text(), "cde");
  EXPECT_EQ(view(bytes).slice(6, 0)->text(), "");
}

TEST(ByteView, SliceRefusesWhatDoesNotExist) {
  const Bytes bytes = text_bytes("abcdef");
  EXPECT_FALSE(view(bytes).slice(0, 7));
  EXPECT_FALSE(view(bytes).slice(6, 1));
  EXPECT_FALSE(view(bytes).slice(7, 0));
  EXPECT_FALSE(view(bytes).slice(2, kMax));
  EXPECT_FALSE(view(bytes).slice(kMax, 2));
  EXPECT_FALSE(view(bytes).slice(kMax, kMax));
}

TEST(ByteView, FromReachesTheEnd) {
  const Bytes bytes = text_bytes("abc");
  EXPECT_EQ(view(bytes).from(1)->text(), "bc");
  EXPECT_TRUE(view(bytes).from(3)->empty());
  EXPECT_FALSE(view(bytes).from(4));
  EXPECT_FALSE(view(bytes).from(kMax));
}

TEST(ByteView, HeadGivesWhatThereIs) {
  const Bytes bytes = text_bytes("abc");
  EXPECT_EQ(view(bytes).head(2).text(), "ab");
  EXPECT_EQ(view(bytes).head(kMax).text(), "abc");
  EXPECT_TRUE(view(bytes).head(0).empty());
}

TEST(ByteView, FixedNeedsAllItsBytes) {
  const Bytes bytes = hex("01 02 03 04 05");
  ASSERT_TRUE(view(bytes).fixed<4>(1));
  EXPECT_EQ((*view(bytes).fixed<4>(1))[0], std::byte{2});
  EXPECT_EQ((*view(bytes).fixed<4>(1))[3], std::byte{5});
  EXPECT_FALSE(view(bytes).fixed<4>(2));
  EXPECT_FALSE(view(bytes).fixed<4>(5));
  EXPECT_FALSE(view(bytes).fixed<4>(6));
  EXPECT_FALSE(view(bytes).fixed<4>(kMax));
  EXPECT_TRUE(view(bytes).fixed<0>(5));
  EXPECT_FALSE(ByteView().fixed<1>(0));
}

TEST(ByteView, FindGivesTheFirst) {
  const Bytes bytes = text_bytes("abcabc");
  EXPECT_EQ(view(bytes).find(std::byte{'c'}), 2U);
  EXPECT_EQ(view(bytes).find(std::byte{'d'}), std::nullopt);
  EXPECT_EQ(ByteView().find(std::byte{0}), std::nullopt);
}

TEST(ByteView, FindNonzeroLooksAtEveryByte) {
  // Around the width of the words it steps by.
  for (std::size_t size = 0; size <= 24; ++size) {
    const Bytes zeros = repeat(0, size);
    EXPECT_EQ(view(zeros).find_nonzero(), std::nullopt) << size;
    for (std::size_t at = 0; at < size; ++at) {
      Bytes bytes = zeros;
      bytes[at] = std::byte{1};
      bytes[size - 1] = std::byte{0x80};
      EXPECT_EQ(view(bytes).find_nonzero(), at) << size;
    }
  }
}

TEST(ByteView, TextKeepsBytesAsTheyAre) {
  const Bytes bytes = hex("61 00 ff");
  EXPECT_EQ(view(bytes).text(), std::string_view("a\0\xff", 3));
  EXPECT_EQ(ByteView::of_text("a\xff").span()[1], std::byte{0xff});
  EXPECT_EQ(ByteView::of_text("").size(), 0U);
}

TEST(MutableBytes, SliceHeadAndTailStayInside) {
  Bytes bytes = text_bytes("abcdef");
  const MutableBytes room(bytes);
  EXPECT_EQ(room.slice(2, 3)->view().text(), "cde");
  EXPECT_TRUE(room.slice(6, 0)->empty());
  EXPECT_FALSE(room.slice(4, 3));
  EXPECT_FALSE(room.slice(kMax, 1));
  EXPECT_FALSE(room.slice(1, kMax));
  EXPECT_EQ(room.head(2).view().text(), "ab");
  EXPECT_EQ(room.head(kMax).size(), 6U);
  EXPECT_EQ(room.tail(2).view().text(), "cdef");
  EXPECT_TRUE(room.tail(6).empty());
  EXPECT_TRUE(room.tail(kMax).empty());
}

TEST(MutableBytes, FillZeroTouchesNothingElse) {
  Bytes bytes = hex("01 02 03 04");
  MutableBytes(bytes).slice(1, 2)->fill_zero();
  EXPECT_EQ(bytes, hex("01 00 00 04"));
}

TEST(MutableBytes, CopyFromStopsAtTheShorter) {
  Bytes bytes = text_bytes("abcd");
  const MutableBytes room(bytes);
  EXPECT_EQ(room.copy_from(ByteView::of_text("xy")), 2U);
  EXPECT_EQ(room.view().text(), "xycd");
  EXPECT_EQ(room.head(3).copy_from(ByteView::of_text("12345")), 3U);
  EXPECT_EQ(room.view().text(), "123d");
  EXPECT_EQ(room.copy_from(ByteView()), 0U);
  EXPECT_EQ(MutableBytes().copy_from(room.view()), 0U);
}

}  // namespace
}  // namespace erofs
