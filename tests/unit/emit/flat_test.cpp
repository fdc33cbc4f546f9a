// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/flat.h"

#include <gtest/gtest.h>

#include "support/emit_fixture.h"
#include "support/hex_bytes.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

tree::Tree one(tree::Node node) {
  tree::Tree tree;
  EXPECT_TRUE(tree.put("/file", std::move(node)));
  tree.finish();
  return tree;
}

TEST(FlatFile, KeepsItsEndBehindTheInode) {
  const auto text = test::sample_text(5000);
  test::Emitting image(one(test::file_of(text)));
  FlatFile file(image.context, 1, 5000, true);
  file.add(ByteView(text).head(4096));
  file.add(*ByteView(text).from(4096));
  const std::vector<std::byte>& bytes = image.bytes();
  EXPECT_EQ(ByteView(bytes).slice(8192, 4096)->text(),
            ByteView(text).head(4096).text());
  EXPECT_EQ(ByteView(bytes).slice(4096 + 32, 904)->text(),
            ByteView(text).from(4096)->text());
  EXPECT_EQ(bytes[4096], std::byte{4});  // flat_inline
  EXPECT_EQ(bytes[4096 + 0x10], std::byte{2});
}

TEST(FlatFile, PadsItsLastBlock) {
  const auto text = test::sample_text(5000);
  test::Emitting image(one(test::file_of(text)));
  FlatFile file(image.context, 1, 5000, false);
  file.add(ByteView(text));
  const std::vector<std::byte>& bytes = image.bytes();
  EXPECT_EQ(bytes.size(), 4 * 4096U);
  EXPECT_EQ(bytes[4096], std::byte{0});  // flat_plain
  EXPECT_FALSE(ByteView(bytes).from(8192 + 5000)->find_nonzero());
}

TEST(Special, AreInodesAlone) {
  tree::Node link;
  link.type = tree::Type::kLnk;
  link.target = "to";
  test::Emitting image(one(link));
  write_special(image.context, 1);
  EXPECT_EQ(test::hex_of(std::span(image.bytes()).subspan(4096 + 32, 2)),
            "74 6f");
}

TEST(Special, NamesADeviceThatDoesNotFit) {
  tree::Node device;
  device.type = tree::Type::kChr;
  device.rdev_major = 4096;
  test::Emitting image(one(device));
  write_special(image.context, 1);
  ASSERT_TRUE(image.context.trouble);
  EXPECT_EQ(image.context.trouble->where, "/file");
}

}  // namespace
}  // namespace erofs::emit
