// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/composefs_read.h"

#include <gtest/gtest.h>

#include <array>
#include <sstream>
#include <string>

#include "support/matchers.h"

namespace erofs::tree {
namespace {

const std::string kRoot = "/ 4096 40755 2 0 0 0 1.5 - - -\n";

Outcome<Tree> tree_of(const std::string& text, DumpUse use) {
  std::istringstream lines(text);
  return read_composefs_dump(lines, use);
}

TEST(ComposefsRead, TakesWhatLinesSay) {
  const auto tree =
      tree_of(kRoot +
                  "/again 0 @100644 1 0 0 0 0.0 /d/f - -\n"
                  "/d 0 40700 1 3 4 0 0.0 - - - trusted.overlay.opaque=y\n"
                  "/d/f 3 104644 2 1 2 0 7.8 - a\\nb - user.k=v\n"
                  "/d/l 4 120777 1 0 0 0 0.0 ../x - -\n"
                  "/d/c 0 20600 1 0 0 66305 0.0 - - -\n"
                  "/d/p 0 10600 1 0 0 0 0.0 - - -\n"
                  "/d/e 0 100600 1 0 0 0 0.0 - - -",
              DumpUse::kPlain);
  ASSERT_TRUE(tree) << tree.error().where << tree.error().reason;
  EXPECT_EQ(tree->at(Tree::kRoot).mtime_sec, 1);
  EXPECT_EQ(tree->at(Tree::kRoot).children.size(), 2U);
  EXPECT_EQ(tree->at(*tree->find("/d")).xattrs[0].name,
            "trusted.overlay.opaque");
  const Node& file = tree->at(*tree->find("/d/f"));
  EXPECT_EQ(tree->find("/again"), tree->find("/d/f"));
  EXPECT_EQ(file.nlink, 2U);
  EXPECT_EQ(file.mode, 04644);
  EXPECT_EQ(file.gid, 2U);
  EXPECT_EQ(file.mtime_nsec, 8U);
  EXPECT_EQ(file.xattrs, (std::vector<Xattr>{{"user.k", "v"}}));
  std::array<std::byte, 3> bytes{};
  ASSERT_THAT(file.content->read(0, MutableBytes(bytes)), test::Succeeds());
  EXPECT_EQ(ByteView(bytes).text(), "a\nb");
  EXPECT_EQ(tree->at(*tree->find("/d/l")).target, "../x");
  EXPECT_EQ(tree->at(*tree->find("/d/c")).rdev_major, 259U);
  EXPECT_EQ(tree->at(*tree->find("/d/c")).rdev_minor, 1U);
  EXPECT_EQ(tree->at(*tree->find("/d/p")).type, Type::kFifo);
  EXPECT_EQ(tree->at(*tree->find("/d/e")).size, 0U);
}

TEST(ComposefsRead, MakesALayerOfContentElsewhere) {
  const auto tree = tree_of(kRoot +
                                "/far 5 100644 1 0 0 0 0.0 ab/cd - -"
                                " trusted.overlay.redirect=/x\n"
                                "/nowhere 5 100644 1 0 0 0 0.0 - - -\n"
                                "/empty 0 100644 1 0 0 0 0.0 ab/cd - -\n",
                            DumpUse::kLayer);
  ASSERT_TRUE(tree) << tree.error().where << tree.error().reason;
  const Node& far = tree->at(*tree->find("/far"));
  EXPECT_EQ(far.size, 5U);
  EXPECT_EQ(far.content, nullptr);
  EXPECT_EQ(far.xattrs,
            (std::vector<Xattr>{{"trusted.overlay.metacopy", ""},
                                {"trusted.overlay.overlay.redirect", "/x"},
                                {"trusted.overlay.redirect", "/ab/cd"}}));
  EXPECT_EQ(tree->at(*tree->find("/nowhere")).xattrs.size(), 1U);
  EXPECT_TRUE(tree->at(*tree->find("/empty")).xattrs.empty());
  EXPECT_TRUE(tree->find("/ff"));
}

TEST(ComposefsRead, NamesTheLineThatIsWrong) {
  const std::string digest(64, '0');
  for (const std::string& bad :
       {std::string("/f"),
        std::string("f 0 100644 1 0 0 0 0.0 - - -"),
        std::string("/ 0 40755 1 0 0 0 0.0 - - -"),
        std::string("/. 0 40755 1 0 0 0 0.0 - - -"),
        std::string("/.. 0 40755 1 0 0 0 0.0 - - -"),
        std::string("/f/ 0 40755 1 0 0 0 0.0 - - -"),
        std::string("//f 0 40755 1 0 0 0 0.0 - - -"),
        std::string("/no/f 0 100644 1 0 0 0 0.0 - - -"),
        std::string("/a/f 0 100644 1 0 0 0 0.0 - - -"),
        std::string("/a 0 100644 1 0 0 0 0.0 - - -"),
        std::string("/f 0 644 1 0 0 0 0.0 - - -"),
        std::string("/f 3 100644 1 0 0 0 0.0 - abcd -"),
        std::string("/f 4 100644 1 0 0 0 0.0 x abcd -"),
        std::string("/f 4 100644 1 0 0 0 0.0 - abcd ") + digest,
        std::string("/f 4 100644 1 0 0 0 0.0 \\x00 - -"),
        std::string("/f 0 120777 1 0 0 0 0.0 - - -"),
        std::string("/f 1 120777 1 0 0 0 0.0 \\x00 - -"),
        std::string("/f 1 120777 1 0 0 0 0.0 x y -"),
        std::string("/f 0 40755 1 0 0 0 0.0 x - -"),
        std::string("/f\\x00 0 100644 1 0 0 0 0.0 - - -"),
        std::string("/f 0 @100644 1 0 0 0 0.0 - - -"),
        std::string("/f 0 @100644 1 0 0 0 0.0 /f - -"),
        std::string("/f 0 @100644 1 0 0 0 0.0 /none - -"),
        std::string("/f 0 @40755 1 0 0 0 0.0 / - -"),
        std::string("/" + std::string(256, 'n') +
                    " 0 100644 1 0 0 0 0.0 - - -"),
        std::string()}) {
    const auto tree =
        tree_of(kRoot + "/a 0 100644 1 0 0 0 0.0 - - -\n" + bad + "\n",
                DumpUse::kLayer);
    ASSERT_FALSE(tree) << bad;
    EXPECT_EQ(tree.error().where, "line 3") << bad;
    EXPECT_FALSE(tree.error().reason.empty()) << bad;
  }
}

TEST(ComposefsRead, WantsTheRootAndAllContent) {
  EXPECT_EQ(tree_of("", DumpUse::kPlain).error().where, "the dump");
  EXPECT_EQ(
      tree_of("/a 0 40755 1 0 0 0 0.0 - - -", DumpUse::kPlain).error().where,
      "line 1");
  EXPECT_EQ(
      tree_of("/ 0 100644 1 0 0 0 0.0 - - -", DumpUse::kPlain).error().where,
      "line 1");
  const auto far =
      tree_of(kRoot + "/f 5 100644 1 0 0 0 0.0 x - -", DumpUse::kPlain);
  ASSERT_FALSE(far);
  EXPECT_NE(far.error().reason.find("no CONTENT"), std::string::npos);
}

TEST(ComposefsRead, EndsWithALineThatDoesNotEnd) {
  std::string text = kRoot + "/f 0 100644 1 0 0 0 0.0 - ";
  text.append((std::size_t{1} << 26) + 1, 'x');
  const auto tree = tree_of(text, DumpUse::kPlain);
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().where, "line 2");
}

}  // namespace
}  // namespace erofs::tree
