// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/to_archive.h"

#include <gtest/gtest.h>

#include "format/budget_rules.h"
#include "support/tree_image.h"

namespace erofs::extract {
namespace {

using test::Succeeds;

struct Taken {
  explicit Taken(const std::vector<test::TestNode>& nodes)
      : image(test::open_tree(nodes)) {
    ArchiveTaker taker;
    taker.take = [&](const tree::Entry& entry) -> Status {
      entries.push_back(entry);
      entries.back().content = nullptr;
      with_content.push_back(entry.content != nullptr);
      return {};
    };
    ended = to_archive(*image, image.budget, left_out, taker);
  }

  test::OpenImage image;
  LeftOut left_out;
  Ended ended;
  std::vector<tree::Entry> entries;
  std::vector<bool> with_content;
};

TEST(ToArchive, GivesContentToTheFirstNameOnly) {
  const Taken taken(test::tree_nodes());
  ASSERT_THAT(taken.ended.status, Succeeds());
  EXPECT_EQ(taken.ended.last, "/suid");
  ASSERT_EQ(taken.entries.size(), 9U);
  EXPECT_EQ(taken.entries[1].path, "/a.txt");
  EXPECT_TRUE(taken.entries[1].same_as.empty());
  EXPECT_TRUE(taken.with_content[1]);
  EXPECT_EQ(taken.entries[6].path, "/hard");
  EXPECT_EQ(taken.entries[6].same_as, "/a.txt");
  EXPECT_FALSE(taken.with_content[6]);
}

TEST(ToArchive, LeavesOutSockets) {
  const Taken taken(test::tree_nodes());
  for (const tree::Entry& entry : taken.entries) {
    EXPECT_NE(entry.type, tree::Type::kSock);
  }
  EXPECT_EQ(taken.left_out.of(Left::kSocket).first,
            std::vector<std::string>{"/sock"});
}

TEST(ToArchive, TellsLargeHoles) {
  test::TestNode sparse = test::file("");
  sparse.layout = format::Layout::kChunkBased;
  // Chunks of 16 KiB: hole, data, hole, hole; and a bit of a fifth.
  sparse.table =
      test::repeat(0xFF, 4) + test::hex("02000000") + test::repeat(0xFF, 12);
  constexpr std::uint32_t kChunk = 16384;
  sparse.edit = [](format::InodeCompactBuilder& body) {
    body.i_size(4 * kChunk + 1).i_u(2);
  };
  test::CheckImage image({test::directory({{"s", 1}}), sparse});
  while (image.bytes.size() < 2 * kChunk) image.append(1);
  test::OpenImage opened(image.bytes);
  std::vector<tree::Span> holes;
  ArchiveTaker taker;
  taker.take = [&](const tree::Entry& entry) -> Status {
    if (entry.path == "/s") holes = entry.holes;
    return {};
  };
  LeftOut left_out;
  ASSERT_THAT(to_archive(*opened, opened.budget, left_out, taker).status,
              Succeeds());
  ASSERT_EQ(holes.size(), 2U);
  EXPECT_EQ(holes[0].begin, 0U);
  EXPECT_EQ(holes[0].end, kChunk);
  EXPECT_EQ(holes[1].begin, 2 * kChunk);
  EXPECT_EQ(holes[1].end, 4 * kChunk + 1);
}

// Whoever writes the archive steps through holes: a few bytes of an image
// must not keep it busy for ever.
TEST(ToArchive, PaysForHoles) {
  constexpr unsigned kChunks = 16;
  test::TestNode sparse = test::fact_file("", 0600);
  sparse.layout = format::Layout::kChunkBased;
  sparse.table = test::repeat(0xFF, std::size_t{4} * kChunks);
  sparse.edit_extended = [](format::InodeExtendedBuilder& body) {
    constexpr unsigned kBlockBits = 9;
    constexpr unsigned kMostBlockBits = 31;
    body.i_u(kMostBlockBits);
    body.i_size(std::uint64_t{kChunks} << (kBlockBits + kMostBlockBits));
  };
  const test::CheckImage image({test::directory({{"s", 1}}), sparse});
  constexpr std::uint64_t kWork = std::uint64_t{1} << 24;
  constexpr std::uint64_t kPlenty = std::uint64_t{1} << 60;
  test::OpenImage opened(
      image.bytes, {},
      Budget({kWork, kPlenty, 1, kPlenty}, format::budget_rules()));
  ArchiveTaker taker;
  bool taken = false;
  taker.take = [&](const tree::Entry& entry) -> Status {
    taken |= entry.path == "/s";
    return {};
  };
  LeftOut left_out;
  const Ended ended = to_archive(*opened, opened.budget, left_out, taker);
  ASSERT_FALSE(ended.status.has_value());
  EXPECT_EQ(ended.status.error().kind, FaultKind::kLimit);
  EXPECT_EQ(ended.last, "/s");
  EXPECT_FALSE(taken);
}

}  // namespace
}  // namespace erofs::extract
