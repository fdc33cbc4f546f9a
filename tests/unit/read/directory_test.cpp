// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/directory.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using format::FileType;
using format::Layout;
using format::ModeType;
using test::body;
using test::Bytes;
using test::FaultsAs;
using test::ImageBuilder;
using test::IsLimit;
using test::IsMalformed;
using test::Listed;
using test::listing;
using test::OpenImage;
using test::repeat;
using test::Succeeds;

constexpr std::uint64_t kNid = 60;
constexpr std::size_t kBlock = 512;

struct Opened {
  explicit Opened(const ImageBuilder& image) : volume(image) {
    auto inode = node(*volume, kNid, volume.budget);
    EXPECT_THAT(inode, Succeeds());
    directory = inode.value_or(Node());
  }
  Result<DirectoryReader> reader() {
    return DirectoryReader::open(*volume, directory, volume.budget);
  }
  std::optional<std::uint64_t> find(std::string_view name) {
    const auto found = lookup(*volume, directory, name, volume.budget);
    EXPECT_THAT(found, Succeeds());
    if (!found || !*found) return std::nullopt;
    return (*found)->nid;
  }

  OpenImage volume;
  Node directory;
};

Bytes padded(const Bytes& block) {
  return block + repeat(0, kBlock - block.size());
}

// A FLAT_PLAIN directory of `content` at block 8 of 512 bytes.
ImageBuilder plain(const Bytes& content, std::size_t size) {
  ImageBuilder image(32, 9);
  image.inode(kNid, body(ModeType::kDirectory, size, Layout::kFlatPlain, 8));
  image.put(8 * kBlock, content);
  return image;
}
ImageBuilder plain(const Bytes& content) {
  return plain(content, content.size());
}

// `count` names n00, n01, ... from `first` on, with nids from 100 + first.
std::vector<Listed> names(std::uint64_t first, std::uint64_t count) {
  std::vector<Listed> out;
  for (std::uint64_t i = first; i < first + count; ++i) {
    const std::string digits = std::to_string(100 + i).substr(1);
    out.push_back({"n" + digits, 100 + i, FileType::kRegular});
  }
  return out;
}

// 60 names in three blocks, the last one short.
Bytes three_blocks() {
  return padded(listing(names(0, 25))) + padded(listing(names(25, 25))) +
         listing(names(50, 10));
}

TEST(DirectoryReader, ListsBlockByBlock) {
  Opened opened(plain(three_blocks()));
  auto reader = opened.reader();
  ASSERT_THAT(reader, Succeeds());
  DirectoryPage page;
  std::vector<std::uint64_t> nids;
  for (std::uint64_t block = 0; block < 3; ++block) {
    const auto more = reader->next(page);
    ASSERT_THAT(more, Succeeds());
    ASSERT_TRUE(*more);
    EXPECT_EQ(page.index, block);
    EXPECT_EQ(page.at.offset, (8 + block) * kBlock);
    for (const auto& entry : page.block.entries) nids.push_back(entry.nid);
  }
  EXPECT_EQ(page.bytes.size(), listing(names(50, 10)).size());
  ASSERT_EQ(nids.size(), 60U);
  EXPECT_EQ(nids.front(), 100U);
  EXPECT_EQ(nids.back(), 159U);
  EXPECT_FALSE(reader->next(page).value_or(true));
  EXPECT_TRUE(page.block.entries.empty());
  EXPECT_FALSE(reader->next(page).value_or(true));
}

TEST(DirectoryReader, EmptyDirectory) {
  ImageBuilder image;
  image.inlined(kNid, ModeType::kDirectory, {});
  Opened opened(image);
  auto reader = opened.reader();
  ASSERT_THAT(reader, Succeeds());
  DirectoryPage page;
  EXPECT_FALSE(reader->next(page).value_or(true));
  EXPECT_EQ(opened.find("a"), std::nullopt);
}

