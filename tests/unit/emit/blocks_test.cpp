// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/blocks.h"

#include <gtest/gtest.h>

#include "image/memory_target.h"
#include "support/hex_bytes.h"

namespace erofs::emit {
namespace {

const std::vector<std::byte> kTwo(2, std::byte{2});

TEST(Blocks, KeepMetadataTillTheBlockIsClosed) {
  image::MemoryTarget target;
  Blocks blocks(target, 9);
  blocks.metadata(512 + 510, ByteView(std::vector<std::byte>(4, std::byte{1})));
  EXPECT_TRUE(target.bytes().empty());
  blocks.close({1});
  EXPECT_EQ(target.bytes().size(), 1024U);
  EXPECT_EQ(target.bytes()[1023], std::byte{1});
  blocks.flush();
  EXPECT_EQ(target.bytes().size(), 1536U);
  EXPECT_EQ(target.bytes()[1025], std::byte{1});
  EXPECT_EQ(target.bytes()[1026], std::byte{0});
}

TEST(Blocks, WriteDataInOnePiece) {
  image::MemoryTarget target;
  Blocks blocks(target, 9);
  blocks.data(10, ByteView(kTwo));
  blocks.data(12, ByteView(kTwo));
  EXPECT_TRUE(target.bytes().empty());
  blocks.data(100, ByteView(kTwo));
  EXPECT_EQ(target.bytes().size(), 14U);
  blocks.flush();
  EXPECT_EQ(target.bytes().size(), 102U);
}

TEST(Blocks, DropDataThatIsTakenBack) {
  image::MemoryTarget target;
  Blocks blocks(target, 9);
  blocks.data(10, ByteView(kTwo));
  blocks.take_back(11);
  blocks.flush();
  EXPECT_EQ(target.bytes().size(), 11U);
}

TEST(Blocks, DigestWhatIsWrittenAndWhere) {
  image::MemoryTarget target;
  Blocks one(target, 9);
  Blocks two(target, 9);
  EXPECT_EQ(one.digest(), two.digest());
  one.late(5, ByteView(kTwo));
  two.late(6, ByteView(kTwo));
  EXPECT_NE(one.digest(), two.digest());
}

// A target that takes nothing.
class Full : public image::Target {
 public:
  int write(std::uint64_t, ByteView) override { return 28; }
  int read(std::uint64_t, MutableBytes) override { return 28; }
};

TEST(Blocks, KeepTheFirstError) {
  Full target;
  Blocks blocks(target, 9);
  EXPECT_EQ(blocks.error(), 0);
  blocks.late(0, ByteView(kTwo));
  EXPECT_EQ(blocks.error(), 28);
}

}  // namespace
}  // namespace erofs::emit
