// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/names.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/check_image.h"

namespace erofs::test {
namespace {

// A root with a file for each of these names.
CheckImage named(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  std::vector<Child> children;
  std::vector<TestNode> nodes(1);
  for (const std::string& name : names) {
    children.push_back({name, nodes.size()});
    nodes.push_back(file("x"));
  }
  nodes[0] = directory(children);
  return CheckImage(nodes);
}

const Rules kControl{"directory.name.control"};
const Rules kUtf8{"directory.name.utf8"};
const Rules kAlike{"directory.name.alike"};
const Rules kWhiteout{"directory.name.whiteout"};

TEST(CheckNames, MentionsControlBytes) {
  EXPECT_EQ(rules(named({"a\nb"})), kControl);
  EXPECT_EQ(rules(named({"\x01"})), kControl);
  EXPECT_EQ(rules(named({"a\x1f"})), kControl);
  EXPECT_EQ(rules(named({"a\x7f"})), kControl);
  EXPECT_EQ(rules(named({" ~"})), Rules{});
  EXPECT_EQ(checked(named({"a\nb"})).exit_code(), 0);
}

TEST(CheckNames, MentionsWhatIsNoUtf8) {
  EXPECT_EQ(rules(named({"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"})),
            Rules{});
  for (const char* bad : {"\xe9", "\xc3", "a\x80", "\xed\xa0\x80", "\xc0\xaf",
                          "\xf4\x90\x80\x80"}) {
    EXPECT_EQ(rules(named({bad})), kUtf8);
  }
}

TEST(CheckNames, MentionsNamesThatCasesTellApart) {
  const auto image = named({"README", "b", "readme"});
  const auto report = checked(image);
  EXPECT_EQ(rules(report), kAlike);
  const auto& found = finding(report, RuleId::directory_name_alike);
  EXPECT_EQ(found.path, "/readme");
  EXPECT_EQ(found.value, 6U);
  EXPECT_EQ(rules(named({"k", "\xe2\x84\xaa"})), kAlike);  // the kelvin sign
  EXPECT_EQ(rules(named({"stra\xc3\x9f"
                         "e",
                         "STRASSE"})),
            kAlike);
}

TEST(CheckNames, MentionsNamesThatFormsTellApart) {
  EXPECT_EQ(rules(named({"\xc3\xa9", "e\xcc\x81"})), kAlike);
  // Marks in another order, and a letter that is no more than alike.
  EXPECT_EQ(rules(named({"a\xcc\x81\xcc\xa3", "a\xcc\xa3\xcc\x81"})), kAlike);
  EXPECT_EQ(rules(named({"a", "\xef\xbd\x81"})), Rules{});
}

TEST(CheckNames, MentionsNamesThatTheirEndsTellApart) {
  EXPECT_EQ(rules(named({"a", "a."})), kAlike);
  EXPECT_EQ(rules(named({"a", "A . "})), kAlike);
  EXPECT_EQ(rules(named({"...", "...."})), kAlike);
  EXPECT_EQ(rules(named({".a", "a", "a.b", "...", "a b"})), Rules{});
}

TEST(CheckNames, MentionsMarksOfLayers) {
  EXPECT_EQ(rules(named({".wh.a"})), kWhiteout);
  EXPECT_EQ(rules(named({".wh."})), kWhiteout);
  EXPECT_EQ(rules(named({".wh", ".whb", "a.wh.b"})), Rules{});
}

TEST(CheckNames, FoldsTheLongestName) {
  std::string marks = "a";
  while (marks.size() + 2 <= 255) marks += "\xcc\x81";
  std::string wide;
  while (wide.size() + 2 <= 255) wide += "\xce\x90";  // three code points
  EXPECT_EQ(rules(named({marks, wide})), Rules{});
}

TEST(CheckNames, JudgesEachDirectoryAlone) {
  EXPECT_EQ(
      rules(CheckImage({directory({{"A", 1}, {"b", 2}}), directory({{"c", 3}}),
                        directory({{"C", 4}}), file("x"), file("y")})),
      Rules{});
}

TEST(CheckNames, FindsOneAmongThousands) {
  std::vector<std::string> names;
  for (int i = 10000; i < 13000; ++i) names.push_back(std::to_string(i) + "x");
  EXPECT_EQ(rules(named(names)), Rules{});
  names.push_back("12999X");
  EXPECT_EQ(checked(named(names)).count_of(RuleId::directory_name_alike), 1U);
}

TEST(CheckNames, ChargesWhatItKeeps) {
  std::vector<std::string> names;
  for (int i = 10000; i < 13000; ++i) names.push_back(std::to_string(i));
  const auto image = named(names);
  const auto peak = checked(image).memory_peak;
  const image::MemorySource source(view(image.bytes));
  Limits limits = check::default_limits({source, {}});
  limits.memory = peak;
  EXPECT_EQ(rules(checked(image, limits)), Rules{});
  limits.memory = peak / 4;
  EXPECT_TRUE(rules(checked(image, limits)).contains("limit.memory.reached"));
}

}  // namespace
}  // namespace erofs::test
