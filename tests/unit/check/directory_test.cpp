// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/directory.h"

#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

using format::Layout;
using format::ModeType;

struct Raw {
  std::string name;
  std::uint64_t nid = 0;
  std::uint8_t file_type = 0;
};

// One block of entries in just this order.
std::string listing(const std::vector<Raw>& entries) {
  std::string heads;
  std::string names;
  for (const Raw& entry : entries) {
    format::DirentBuilder head;
    head.nid(entry.nid)
        .nameoff(static_cast<std::uint16_t>(
            entries.size() * format::DirentView::kSize + names.size()))
        .file_type(entry.file_type);
    heads += ByteView(head.bytes()).text();
    names += entry.name;
  }
  return heads + names;
}

// Nids of the image below: block 1, and two slots further for the children.
constexpr std::uint64_t kRoot = 128;

// A root of just these bytes with two files, at the nids kFirst and kSecond.
CheckImage root_of(const std::string& bytes) {
  TestNode root = directory({});
  root.content = bytes;
  root.layout = Layout::kFlatPlain;
  TestNode one = file("");
  one.nlink = 1;
  return CheckImage({root, one, one});
}
constexpr std::uint64_t kFirst = 129;
constexpr std::uint64_t kSecond = 130;

std::vector<Raw> good() {
  return {
      {".", kRoot, 2}, {"..", kRoot, 2}, {"a", kFirst, 1}, {"b", kSecond, 1}};
}

CheckImage changed(const std::function<void(std::vector<Raw>&)>& change) {
  auto entries = good();
  change(entries);
  return root_of(listing(entries));
}

TEST(CheckDirectory, AcceptsAGoodOne) {
  const auto image = root_of(listing(good()));
  ASSERT_EQ(image.nid(1), kFirst);
  ASSERT_EQ(image.nid(2), kSecond);
  EXPECT_EQ(rules(image), Rules{});
}

TEST(CheckDirectory, WantsContent) {
  TestNode root = directory({});
  root.dots = false;
  EXPECT_EQ(rules(CheckImage({root})), Rules{"directory.size.nonzero"});
}

TEST(CheckDirectory, WantsNamesInOrder) {
  const auto image = changed([](auto& e) { std::swap(e[2], e[3]); });
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"directory.order.ascending"});
  const auto& found = finding(report, RuleId::directory_order_ascending);
  EXPECT_EQ(found.path, "/a");
  EXPECT_EQ(found.nid, kFirst);
  EXPECT_EQ(found.where.offset, image.data(0) + 4 * 12 + 4);
  // Bytes are unsigned, and dots are names like others.
  EXPECT_EQ(rules(changed([](auto& e) {
              e[2].name = "z";
              e[3].name = "\xc3\xa4";
            })),
            Rules{});
  EXPECT_EQ(rules(changed([](auto& e) { e[2].name = "!"; })),
            Rules{"directory.order.ascending"});
}

TEST(CheckDirectory, WantsUniqueNames) {
  EXPECT_EQ(rules(changed([](auto& e) { e[3].name = "a"; })),
            Rules{"directory.name.unique"});
  EXPECT_EQ(rules(changed([](auto& e) {
              e[2] = {"..", kRoot, 2};
              e[3] = {"a", kFirst, 1};
            })),
            (Rules{"directory.name.unique", "space.padding.zero",
                   "superblock.inos.match"}));
}

// Order and uniqueness across the edge of two blocks.
CheckImage two_blocks(const std::string& last, const std::string& first) {
  std::vector<Raw> one = good();
  one[2].name = last;
  one.pop_back();
  std::string bytes = listing(one);
  bytes.resize(4096, '\0');
  return root_of(bytes + listing({{first, kSecond, 1}}));
}

TEST(CheckDirectory, ComparesNamesAcrossBlocks) {
  EXPECT_EQ(rules(two_blocks("m", "n")), Rules{});
  EXPECT_EQ(rules(two_blocks("m", "a")), Rules{"directory.order.ascending"});
  EXPECT_EQ(rules(two_blocks("m", "m")), Rules{"directory.name.unique"});
}

TEST(CheckDirectory, WantsDotEntries) {
  const auto one = checked(changed([](auto& e) { e.erase(e.begin()); }));
  EXPECT_EQ(rules(one), Rules{"directory.dot.present"});
  EXPECT_EQ(finding(one, RuleId::directory_dot_present).path, "/");
  EXPECT_EQ(rules(changed([](auto& e) { e.erase(e.begin() + 1); })),
            Rules{"directory.dotdot.present"});
  const auto self = changed([](auto& e) { e[0].nid = kFirst; });
  const auto report = checked(self);
  EXPECT_EQ(rules(report), Rules{"directory.dot.self"});
  EXPECT_EQ(finding(report, RuleId::directory_dot_self).where.offset,
            self.data(0));
  EXPECT_EQ(rules(changed([](auto& e) { e[1].nid = kFirst; })),
            Rules{"directory.dotdot.parent"});
  EXPECT_EQ(rules(changed([](auto& e) { e[1].file_type = 1; })),
            Rules{"directory.file_type.match"});
}

