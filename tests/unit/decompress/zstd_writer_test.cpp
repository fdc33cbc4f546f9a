// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_writer.h"

#include <gtest/gtest.h>

#include "support/hex.h"
#include "support/streams.h"

namespace erofs::decompress {
namespace {

using test::Bytes;
using test::sample;
using test::slice;

// What a match of each distance and length makes, with much and with no room
// behind it, and nothing but that.
TEST(ZstdWriter, MatchesOfEachDistance) {
  const Bytes literals = sample(40);
  for (std::size_t offset = 1; offset <= 40; ++offset) {
    for (std::size_t match = 3; match < 90; ++match) {
      Bytes wanted = literals;
      for (std::size_t i = 0; i < match; ++i) {
        wanted.push_back(wanted[wanted.size() - offset]);
      }
      for (const std::size_t behind : {0U, 100U}) {
        Bytes room(wanted.size() + behind);
        ZstdWriter writer{MutableBytes(room), 40};
        writer.begin(ByteView(literals), literals.size(), room.size());
        ASSERT_TRUE(writer.put(literals.size(), offset, match));
        ASSERT_EQ(writer.room(), behind);
        ASSERT_EQ(slice(room, 0, wanted.size()), wanted);
      }
    }
  }
}

TEST(ZstdWriter, NothingIsTakenThatIsNotThere) {
  const Bytes literals = sample(100);
  Bytes room(200);
  const auto put = [&](std::uint64_t count, std::uint64_t offset,
                       std::uint64_t match, std::uint64_t window = 200,
                       std::uint64_t most = 200) {
    ZstdWriter writer(MutableBytes(room), window);
    writer.begin(ByteView(literals), 50, most);
    return writer.put(count, offset, match);
  };
  EXPECT_TRUE(put(50, 50, 150));
  EXPECT_FALSE(put(51, 1, 3));    // literals
  EXPECT_FALSE(put(50, 1, 151));  // room
  EXPECT_FALSE(put(10, 11, 3));   // what was written
  EXPECT_FALSE(put(10, 0xFFFFFFFF, 3));
  EXPECT_FALSE(put(20, 17, 3, 16));  // the window
  EXPECT_TRUE(put(20, 16, 3, 16));
  EXPECT_FALSE(put(20, 1, 81, 200, 100));  // the block
  EXPECT_TRUE(put(20, 1, 80, 200, 100));
}

// Sanitizers see what is read: none of the few bytes behind no literals.
TEST(ZstdWriter, NoLiteralsAtTheEndOfWhatIsReadable) {
  const Bytes literals = sample(40);
  for (std::size_t readable = 0; readable <= 40; ++readable) {
    Bytes room(200);
    ZstdWriter writer(MutableBytes(room), 200);
    writer.begin(ByteView(literals), literals.size(), 200);
    ASSERT_TRUE(writer.put(40, 40, 3));
    const Bytes few = slice(literals, 0, readable);
    writer.begin(ByteView(few), 0, 100);
    ASSERT_TRUE(writer.put(0, 43, 43));
    ASSERT_EQ(slice(room, 43, 43), slice(room, 0, 43));
    ASSERT_FALSE(writer.put(1, 43, 3));
  }
}

TEST(ZstdWriter, TheRestAndRuns) {
  const Bytes literals = sample(100);
  Bytes room(120);
  ZstdWriter writer{MutableBytes(room), 120};
  writer.begin(ByteView(literals), 100, 120);
  EXPECT_TRUE(writer.finish());
  EXPECT_EQ(slice(room, 0, 100), literals);
  EXPECT_FALSE(writer.run(std::byte{7}, 21));
  EXPECT_TRUE(writer.run(std::byte{7}, 20));
  EXPECT_EQ(room.back(), std::byte{7});
  EXPECT_EQ(writer.room(), 0U);
  writer.begin(ByteView(literals), 1, 120);
  EXPECT_FALSE(writer.finish());
}

}  // namespace
}  // namespace erofs::decompress
