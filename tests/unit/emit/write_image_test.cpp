// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/write_image.h"

#include <gtest/gtest.h>

#include "support/emit_tree.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

tree::Tree sample() {
  tree::Tree tree;
  EXPECT_TRUE(tree.put("/text", test::file_of(test::sample_text(300000))));
  EXPECT_TRUE(tree.put("/d/noise", test::file_of(test::sample_noise(70000))));
  EXPECT_TRUE(tree.put("/d/small", test::file_of(test::sample_text(100))));
  EXPECT_TRUE(tree.link("/hard", "/text"));
  tree.finish();
  return tree;
}

TEST(WriteImage, MakesTheSameOfTheSame) {
  const tree::Tree tree = sample();
  Options options;
  options.methods.resize(1);
  options.ztailpacking = true;
  const auto one = test::image_of(tree, options);
  ASSERT_FALSE(one.empty());
  EXPECT_EQ(one.size() % 4096, 0U);
  EXPECT_EQ(one[1024], std::byte{0xE2});
  options.jobs = 8;
  EXPECT_EQ(test::image_of(tree, options), one);
  options.label = "other";
  EXPECT_NE(test::image_of(tree, options), one);
}

TEST(WriteImage, NamesTheFileThatCannotBeRead) {
  tree::Tree tree;
  EXPECT_TRUE(tree.put("/d/bad", test::file_of(test::sample_text(10), 5)));
  tree.finish();
  std::string reason;
  EXPECT_TRUE(test::image_of(tree, {}, &reason).empty());
  EXPECT_EQ(reason.substr(0, 7), "/d/bad:");
}

TEST(WriteImage, TellsHowFarItIs) {
  const tree::Tree tree = sample();
  Options options;
  std::uint64_t last = 0;
  std::uint64_t whole = 0;
  options.progress = [&](std::uint64_t done, std::uint64_t all) {
    EXPECT_GE(done, last);
    last = done;
    whole = all;
  };
  EXPECT_FALSE(test::image_of(tree, options).empty());
  EXPECT_EQ(last, 370100U);
  EXPECT_EQ(whole, last);
}

TEST(WriteImage, RefusesOptionsThatMakeNone) {
  std::string reason;
  EXPECT_TRUE(test::image_of(sample(), {.block_bits = 8}, &reason).empty());
  EXPECT_NE(reason.find("block"), std::string::npos);
}

}  // namespace
}  // namespace erofs::emit
