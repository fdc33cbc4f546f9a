// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "image/file_target.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <vector>

#include "support/scratch.h"

namespace erofs::image {
namespace {

std::size_t entries(const test::Scratch& scratch) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& each :
       std::filesystem::directory_iterator(scratch.path())) {
    ++count;
  }
  return count;
}

TEST(FileTarget, HasItsNameOnlyWhenComplete) {
  const test::Scratch scratch;
  int error = 0;
  {
    const auto target = FileTarget::open(scratch.path("a"), 0, error);
    ASSERT_TRUE(target);
    EXPECT_EQ(target->write(2, ByteView::of_text("bc")), 0);
    EXPECT_FALSE(scratch.exists("a"));
    EXPECT_EQ(target->commit(6), 0);
  }
  EXPECT_EQ(scratch.read("a"), std::string("\0\0bc\0\0", 6));
  EXPECT_EQ(entries(scratch), 1U);
}

TEST(FileTarget, LeavesNothingWhereItIsNot) {
  const test::Scratch scratch;
  scratch.write("a", "old");
  int error = 0;
  {
    const auto target = FileTarget::open(scratch.path("a"), 0, error);
    EXPECT_EQ(target->write(0, ByteView::of_text("new")), 0);
  }
  EXPECT_EQ(scratch.read("a"), "old");
  EXPECT_EQ(entries(scratch), 1U);
}

TEST(FileTarget, ReplacesWhatIsThere) {
  const test::Scratch scratch;
  scratch.write("a", "something longer");
  int error = 0;
  const auto target = FileTarget::open(scratch.path("a"), 0, error);
  EXPECT_EQ(target->write(0, ByteView::of_text("new")), 0);
  std::vector<std::byte> out(3);
  EXPECT_EQ(target->read(0, MutableBytes(out)), 0);
  EXPECT_EQ(ByteView(out).text(), "new");
  EXPECT_EQ(target->commit(3), 0);
  EXPECT_EQ(scratch.read("a"), "new");
}

TEST(FileTarget, KeepsWhatIsInFront) {
  const test::Scratch scratch;
  scratch.write("a", "front and more");
  int error = 0;
  const auto target = FileTarget::open(scratch.path("a"), 5, error);
  EXPECT_EQ(target->write(0, ByteView::of_text("!")), 0);
  EXPECT_EQ(target->commit(1), 0);
  EXPECT_EQ(scratch.read("a"), "front!");
}

TEST(FileTarget, SaysWhyItCannotBeMade) {
  const test::Scratch scratch;
  int error = 0;
  EXPECT_FALSE(FileTarget::open(scratch.path(), 0, error));
  EXPECT_EQ(error, EISDIR);
  EXPECT_FALSE(FileTarget::open(scratch.path("none/a"), 0, error));
  EXPECT_EQ(error, ENOENT);
}

TEST(FileTarget, KeepsThingsForAWhile) {
  const test::Scratch scratch;
  int error = 0;
  const auto target = FileTarget::scratch(scratch.path(), error);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->write(7, ByteView::of_text("x")), 0);
  std::vector<std::byte> out(1);
  EXPECT_EQ(target->read(7, MutableBytes(out)), 0);
  EXPECT_EQ(target->read(8, MutableBytes(out)), ERANGE);
  EXPECT_EQ(entries(scratch), 0U);
  EXPECT_FALSE(FileTarget::scratch(scratch.path("none"), error));
}

}  // namespace
}  // namespace erofs::image