TEST(DirectoryReader, InlineTail) {
  ImageBuilder image;
  image.directory(kNid, {{"a", 7}, {"b", 8}});
  Opened opened(image);
  auto reader = opened.reader();
  ASSERT_THAT(reader, Succeeds());
  DirectoryPage page;
  ASSERT_TRUE(reader->next(page).value_or(false));
  EXPECT_EQ(page.at.offset, kNid * 32 + 32);
  EXPECT_EQ(page.block.entries.size(), 2U);
  EXPECT_FALSE(reader->next(page).value_or(true));
}

TEST(DirectoryReader, GoesOnAfterABadBlock) {
  const Bytes bad = repeat(0xFF, kBlock);
  Opened opened(plain(padded(listing({{"a", 7}})) + bad + listing({{"b", 8}})));
  auto reader = opened.reader();
  ASSERT_THAT(reader, Succeeds());
  DirectoryPage page;
  ASSERT_TRUE(reader->next(page).value_or(false));
  EXPECT_THAT(reader->next(page),
              IsMalformed(RuleId::directory_first_nameoff_range, 9 * kBlock + 8,
                          0xFFFF));
  EXPECT_EQ(page.bytes, bad);
  EXPECT_EQ(page.at.offset, 9 * kBlock);
  EXPECT_TRUE(page.block.entries.empty());
  ASSERT_TRUE(reader->next(page).value_or(false));
  EXPECT_EQ(page.block.entries.front().name, "b");
  EXPECT_FALSE(reader->next(page).value_or(true));
}

TEST(DirectoryReader, FarTooLargeFailsAtOnce) {
  Opened opened(plain(three_blocks(), 0x7FFFFFFF));
  auto reader = opened.reader();
  ASSERT_THAT(reader, Succeeds());
  DirectoryPage page;
  EXPECT_THAT(
      reader->next(page),
      FaultsAs(FaultKind::kMalformed, RuleId::content_plain_within_device));
  EXPECT_FALSE(reader->next(page).value_or(true));
  EXPECT_THAT(
      lookup(*opened.volume, opened.directory, "n00", opened.volume.budget),
      FaultsAs(FaultKind::kMalformed, RuleId::content_plain_within_device));
}

TEST(DirectoryReader, BlocksAreCharged) {
  Opened opened(plain(three_blocks()));
  Budget budget = test::with_work(600);
  auto reader = DirectoryReader::open(*opened.volume, opened.directory, budget);
  ASSERT_THAT(reader, Succeeds());
  DirectoryPage page;
  EXPECT_TRUE(reader->next(page).value_or(false));
  EXPECT_THAT(reader->next(page), IsLimit(RuleId::limit_work_reached));
  EXPECT_FALSE(reader->next(page).value_or(true));
}

TEST(DirectoryReader, HolesAreBadBlocks) {
  Opened opened(plain({}, 2 * kBlock));
  ImageBuilder image(32, 9);
  image.inode(kNid, body(ModeType::kDirectory, 2 * kBlock, Layout::kFlatPlain,
                         0xFFFFFFFF));
  Opened hole(image);
  auto reader = hole.reader();
  ASSERT_THAT(reader, Succeeds());
  DirectoryPage page;
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(
        reader->next(page),
        FaultsAs(FaultKind::kMalformed, RuleId::directory_first_nameoff_range));
  }
  EXPECT_FALSE(reader->next(page).value_or(true));
  EXPECT_THAT(
      lookup(*hole.volume, hole.directory, "a", hole.volume.budget),
      FaultsAs(FaultKind::kMalformed, RuleId::directory_first_nameoff_range));
}

TEST(Lookup, FindsEveryNameAndNoOther) {
  Opened opened(plain(three_blocks()));
  for (std::uint64_t i = 0; i < 60; ++i) {
    const std::string name = names(i, 1).front().name;
    EXPECT_EQ(opened.find(name), 100 + i) << name;
    EXPECT_EQ(opened.find(name + "x"), std::nullopt) << name;
    EXPECT_EQ(opened.find(name.substr(0, 2)), std::nullopt) << name;
  }
  EXPECT_EQ(opened.find("a"), std::nullopt);
  EXPECT_EQ(opened.find("z"), std::nullopt);
  EXPECT_EQ(opened.find(""), std::nullopt);
  EXPECT_EQ(opened.find(std::string(256, 'n')), std::nullopt);
}

