// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/walk.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using test::ImageBuilder;
using test::IsLimit;
using test::IsMalformed;
using test::OpenImage;
using test::Succeeds;

constexpr std::uint64_t kRoot = ImageBuilder::kRoot;
using Paths = std::vector<std::string>;

struct Walked {
  Paths paths;
  std::vector<std::uint64_t> depths;
  Status status;
};

Walked walk_from(OpenImage& volume, Budget& budget, std::uint64_t nid = kRoot,
                 std::string_view path = "/") {
  Walked out;
  const auto start = node(*volume, nid, volume.budget);
  EXPECT_THAT(start, Succeeds());
  if (!start) return out;
  out.status = walk(*volume, *start, path, budget, [&](const Visit& visit) {
    out.paths.emplace_back(visit.path);
    out.depths.push_back(visit.depth);
    return Status();
  });
  return out;
}

Walked walked(const ImageBuilder& image) {
  OpenImage volume(image);
  return walk_from(volume, volume.budget);
}

// The root holds directories a (100), a! (104), b (108), and files.
ImageBuilder tree() {
  ImageBuilder image;
  image.directory(kRoot, {{".", kRoot},
                          {"..", kRoot},
                          {"a", 100},
                          {"a!", 104},
                          {"a-b", 120},
                          {"a0", 120},
                          {"b", 108}});
  image.directory(100, {{"c", 120}, {"d", 112}});
  image.directory(104, {{".", 104}, {"..", kRoot}, {"e", 120}});
  image.inlined(108, format::ModeType::kDirectory, {});
  image.directory(112, {{"f", 120}});
  image.file(120, "x");
  return image;
}

TEST(Walk, OrderOfRawPathBytes) {
  const Walked all = walked(tree());
  EXPECT_THAT(all.status, Succeeds());
  EXPECT_EQ(all.paths, (Paths{"/", "/a", "/a!", "/a!/e", "/a-b", "/a/c", "/a/d",
                              "/a/d/f", "/a0", "/b"}));
  EXPECT_TRUE(std::is_sorted(all.paths.begin(), all.paths.end()));
  EXPECT_EQ(all.depths[0], 0U);
  EXPECT_EQ(all.depths[7], 3U);
  EXPECT_EQ(all.depths[8], 1U);
}

TEST(Walk, SortsWhatIsStoredOutOfOrder) {
  ImageBuilder image;
  image.directory(kRoot, {{"z", 120}, {"\xFF", 120}, {"a", 120}, {"m", 120}});
  image.file(120, "");
  EXPECT_EQ(walked(image).paths, (Paths{"/", "/a", "/m", "/z", "/\xFF"}));
}

TEST(Walk, ANameTwiceIsVisitedTwice) {
  ImageBuilder image;
  image.directory(kRoot, {{"a", 120}, {"a", 112}, {"b", 120}});
  image.file(120, "");
  image.inlined(112, format::ModeType::kDirectory, {});
  EXPECT_EQ(walked(image).paths, (Paths{"/", "/a", "/a", "/b"}));
}

TEST(Walk, StartsAnywhere) {
  OpenImage volume(tree());
  EXPECT_EQ(walk_from(volume, volume.budget, 100, "/a").paths,
            (Paths{"/a", "/a/c", "/a/d", "/a/d/f"}));
  EXPECT_EQ(walk_from(volume, volume.budget, 120, "/a/c").paths,
            (Paths{"/a/c"}));
}

TEST(Walk, CyclesAndSecondParentsFault) {
  ImageBuilder cycle = tree();
  cycle.directory(112, {{"up", 100}});
  EXPECT_THAT(walked(cycle).status,
              IsMalformed(RuleId::tree_directory_acyclic, 112 * 32 + 32, 100));
  ImageBuilder self;
  self.directory(kRoot, {{"self", kRoot}});
  EXPECT_THAT(walked(self).status, IsMalformed(RuleId::tree_directory_acyclic,
                                               kRoot * 32 + 32, kRoot));
  ImageBuilder twice = tree();
  twice.directory(104, {{"again", 112}});
  const Walked stopped = walked(twice);
  // "/a!" comes first, so that it is "/a/d" that has a second parent.
  EXPECT_THAT(stopped.status, IsMalformed(RuleId::tree_directory_one_parent,
                                          100 * 32 + 32 + 12, 112));
  EXPECT_EQ(stopped.paths.back(), "/a/d");
}

TEST(Walk, StopsAtTheFirstFault) {
  ImageBuilder image = tree();
  image.put(100 * 32 + 32 + 8, test::repeat(0, 2));
  const Walked stopped = walked(image);
  EXPECT_THAT(stopped.status, IsMalformed(RuleId::directory_first_nameoff_range,
                                          100 * 32 + 32 + 8, 0));
  EXPECT_EQ(stopped.paths.back(), "/a-b");

  OpenImage volume(tree());
  const auto root = node(*volume, kRoot, volume.budget);
  ASSERT_THAT(root, Succeeds());
  int visits = 0;
  const Status status =
      walk(*volume, *root, "/", volume.budget, [&](const Visit&) -> Status {
        if (++visits == 3) return io_fault({Place::kPrimary, 1}, 2);
        return {};
      });
  EXPECT_THAT(status, test::IsIo(1, 2));
  EXPECT_EQ(visits, 3);
}

TEST(Walk, DepthIsLimited) {
  OpenImage volume(tree());
  Budget two({test::kUnlimited, test::kUnlimited, 2, 0},
             format::budget_rules());
  EXPECT_THAT(walk_from(volume, two).status,
              IsLimit(RuleId::limit_depth_reached));
  Budget three({test::kUnlimited, test::kUnlimited, 3, 0},
               format::budget_rules());
  EXPECT_THAT(walk_from(volume, three).status, Succeeds());
}

TEST(Walk, MemoryIsLimitedAndGivenBack) {
  OpenImage volume(tree());
  const std::uint64_t most = 10000;
  Budget budget({test::kUnlimited, most, 9, 0}, format::budget_rules());
  EXPECT_THAT(walk_from(volume, budget).status, Succeeds());
  EXPECT_GT(budget.memory_peak(), 500U);
  EXPECT_THAT(budget.memory(most, {}), Succeeds());
  budget.release_memory(most);
  Budget little({test::kUnlimited, 500, 9, 0}, format::budget_rules());
  EXPECT_THAT(walk_from(volume, little).status,
              IsLimit(RuleId::limit_memory_reached));
  EXPECT_THAT(little.memory(500, {}), Succeeds());
}

TEST(Walk, DeepTreesNeedNoStack) {
  ImageBuilder image(2000);
  constexpr std::uint64_t kDepth = 50000;
  for (std::uint64_t i = 0; i < kDepth; ++i) {
    image.directory(100 + 2 * i, {{"d", 102 + 2 * i}});
  }
  image.file(100 + 2 * kDepth, "x");
  OpenImage volume(image);
  const auto start = node(*volume, 100, volume.budget);
  ASSERT_THAT(start, Succeeds());
  std::uint64_t visits = 0;
  EXPECT_THAT(walk(*volume, *start, "/", volume.budget,
                   [&](const Visit&) {
                     ++visits;
                     return Status();
                   }),
              Succeeds());
  EXPECT_EQ(visits, kDepth + 1);
}

}  // namespace
}  // namespace erofs::read
