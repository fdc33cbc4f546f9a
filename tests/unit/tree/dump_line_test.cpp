// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/dump_line.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace erofs::tree {
namespace {

const std::string kDigest(64, 'a');

TEST(DumpLine, TakesEveryField) {
  const auto line = parse_dump_line(
      "/a\\x20b 12 104755 3 1 4294967295 259 -5.000000007 x/y z\\n\\t\\r\\\\ " +
      kDigest + " user.b=1=2 user.a=\\x00 user.\\x3d=");
  ASSERT_TRUE(line) << line.error().reason;
  EXPECT_EQ(line->path, "/a b");
  EXPECT_EQ(line->size, 12U);
  EXPECT_EQ(line->mode, 0104755U);
  EXPECT_FALSE(line->link);
  EXPECT_EQ(line->gid, 4294967295U);
  EXPECT_EQ(line->rdev, 259U);
  EXPECT_EQ(line->mtime_sec, -5);
  EXPECT_EQ(line->mtime_nsec, 7U);
  EXPECT_EQ(line->payload, "x/y");
  EXPECT_EQ(line->content, "z\n\t\r\\");
  EXPECT_EQ(line->digest, kDigest);
  EXPECT_EQ(line->xattrs, (std::vector<Xattr>{{"user.=", ""},
                                              {"user.a", std::string("\0", 1)},
                                              {"user.b", "1=2"}}));
}

TEST(DumpLine, KnowsWhatIsUnset) {
  const auto line = parse_dump_line("/f 0 100644 1 0 0 0 0.0 - \\x2d - ");
  ASSERT_TRUE(line) << line.error().reason;
  EXPECT_FALSE(line->payload);
  EXPECT_EQ(line->content, "-");
  EXPECT_FALSE(line->digest);
  EXPECT_TRUE(line->xattrs.empty());
}

TEST(DumpLine, ReadsOfALinkOnlyWhatCounts) {
  const auto line = parse_dump_line("/f - @100644 - - - - - /g - odd");
  ASSERT_TRUE(line) << line.error().reason;
  EXPECT_TRUE(line->link);
  EXPECT_EQ(line->mode, 0100644U);
  EXPECT_EQ(line->payload, "/g");
}

TEST(DumpLine, NamesTheFieldThatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "fields"},
      {"/f 0 100644 1 0 0 0 0.0 - -", "10 fields"},
      {"/f\\ 0 100644 1 0 0 0 0.0 - - -", "PATH"},
      {"/f\\x2 0 100644 1 0 0 0 0.0 - - -", "PATH"},
      {"/f -1 100644 1 0 0 0 0.0 - - -", "SIZE"},
      {"/f 9223372036854775808 100644 1 0 0 0 0.0 - - -", "SIZE"},
      {"/f 0 100648 1 0 0 0 0.0 - - -", "MODE"},
      {"/f 0 200000 1 0 0 0 0.0 - - -", "MODE"},
      {"/f 0 @@100644 1 0 0 0 0.0 - - -", "MODE"},
      {"/f 0 100644 x 0 0 0 0.0 - - -", "NLINK"},
      {"/f 0 100644 1 4294967296 0 0 0.0 - - -", "UID"},
      {"/f 0 100644 1 0 0x1 0 0.0 - - -", "GID"},
      {"/f 0 100644 1 0 0  0.0 - - -", "RDEV"},
      {"/f 0 100644 1 0 0 0 0 - - -", "MTIME"},
      {"/f 0 100644 1 0 0 0 0. - - -", "MTIME"},
      {"/f 0 100644 1 0 0 0 0.1000000000 - - -", "MTIME"},
      {"/f 0 100644 1 0 0 0 0.0 \\q - -", "PAYLOAD"},
      {"/f 0 100644 1 0 0 0 0.0 - \\xg0 -", "CONTENT"},
      {"/f 0 100644 1 0 0 0 0.0 - - abc", "DIGEST"},
      {"/f 0 100644 1 0 0 0 0.0 - - - novalue", "KEY=VALUE"},
      {"/f 0 100644 1 0 0 0 0.0 - - - =v", "KEY=VALUE"},
      {"/f 0 100644 1 0 0 0 0.0 - - - a=1  b=2", "KEY=VALUE"},
      {"/f 0 100644 1 0 0 0 0.0 - - - a=\\", "escape"},
      {"/f 0 100644 1 0 0 0 0.0 - - - a\\x00=1", "NUL"},
      {"/f 0 100644 1 0 0 0 0.0 - - - a=1 \\x61=2", "twice"},
  };
  for (const auto& [text, word] : cases) {
    const auto line = parse_dump_line(text);
    ASSERT_FALSE(line) << text;
    EXPECT_NE(line.error().reason.find(word), std::string::npos)
        << text << ": " << line.error().reason;
  }
}

}  // namespace
}  // namespace erofs::tree
