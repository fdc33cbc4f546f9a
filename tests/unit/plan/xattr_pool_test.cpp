// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/xattr_pool.h"

#include <gtest/gtest.h>

#include <string>

#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

const XattrNames& names() {
  static const XattrNames kNames;
  return kNames;
}

TEST(XattrPool, SharesWhatManyHave) {
  XattrPool pool(names(), true);
  const Attribute common{"user.common", "same-value"};
  for (int i = 0; i < 3; ++i) pool.count(common);
  pool.count({"user.uniq6", "v6"});
  pool.share(2);
  EXPECT_EQ(test::hex_of(pool.shared()),
            "06 01 0a 00 63 6f 6d 6d 6f 6e 73 61 6d 65 2d 76 61 6c 75 65");
  pool.settle(0x480, 12);
  const std::vector<Attribute> attributes = {
      common, {"user.empty", ""}, {"user.uniq6", "v6"}};
  EXPECT_EQ(pool.size(attributes), 40U);
  EXPECT_EQ(test::hex_of(pool.area(attributes)),
            "fb df fe ff 01 00 00 00 00 00 00 00 20 01 00 00 "
            "05 01 00 00 65 6d 70 74 79 00 00 00 "
            "05 01 02 00 75 6e 69 71 36 76 36 00");
}

TEST(XattrPool, WritesNothingForNothing) {
  XattrPool pool(names(), true);
  pool.share(2);
  EXPECT_EQ(pool.size({}), 0U);
  EXPECT_TRUE(pool.area({}).empty());
  EXPECT_TRUE(pool.shared().empty());
}

TEST(XattrPool, NamesAtMost255SharedOnes) {
  XattrPool pool(names(), false);
  std::vector<std::string> texts;
  for (int i = 1000; i < 1300; ++i) {
    texts.push_back("user.n" + std::to_string(i));
  }
  std::vector<Attribute> attributes;
  for (const std::string& text : texts) attributes.push_back({text, ""});
  for (const Attribute& each : attributes) pool.count(each);
  pool.share(0);
  const auto area = pool.area(attributes);
  EXPECT_EQ(area[4], std::byte{255});
  EXPECT_EQ(area.size(), 12U + 255 * 4 + 45 * 12);
  EXPECT_EQ(area.size(), pool.size(attributes));
}

TEST(XattrPool, RefusesWhatDoesNotFit) {
  XattrPool pool(names(), true);
  const std::string longest(65535, 'v');
  const std::string longer(65536, 'v');
  EXPECT_EQ(pool.complaint({"user.a", longest}), nullptr);
  EXPECT_NE(pool.complaint({"user.a", longer}), nullptr);
  EXPECT_NE(pool.complaint({"lustre.lov", ""}), nullptr);
  std::vector<Attribute> attributes = {
      {"user.a", longest}, {"user.b", longest}, {"user.c", longest}};
  EXPECT_EQ(pool.complaint(attributes), nullptr);
  attributes.push_back({"user.d", longest});
  EXPECT_NE(pool.complaint(attributes), nullptr);
}

}  // namespace
}  // namespace erofs::plan
