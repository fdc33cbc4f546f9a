// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/mtree_read.h"

#include <gtest/gtest.h>

#include <array>
#include <sstream>
#include <string>

#include "support/matchers.h"
#include "support/scratch.h"

namespace erofs::tree {
namespace {

const std::string kHead =
    "#mtree\n"
    "/set type=file uid=1 gid=2 mode=644 time=5.000000007\n"
    ". type=dir mode=0755\n";

class MtreeRead : public ::testing::Test {
 protected:
  Outcome<Tree> tree_of(const std::string& text) {
    std::istringstream lines(text);
    notes_.clear();
    options_.directory = scratch_.path();
    return read_mtree(lines, options_, notes_);
  }
  // Where and why it fails; nothing where it does not.
  std::string trouble_of(const std::string& text) {
    const auto tree = tree_of(text);
    return tree ? "" : tree.error().where + ": " + tree.error().reason;
  }

  test::Scratch scratch_;
  MtreeOptions options_;
  Notes notes_;
};

TEST_F(MtreeRead, TakesWhatLinesSay) {
  scratch_.write("five", "hello");
  const auto tree = tree_of(
      kHead +
      "    a\\040b contents=five size=5 \\\n"
      "        mode=4755 inode=7 nlink=2 "
      "sha256=2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
      "\n"
      "    d type=dir mode=700\n"
      "        l type=link link=x\\040y\n"
      "        /unset gid\n"
      "        c type=char device=linux,8,70000 gid=9\n"
      "        b type=block device=native,1,2 gid=9\n"
      "        n type=char device=259 gid=9\n"
      "    ..\n"
      "    five gid=3 time=-3\n"
      "..\n"
      "./d/again inode=7 nlink=2 gid=2\n"
      "./e/f type=fifo gid=2\n"
      "./e type=dir gid=2 mode=711\n");
  ASSERT_TRUE(tree) << tree.error().where << tree.error().reason;
  EXPECT_EQ(tree->at(Tree::kRoot).mode, 0755);
  EXPECT_EQ(tree->at(Tree::kRoot).children.size(), 4U);
  const Node& file = tree->at(*tree->find("/a b"));
  EXPECT_EQ(tree->find("/d/again"), tree->find("/a b"));
  EXPECT_EQ(file.nlink, 2U);
  EXPECT_EQ(file.mode, 04755);
  EXPECT_EQ(file.mtime_sec, 5);
  EXPECT_EQ(file.mtime_nsec, 7U);
  std::array<std::byte, 5> bytes{};
  ASSERT_THAT(file.content->read(0, MutableBytes(bytes)), test::Succeeds());
  EXPECT_EQ(ByteView(bytes).text(), "hello");
  EXPECT_EQ(tree->at(*tree->find("/d/l")).target, "x y");
  EXPECT_EQ(tree->at(*tree->find("/d/c")).rdev_minor, 70000U);
  EXPECT_EQ(tree->at(*tree->find("/d/b")).rdev_major, 1U);
  EXPECT_EQ(tree->at(*tree->find("/d/n")).rdev_minor, 3U);
  EXPECT_EQ(tree->at(*tree->find("/five")).size, 5U);
  EXPECT_EQ(tree->at(*tree->find("/five")).gid, 3U);
  EXPECT_EQ(tree->at(*tree->find("/five")).mtime_sec, -3);
  EXPECT_EQ(tree->at(*tree->find("/e")).mode, 0711);
}

TEST_F(MtreeRead, NamesTheFileThatIsWrong) {
  scratch_.write("five", "hello");
  for (const std::string bad : {"f size=5 contents=none",
                                "f size=5",
                                "f size=4 contents=five",
                                "f contents=.",
                                "f contents=\\9",
                                "f contents=five sha256=00",
                                "f",
                                "f type=odd size=0",
                                "f mode=u+r size=0",
                                "f mode=10000 size=0",
                                "f uid=-1 size=0",
                                "f gid=4294967296 size=0",
                                "f size=x",
                                "f time=x size=0",
                                "f time=1.1000000000 size=0",
                                "f inode=x size=0",
                                "f type=char",
                                "f type=char device=sunos,1,2",
                                "f type=char device=linux,1",
                                "f type=link",
                                "f type=link link=\\000",
                                "f link=x size=0",
                                "f type=fifo contents=five",
                                "a size=0",
                                "d type=dir",
                                "d/e/f size=0\n./d/e size=0"}) {
    const std::string text = kHead + "a size=0\n./d type=dir\n" + bad + "\n";
    const std::string reason = trouble_of(text);
    EXPECT_EQ(reason.substr(0, 5), "line ") << bad << ": " << reason;
    EXPECT_NE(reason.find(": /"), std::string::npos) << bad << reason;
  }
  EXPECT_EQ(trouble_of(kHead + "..\n..\n"), "line 5: leaves the root");
  EXPECT_NE(trouble_of(kHead + "a/../b size=0"), "");
  EXPECT_NE(trouble_of(kHead + std::string(300, 'n') + " size=0"), "");
  std::string deep = kHead;
  for (int i = 0; i < 2100; ++i) deep += "d type=dir\n";
  EXPECT_NE(trouble_of(deep).find("4095"), std::string::npos);
}

TEST_F(MtreeRead, WantsAllOfIt) {
  EXPECT_NE(trouble_of(". type=dir mode=755 uid=0 gid=0 time=0\n"), "");
  options_.marked = false;
  EXPECT_EQ(trouble_of(". type=dir mode=755 uid=0 gid=0 time=0\n"), "");
  EXPECT_EQ(trouble_of(". mode=755 uid=0 gid=0 time=0\n"),
            "line 1: /: has no type");
  EXPECT_EQ(trouble_of(". type=dir uid=0 gid=0 time=0\n"),
            "line 1: /: has no mode");
  EXPECT_EQ(trouble_of(". type=dir mode=755 uid=0 time=0\n"),
            "line 1: /: has no gid");
  EXPECT_EQ(trouble_of(". type=dir mode=755 uid=0 gid=0\n"),
            "line 1: /: has no time");
  options_.owners = options_.times = false;
  EXPECT_EQ(trouble_of(". type=dir mode=755\n"), "");
  EXPECT_EQ(trouble_of("./a type=file mode=644 size=0").substr(0, 1), "/");
  EXPECT_EQ(trouble_of(". type=dir mode=755\n"
                       "./a/b/c type=file mode=644 size=0\n"
                       "./a/b type=dir mode=755\n"),
            "/a: has no line, but files in it have");
}

TEST_F(MtreeRead, LeavesOutWhatIsOptional) {
  const auto tree = tree_of(kHead + "f optional contents=none size=3\n");
  ASSERT_TRUE(tree);
  EXPECT_FALSE(tree->find("/f"));
  ASSERT_EQ(notes_.size(), 1U);
  EXPECT_EQ(notes_[0].where, "/f");
}

}  // namespace
}  // namespace erofs::tree
