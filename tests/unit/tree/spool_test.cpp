// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/spool.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

#include "support/matchers.h"
#include "support/scratch.h"

namespace erofs::tree {
namespace {

using test::IsIo;
using test::Succeeds;

TEST(Spool, ReadsPiecesAndZerosBetweenThem) {
  const test::Scratch scratch;
  const auto file = SharedFile::nameless(scratch.path());
  ASSERT_NE(file, nullptr);
  ASSERT_EQ(file->write(0, ByteView::of_text("abcdef")), 0);
  const PieceContent content(file, {{1, 2, 4}, {5, 3, 0}}, 10);
  const std::string whole("\0ef\0\0abc\0\0", 10);
  for (std::size_t from = 0; from <= whole.size(); ++from) {
    for (std::size_t size = 0; size <= whole.size() - from; ++size) {
      std::vector<std::byte> bytes(size, std::byte{1});
      ASSERT_THAT(content.read(from, MutableBytes(bytes)), Succeeds());
      EXPECT_EQ(ByteView(bytes).text(), whole.substr(from, size));
    }
  }
  std::vector<std::byte> bytes(2);
  EXPECT_THAT(content.read(9, MutableBytes(bytes)), IsIo(0, ERANGE));
}

TEST(Spool, SaysThatTheFileIsTooShort) {
  const test::Scratch scratch;
  const auto file = SharedFile::nameless(scratch.path());
  ASSERT_NE(file, nullptr);
  const PieceContent content(file, {{0, 4, 0}}, 4);
  std::vector<std::byte> bytes(4);
  EXPECT_THAT(content.read(0, MutableBytes(bytes)), IsIo(0, EIO));
  EXPECT_EQ(SharedFile::nameless(scratch.path("none")), nullptr);
}

}  // namespace
}  // namespace erofs::tree