TEST(CheckDirectory, FollowsDotOmitted) {
  const auto omitted = [](bool dot) {
    auto entries = good();
    if (!dot) entries.erase(entries.begin());
    auto image = root_of(listing(entries));
    image.edit(
        [](auto& super) { super.feature_incompat(format::incompat::k48bit); });
    image.byte(image.at(0), 0x10);
    return image;
  };
  EXPECT_EQ(rules(omitted(false)), Rules{});
  EXPECT_EQ(rules(omitted(true)), Rules{"directory.dot.omitted"});
}

TEST(CheckDirectory, WantsTheParentBelow) {
  CheckImage image(
      {directory({{"a", 1}}), directory({{"b", 2}}), directory({})});
  EXPECT_EQ(rules(image), Rules{});
  // ".." of "b" names the root instead of "a".
  image.put(image.at(2) + 32 + 12, repeat(kRoot, 1));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"directory.dotdot.parent"});
  EXPECT_EQ(finding(report, RuleId::directory_dotdot_parent).path, "/a/b/..");
}

TEST(CheckDirectory, ComparesTypes) {
  EXPECT_EQ(rules(changed([](auto& e) { e[2].file_type = 0; })),
            Rules{"directory.file_type.unknown"});
  EXPECT_EQ(rules(changed([](auto& e) { e[2].file_type = 8; })),
            Rules{"directory.file_type.range"});
  EXPECT_EQ(rules(changed([](auto& e) { e[2].file_type = 2; })),
            Rules{"directory.file_type.match"});
  std::vector<Child> children;
  std::vector<TestNode> nodes(1);
  for (const ModeType type : {ModeType::kCharDevice, ModeType::kBlockDevice,
                              ModeType::kFifo, ModeType::kSocket}) {
    children.push_back({std::to_string(nodes.size()), nodes.size()});
    nodes.push_back(special(type));
  }
  nodes[0] = directory(children);
  EXPECT_EQ(rules(CheckImage(nodes)), Rules{});
}

TEST(CheckDirectory, WantsNidsOfChildren) {
  EXPECT_EQ(rules(changed([](auto& e) { e[2].nid = 0; })),
            (Rules{"directory.entry.nonzero", "inode.mode.type"}));
}

TEST(CheckDirectory, JudgesFields) {
  auto image = root_of(listing(good()));
  image.byte(image.data(0) + 2 * 12 + 11, 1);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"directory.reserved.zero"});
  EXPECT_EQ(finding(report, RuleId::directory_reserved_zero).path, "/a");
}

TEST(CheckDirectory, WantsNothingBehindTheLastName) {
  const std::string bytes = listing(good());
  EXPECT_EQ(rules(root_of(bytes + std::string(1, '\0'))),
            Rules{"directory.size.exact"});
  const auto hidden = checked(root_of(bytes + std::string("\0x", 2)));
  EXPECT_EQ(rules(hidden),
            (Rules{"directory.padding.zero", "directory.size.exact"}));
  EXPECT_EQ(finding(hidden, RuleId::directory_padding_zero).value, 'x');
}

// Lookup takes what the device has behind the last name for part of it.
TEST(CheckDirectory, LooksBehindTheSizeOfBlocks) {
  auto image = root_of(listing(good()));
  const std::size_t end = image.data(0) + listing(good()).size();
  image.byte(end, 'x');
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"directory.padding.zero"});
  EXPECT_EQ(finding(report, RuleId::directory_padding_zero).where.offset, end);
  image.byte(end, 0);
  image.byte(image.data(0) + 4095, 'x');
  EXPECT_EQ(rules(image), Rules{"directory.padding.zero"});
  // Kernels clear what follows an inline tail.
  CheckImage tail({directory({{"a", 1}}), file("")});
  tail.byte(tail.at(1) - 1, 'x');
  // They are nobody's.
  EXPECT_EQ(rules(tail), Rules{"space.padding.zero"});
}

TEST(CheckDirectory, WantsPaddingBetweenBlocksZero) {
  auto image = two_blocks("m", "n");
  image.byte(image.data(0) + 4095, 'x');
  EXPECT_EQ(rules(image), Rules{"directory.padding.zero"});
}

TEST(CheckDirectory, GoesOnAfterABadBlock) {
  auto image = two_blocks("m", "n");
  image.put(image.data(0) + 8, hex("0000"));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"directory.first-nameoff.range"});
  EXPECT_EQ(report.inventory.entries, 1U);
}

TEST(CheckDirectory, MentionsChunks) {
  TestNode root = directory({});
  root.content = listing(good());
  root.layout = Layout::kChunkBased;
  root.table = hex("02000000");
  root.edit = [](auto& b) { b.i_u(0); };
  TestNode one = file("");
  one.nlink = 1;
  CheckImage image({root, one, one});
  image.edit([](auto& super) {
    super.feature_incompat(format::incompat::kChunkedFile);
  });
  for (const std::size_t i : {2U, 3U}) {
    image.byte(image.data(0) + 12 * i,
               static_cast<std::uint8_t>(image.nid(i - 1)));
  }
  EXPECT_EQ(rules(image), Rules{"directory.layout.flat"});
}

}  // namespace
}  // namespace erofs::test