TEST(Lookup, GivesTheStoredType) {
  ImageBuilder image;
  image.directory(kNid, {{"a", 7, FileType::kFifo}});
  Opened opened(image);
  const auto found =
      lookup(*opened.volume, opened.directory, "a", opened.volume.budget);
  ASSERT_THAT(found, Succeeds());
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->file_type, 5);
}

TEST(Lookup, NamesAreUnsignedBytes) {
  ImageBuilder image;
  image.directory(kNid, {{"!", 1},
                         {".", 2},
                         {"..", 3},
                         {"a", 4},
                         {"ab", 5},
                         {"\x7F", 6},
                         {"\x80", 7},
                         {"\xFF", 8}});
  Opened opened(image);
  EXPECT_EQ(opened.find("!"), 1U);
  EXPECT_EQ(opened.find(".."), 3U);
  EXPECT_EQ(opened.find("a"), 4U);
  EXPECT_EQ(opened.find("ab"), 5U);
  EXPECT_EQ(opened.find("\x80"), 7U);
  EXPECT_EQ(opened.find("\xFF"), 8U);
}

TEST(Lookup, MissesNamesThatAreNotInOrder) {
  ImageBuilder image;
  image.directory(kNid, {{"a", 1}, {"z", 2}, {"m", 3}, {"n", 4}, {"o", 5}});
  Opened opened(image);
  EXPECT_EQ(opened.find("a"), 1U);
  EXPECT_EQ(opened.find("z"), std::nullopt);
  // First names of blocks that do not ascend hide whole blocks.
  Opened blocks(plain(padded(listing({{"m", 1}})) +
                      padded(listing({{"a", 2}})) + listing({{"z", 3}})));
  EXPECT_EQ(blocks.find("m"), std::nullopt);
  EXPECT_EQ(blocks.find("a"), 2U);
  EXPECT_EQ(blocks.find("z"), 3U);
}

TEST(Lookup, SeesTheBytesBehindTheEnd) {
  const Bytes block = listing({{"a", 1}, {"b", 2}});
  Opened clean(plain(block + repeat(0, 8), block.size()));
  EXPECT_EQ(clean.find("b"), 2U);
  // What follows i_size on the disk belongs to the last name.
  Opened dirty(plain(block + test::text_bytes("x"), block.size()));
  EXPECT_EQ(dirty.find("b"), std::nullopt);
  EXPECT_EQ(dirty.find("a"), 1U);
  // Not so behind an inline tail, which Linux copies.
  ImageBuilder image;
  image.inlined(kNid, ModeType::kDirectory, block);
  image.put(kNid * 32 + 32 + block.size(), test::text_bytes("x"));
  Opened tail(image);
  EXPECT_EQ(tail.find("b"), 2U);
}

TEST(Lookup, BadBlocksFault) {
  Opened opened(plain(padded(listing({{"a", 1}})) + repeat(0, kBlock)));
  EXPECT_THAT(
      lookup(*opened.volume, opened.directory, "b", opened.volume.budget),
      FaultsAs(FaultKind::kMalformed, RuleId::directory_first_nameoff_range));
  Budget little = test::with_work(kBlock);
  EXPECT_THAT(lookup(*opened.volume, opened.directory, "a", little),
              IsLimit(RuleId::limit_work_reached));
}

TEST(Lookup, LargestBlocks) {
  ImageBuilder image(4, 16);
  std::vector<Listed> many;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    many.push_back({std::to_string(10000 + i), i + 1});
  }
  const Bytes block = listing(many);
  image.inode(kNid,
              body(ModeType::kDirectory, block.size(), Layout::kFlatPlain, 2));
  image.put(std::size_t{2} << 16, block);
  Opened opened(image);
  EXPECT_EQ(opened.find("10000"), 1U);
  EXPECT_EQ(opened.find("11999"), 2000U);
  EXPECT_EQ(opened.find("1199"), std::nullopt);
}

}  // namespace
}  // namespace erofs::read
