// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/to_tree.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "format/inode.gen.h"
#include "format/limits.gen.h"
#include "format/rule_ids.gen.h"
#include "format/superblock.gen.h"
#include "image/memory_source.h"
#include "support/budgets.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::extract {
namespace {

using format::ModeType;
using test::Bytes;
using test::FaultsAs;
using test::Succeeds;

constexpr std::size_t kBlock = 4096;

// One block that holds everything: the superblock, and inodes of which each
// has its data behind it.
class Image {
 public:
  Image() : bytes_(kBlock) {
    put(format::kSuperblockOffset, format::SuperblockBuilder()
                                       .magic(0xE0F5E1E2)
                                       .blkszbits(12)
                                       .rootnid_2b(36)
                                       .blocks_lo(1)
                                       .epoch(1000)
                                       .bytes());
  }
  Image& inode(std::uint64_t nid, ModeType type, std::uint16_t mode,
               const Bytes& data, std::uint32_t u = 0) {
    const bool tail = !data.empty();
    const format::InodeCompactBuilder body =
        format::InodeCompactBuilder()
            .i_format_layout(tail ? 2 : 0)
            .i_mode_permissions(mode)
            .i_mode_type(static_cast<std::uint32_t>(type))
            .i_nb(1)
            .i_size(static_cast<std::uint32_t>(data.size()))
            .i_u(u)
            .i_uid(7)
            .i_gid(8);
    put(nid * 32, body.bytes());
    put(nid * 32 + 32, data);
    return *this;
  }
  void put(std::size_t at, std::span<const std::byte> part) {
    bytes_ = test::patched(std::move(bytes_), at, {part.begin(), part.end()});
  }
  const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

// A directory block: "." and ".." of `self`, then names that sort behind.
Bytes listing(std::uint8_t self,
              const std::vector<std::pair<std::string, std::uint8_t>>& more) {
  std::vector<std::pair<std::string, std::uint8_t>> all = {{".", self},
                                                           {"..", self}};
  all.insert(all.end(), more.begin(), more.end());
  Bytes heads;
  Bytes names;
  for (const auto& [name, nid] : all) {
    const auto at = static_cast<std::uint8_t>(all.size() * 12 + names.size());
    heads = heads + test::repeat(nid, 1) + test::repeat(0, 7) +
            test::repeat(at, 1) + test::repeat(0, 3);
    names = names + test::text_bytes(name);
  }
  return heads + names;
}

Image sample() {
  Image image;
  image
      .inode(36, ModeType::kDirectory, 0755,
             listing(36, {{"b", 42}, {"c", 46}, {"d", 50}, {"z", 54}}))
      .inode(42, ModeType::kRegular, 04755, test::text_bytes("hello"))
      .inode(46, ModeType::kSymlink, 0777,
             test::text_bytes("to") + test::repeat(0, 1) +
                 test::text_bytes("unseen"))
      .inode(50, ModeType::kCharDevice, 0600, {}, 0x00100103)
      .inode(54, ModeType::kFifo, 0644, {});
  return image;
}

struct Taken {
  std::vector<tree::Entry> entries;
  std::vector<std::string> contents;
  Status status;
};

Taken taken_from(const Image& image, Budget& budget) {
  const image::MemorySource source{ByteView(image.bytes())};
  auto volume = read::Volume::open(source, {}, budget);
  Taken taken;
  if (!volume) {
    taken.status = tl::unexpected<Fault>(volume.error());
    return taken;
  }
  const auto take = [&](const tree::Entry& entry) -> Status {
    taken.entries.push_back(entry);
    std::string text;
    if (entry.content != nullptr) {
      Bytes bytes(static_cast<std::size_t>(entry.content->size()));
      EROFS_TRY(entry.content->read(0, MutableBytes(bytes)));
      text = ByteView(bytes).text();
    }
    taken.contents.push_back(text);
    return {};
  };
  taken.status = to_tree(**volume, budget, take);
  return taken;
}

TEST(ToTree, HandsOverEveryPathInOrder) {
  Budget budget = test::plenty();
  const Taken taken = taken_from(sample(), budget);
  ASSERT_THAT(taken.status, Succeeds());
  std::vector<std::string> paths;
  for (const auto& entry : taken.entries) paths.push_back(entry.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"/", "/b", "/c", "/d", "/z"}));
}

TEST(ToTree, GivesTheFactsOfEachInode) {
  Budget budget = test::plenty();
  const Taken taken = taken_from(sample(), budget);
  ASSERT_THAT(taken.status, Succeeds());
  ASSERT_EQ(taken.entries.size(), 5U);
  const tree::Entry& file = taken.entries[1];
  EXPECT_EQ(file.type, tree::Type::kReg);
  EXPECT_EQ(file.mode, 04755);
  EXPECT_EQ(file.uid, 7U);
  EXPECT_EQ(file.gid, 8U);
  EXPECT_EQ(file.nlink, 1U);
  EXPECT_EQ(file.size, 5U);
  EXPECT_EQ(file.ino, 42U);
  EXPECT_EQ(file.mtime_sec, 1000);
  EXPECT_EQ(taken.contents[1], "hello");
  EXPECT_EQ(taken.entries[0].type, tree::Type::kDir);
  EXPECT_EQ(taken.entries[4].type, tree::Type::kFifo);
}

TEST(ToTree, EndsLinkTargetsAtTheFirstNul) {
  Budget budget = test::plenty();
  const Taken taken = taken_from(sample(), budget);
  ASSERT_EQ(taken.entries.size(), 5U);
  EXPECT_EQ(taken.entries[2].type, tree::Type::kLnk);
  EXPECT_EQ(taken.entries[2].target, "to");
  EXPECT_EQ(taken.entries[2].size, 9U);
  EXPECT_EQ(taken.entries[2].content, nullptr);
}

TEST(ToTree, SplitsDeviceNumbers) {
  Budget budget = test::plenty();
  const Taken taken = taken_from(sample(), budget);
  ASSERT_EQ(taken.entries.size(), 5U);
  EXPECT_EQ(taken.entries[3].type, tree::Type::kChr);
  EXPECT_EQ(taken.entries[3].rdev_major, 1U);
  EXPECT_EQ(taken.entries[3].rdev_minor, 0x103U);
}

TEST(ToTree, ShowsNothingOfWhatLinuxDoesNotMount) {
  Image image = sample();
  image.inode(36, ModeType::kRegular, 0755, test::text_bytes("x"));
  Budget budget = test::plenty();
  const Taken taken = taken_from(image, budget);
  EXPECT_THAT(taken.status, FaultsAs(FaultKind::kMalformed,
                                     RuleId::superblock_root_directory));
  EXPECT_TRUE(taken.entries.empty());
}

TEST(ToTree, StopsWhereAnInodeIsBroken) {
  Image image = sample();
  image.inode(46, static_cast<ModeType>(5), 0777, {});
  Budget budget = test::plenty();
  const Taken taken = taken_from(image, budget);
  EXPECT_THAT(taken.status,
              FaultsAs(FaultKind::kMalformed, RuleId::inode_mode_type));
  EXPECT_EQ(taken.entries.size(), 2U);
}

TEST(ToTree, StopsWhereTheOutputBudgetEnds) {
  Budget budget({test::kUnlimited, test::kUnlimited, test::kUnlimited, 4},
                format::budget_rules());
  const Taken taken = taken_from(sample(), budget);
  EXPECT_THAT(taken.status, test::IsLimit(RuleId::limit_output_reached));
}

}  // namespace
}  // namespace erofs::extract
