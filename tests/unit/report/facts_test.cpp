// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/facts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "format/limits.gen.h"

namespace erofs::report {
namespace {

std::string text_of(const std::vector<Fact>& facts, const std::string& name) {
  const auto fact =
      std::find_if(facts.begin(), facts.end(),
                   [&](const Fact& each) { return each.name == name; });
  return fact == facts.end() ? "absent" : fact->text;
}

TEST(ImageFacts, SayWhatIsNotKnown) {
  const auto facts = image_facts({});
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(text_of(facts, "image"), "0 bytes");
  EXPECT_EQ(text_of(facts, "superblock"), "cannot be read");
}

TEST(ImageFacts, TellOfTheSuperblock) {
  check::Summary summary;
  summary.known = true;
  summary.image_bytes = 8192;
  summary.block_size = 8192;
  summary.blocks = 1;
  summary.label = "a\xff";
  summary.build_time = 5;
  const auto facts = image_facts(summary);
  EXPECT_EQ(text_of(facts, "image"), "8.0 KiB (8192 bytes)");
  EXPECT_EQ(text_of(facts, "blocks"), "1 of 8192 bytes");
  EXPECT_EQ(text_of(facts, "label"), "a%FF");
  EXPECT_EQ(text_of(facts, "built"), "1970-01-01 00:00:05 UTC");
  EXPECT_EQ(text_of(facts, "epoch"), "absent");
  EXPECT_EQ(text_of(facts, "needs"),
            "Linux >= 6.4, pages of at least 8192 bytes");
  EXPECT_EQ(text_of(facts, "xattr prefixes"), "absent");
}

TEST(InventoryCounts, LeaveOutKindsThatThereAreNone) {
  check::Inventory inventory;
  inventory.inodes = 3;
  inventory.by_type[static_cast<std::size_t>(format::ModeType::kFifo)] = 2;
  const auto counts = inventory_counts(inventory);
  EXPECT_EQ(counts[0].name, "inodes");
  EXPECT_EQ(counts[0].number, 3U);
  EXPECT_EQ(counts[1].name, "  fifo");
  EXPECT_EQ(counts[1].number, 2U);
  EXPECT_EQ(counts[2].name, "  compact");
  EXPECT_EQ(counts.back().name, "deepest directory");
}

}  // namespace
}  // namespace erofs::report
