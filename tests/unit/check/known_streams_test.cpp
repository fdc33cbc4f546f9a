// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/known_streams.h"

#include <gtest/gtest.h>

namespace erofs::check {
namespace {

using format::Algorithm;

map::Stream stream(std::uint32_t decoded, bool whole,
                   std::uint32_t stored = 4096) {
  map::Stream out;
  out.stored = stored;
  out.decoded = decoded;
  out.whole = whole;
  return out;
}

Place at(std::uint64_t offset, std::uint32_t space = Place::kPrimary) {
  return {space, offset};
}

TEST(KnownStreams, KnowsWhatItHasSeen) {
  KnownStreams streams;
  EXPECT_FALSE(streams.known(at(8192), stream(10000, true)));
  EXPECT_TRUE(streams.known(at(8192), stream(10000, true)));
}

TEST(KnownStreams, TellsBytesApart) {
  KnownStreams streams;
  EXPECT_FALSE(streams.known(at(8192), stream(10000, true)));
  EXPECT_FALSE(streams.known(at(12288), stream(10000, true)));
  EXPECT_FALSE(streams.known(at(8192, 1), stream(10000, true)));
  EXPECT_FALSE(streams.known(at(8192), stream(10000, true, 8192)));
  map::Stream other = stream(10000, true);
  other.algorithm = Algorithm::kZstd;
  EXPECT_FALSE(streams.known(at(8192), other));
}

TEST(KnownStreams, KnowsThatPartsOfAStreamAreGood) {
  KnownStreams streams;
  EXPECT_FALSE(streams.known(at(8192), stream(10000, true)));
  EXPECT_TRUE(streams.known(at(8192), stream(10000, false)));
  EXPECT_TRUE(streams.known(at(8192), stream(1, false)));
  EXPECT_FALSE(streams.known(at(8192), stream(10001, false)));
  EXPECT_FALSE(streams.known(at(8192), stream(9999, true)));
  // What is exact is not forgotten for what is not.
  EXPECT_TRUE(streams.known(at(8192), stream(10000, true)));
}

TEST(KnownStreams, LearnsMoreOfAStream) {
  KnownStreams streams;
  EXPECT_FALSE(streams.known(at(8192), stream(500, false)));
  EXPECT_TRUE(streams.known(at(8192), stream(400, false)));
  EXPECT_FALSE(streams.known(at(8192), stream(600, false)));
  EXPECT_TRUE(streams.known(at(8192), stream(600, false)));
  EXPECT_FALSE(streams.known(at(8192), stream(600, true)));
  EXPECT_TRUE(streams.known(at(8192), stream(600, true)));
}

TEST(KnownStreams, ForgetsNothingThatFits) {
  constexpr std::uint64_t kStreams = 1000;
  KnownStreams streams;
  for (std::uint64_t i = 1; i <= kStreams; ++i) {
    EXPECT_FALSE(streams.known(at(i << 12), stream(10000, true)));
  }
  std::uint64_t forgotten = 0;
  for (std::uint64_t i = 1; i <= kStreams; ++i) {
    if (!streams.known(at(i << 12), stream(10000, true))) ++forgotten;
  }
  // A table without chains gives up some.
  EXPECT_LT(forgotten, kStreams / 4);
}

TEST(KnownStreams, TakesABoundedAmountOfMemory) {
  KnownStreams streams;
  EXPECT_EQ(streams.bytes(), 0U);
  for (std::uint64_t i = 1; i <= std::uint64_t{1} << 20; ++i) {
    static_cast<void>(streams.known(at(i << 12), stream(4096, true)));
  }
  EXPECT_LE(streams.bytes(), std::uint64_t{1} << 24);
  EXPECT_GT(streams.bytes(), std::uint64_t{1} << 20);
}

TEST(KnownStreams, RemembersNothingOfTheMetabox) {
  KnownStreams streams;
  const Place place = at(8192, Place::kMetabox);
  EXPECT_FALSE(streams.known(place, stream(10000, true)));
  EXPECT_FALSE(streams.known(place, stream(10000, true)));
}

}  // namespace
}  // namespace erofs::check
