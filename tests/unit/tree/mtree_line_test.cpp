// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/mtree_line.h"

#include <gtest/gtest.h>

#include <string>

namespace erofs::tree {
namespace {

using Kind = MtreeLine::Kind;

TEST(MtreeLine, TellsKindsApart) {
  for (const char* nothing : {"", "  \t", "#mtree v2.0", "  # a=b"}) {
    EXPECT_EQ(parse_mtree_line(nothing)->kind, Kind::kNothing) << nothing;
  }
  EXPECT_EQ(parse_mtree_line("\t..\r")->kind, Kind::kUp);
  const auto set = parse_mtree_line("/set type=file uid=0  flags=none");
  ASSERT_TRUE(set);
  EXPECT_EQ(set->kind, Kind::kSet);
  EXPECT_EQ(set->keywords.size(), 2U + 1U);
  const auto unset = parse_mtree_line("/unset uid all");
  ASSERT_TRUE(unset);
  EXPECT_EQ(unset->kind, Kind::kUnset);
  EXPECT_EQ(unset->keywords.count("all"), 1U);
  const auto file = parse_mtree_line("  a\\040b size=3 optional link=a=b");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->kind, Kind::kFile);
  EXPECT_EQ(file->name, "a b");
  EXPECT_EQ(file->keywords,
            (MtreeKeywords{{"link", "a=b"}, {"optional", ""}, {"size", "3"}}));
}

TEST(MtreeLine, SaysWhatNoImageHolds) {
  for (const std::string bad :
       {"/get a", "/set odd=1", "a odd=1", "a flags=schg", "a nochange",
        "a ignore", "a uid=1 uid=2", "a\\9 uid=1", "a\\", "a\\400"}) {
    const auto line = parse_mtree_line(bad);
    ASSERT_FALSE(line) << bad;
    EXPECT_FALSE(line.error().reason.empty()) << bad;
  }
  EXPECT_TRUE(parse_mtree_line("a flags= uname=root cksum=1 tags=x"));
}

TEST(MtreeLine, KnowsTheEscapesOfNames) {
  EXPECT_EQ(unvis("a\\011\\134\\\\\\s\\t\\n\\#z"), "a\t\\\\ \t\n#z");
  EXPECT_EQ(unvis("\\377"), "\xff");
  EXPECT_EQ(unvis("\\000"), std::string(1, '\0'));
  for (const char* bad : {"\\", "\\1", "\\12", "\\400", "\\8", "\\x41"}) {
    EXPECT_EQ(unvis(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace erofs::tree
