// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/manifest_read.h"

#include <gtest/gtest.h>

#include <array>
#include <sstream>
#include <string>

#include "support/matchers.h"
#include "support/scratch.h"

namespace erofs::tree {
namespace {

using test::Succeeds;

Outcome<Tree> tree_of(const std::string& text, const std::string& at = ".") {
  std::istringstream lines(text);
  return read_manifest(lines, at);
}

TEST(ManifestRead, TakesWhatLinesSay) {
  const test::Scratch scratch;
  scratch.write("five", "hello");
  const auto tree = tree_of(
      R"({"path":"/","type":"dir","mode":"0700","uid":3,"gid":4,"ino":1})"
      "\n"
      R"({"path":"/a%20b","type":"reg","mode":"4755","uid":4294967295,)"
      R"("size":5,"ino":9,"nlink":2,"mtime_sec":-3,"mtime_nsec":5,)"
      R"("source":"five","xattrs":{"user.%25":"AAE="},)"
      R"("sha256":)"
      R"("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"})"
      "\n"
      R"({"path":"/h","type":"reg","mode":"4755","nlink":2,"ino":9})"
      "\n"
      R"({"path":"/c","type":"chr","mode":"0","rdev":[1,70000]})"
      "\n"
      R"({"path":"/d","type":"reg","mode":"0","data":"aGk="})"
      "\n"
      R"({"path":"/l","type":"lnk","mode":"777","target":"x%0Ay"})"
      "\n",
      scratch.path());
  ASSERT_TRUE(tree) << tree.error().where << tree.error().reason;
  EXPECT_EQ(tree->at(Tree::kRoot).mode, 0700);
  const Node& file = tree->at(*tree->find("/a b"));
  EXPECT_EQ(file.mode, 04755);
  EXPECT_EQ(file.uid, 4294967295U);
  EXPECT_EQ(file.mtime_sec, -3);
  EXPECT_EQ(file.nlink, 2U);
  EXPECT_EQ(file.xattrs,
            (std::vector<Xattr>{{"user.%", std::string("\0\1", 2)}}));
  std::array<std::byte, 5> bytes{};
  ASSERT_THAT(file.content->read(0, MutableBytes(bytes)), Succeeds());
  EXPECT_EQ(ByteView(bytes).text(), "hello");
  EXPECT_EQ(tree->find("/h"), tree->find("/a b"));
  EXPECT_EQ(tree->at(*tree->find("/c")).rdev_minor, 70000U);
  EXPECT_EQ(tree->at(*tree->find("/d")).size, 2U);
  EXPECT_EQ(tree->at(*tree->find("/l")).target, "x\ny");
}

TEST(ManifestRead, NamesTheLineThatIsWrong) {
  const std::string good = R"({"path":"/a","type":"fifo","mode":"644"})"
                           "\n";
  const std::string file = R"({"path":"/f","type":"reg","mode":"644",)";
  for (const std::string& bad :
       {std::string("no json"), std::string("[1]"), std::string("{}"),
        std::string(R"({"path":"/%","type":"reg","mode":"1"})"),
        std::string(R"({"path":"/b","type":"odd","mode":"1"})"),
        std::string(R"({"path":"/b","type":"reg","mode":"17777"})"),
        std::string(R"({"path":"/../b","type":"reg","mode":"1"})"),
        std::string(R"({"path":"/b","type":"chr","mode":"1"})"),
        file + R"("size":3})", file + R"("uid":4294967296})",
        file + R"("uid":-1})", file + R"("mtime_nsec":1000000000})",
        file + R"("mtime_sec":18446744073709551615})",
        file + R"("data":"aGk=","size":3})", file + R"("data":"aGk"})",
        file + R"("data":"aGk=","sha256":"00"})",
        file + R"("source":"none-such"})", file + R"("xattrs":{"a":1}})",
        file + R"("data":"","source":"x"})"}) {
    const auto tree = tree_of(good + bad);
    ASSERT_FALSE(tree) << bad;
    EXPECT_EQ(tree.error().where, "line 2") << bad;
  }
}

}  // namespace
}  // namespace erofs::tree
