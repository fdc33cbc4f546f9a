// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/memory_source.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <limits>

#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::image {
namespace {

using test::Bytes;
using test::IsIo;
using test::repeat;
using test::Succeeds;

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

TEST(MemorySource, ReadsAnyRange) {
  const MemorySource source(ByteView::of_text("abcdef"));
  EXPECT_EQ(source.size(), 6U);
  Bytes out = repeat(0, 3);
  ASSERT_THAT(source.read(2, MutableBytes(out)), Succeeds());
  EXPECT_EQ(ByteView(out).text(), "cde");
  ASSERT_THAT(source.read(3, MutableBytes(out)), Succeeds());
  EXPECT_EQ(ByteView(out).text(), "def");
  EXPECT_THAT(source.read(6, MutableBytes()), Succeeds());
}

TEST(MemorySource, RefusesRangesThatPassTheEnd) {
  const MemorySource source(ByteView::of_text("abcdef"));
  Bytes out = repeat(0x55, 3);
  EXPECT_THAT(source.read(4, MutableBytes(out)), IsIo(4, ERANGE));
  EXPECT_THAT(source.read(kMax, MutableBytes(out)), IsIo(kMax, ERANGE));
  EXPECT_THAT(source.read(7, MutableBytes()), IsIo(7, ERANGE));
  EXPECT_EQ(out, repeat(0x55, 3));
}

TEST(MemorySource, MayBeEmpty) {
  const MemorySource source{ByteView()};
  Bytes out = repeat(0, 1);
  EXPECT_EQ(source.size(), 0U);
  EXPECT_THAT(source.read(0, MutableBytes()), Succeeds());
  EXPECT_THAT(source.read(0, MutableBytes(out)), IsIo(0, ERANGE));
}

}  // namespace
}  // namespace erofs::image
