// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"

namespace erofs::test {
namespace {

// Content up to behind the last place that is looked at.
CheckImage sample(std::string content = std::string(100000, 'x')) {
  TestNode node = file(std::move(content));
  node.layout = format::Layout::kFlatPlain;
  return CheckImage({directory({{"a", 1}}), node});
}

TEST(CheckMagic, FindsTables) {
  CheckImage image = sample();
  image.put(510, hex("55aa"));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), (Rules{"space.boot.zero", "space.magic.table"}));
  const auto found = finding(report, RuleId::space_magic_table);
  EXPECT_EQ(found.where, (Place{0, 510}));
  EXPECT_EQ(found.value, 0x55AAU);
}

TEST(CheckMagic, FindsFileSystemsInContent) {
  const std::string iso =
      "\x01"
      "CD001";
  const CheckImage none = sample();
  EXPECT_EQ(rules(none), Rules{});
  std::string content(100000, 'x');
  content.replace(0x8000 - none.data(1), iso.size(), iso);
  const auto report = checked(sample(content));
  EXPECT_EQ(rules(report), Rules{"space.magic.filesystem"});
  EXPECT_EQ(finding(report, RuleId::space_magic_filesystem).where,
            (Place{0, 0x8001}));
}

TEST(CheckMagic, FindsFilesThatBeginOtherwise) {
  CheckImage image = sample();
  image.put(257, hex("7573746172"));
  EXPECT_EQ(rules(image), (Rules{"space.boot.zero", "space.magic.file"}));
}

TEST(CheckMagic, FindsTheEndOfAnArchive) {
  const std::string record = std::string("PK\x05\x06") + std::string(18, '\0');
  // Within content, an archive may well be at the end of a block.
  const std::size_t block = 4096;
  std::string content(2 * block - record.size(), 'x');
  EXPECT_EQ(rules(sample(content + record)), Rules{"space.magic.file"});
  EXPECT_EQ(rules(sample(record + content)), Rules{});
  CheckImage image = sample("x");
  const std::size_t end = image.bytes.size();
  image.bytes.resize(end + 500);
  image.put(end + 100, hex("504b0506"));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), (Rules{"superblock.blocks.trailing",
                                  "space.trailing.zero", "space.magic.file"}));
  EXPECT_EQ(finding(report, RuleId::space_magic_file).where,
            (Place{0, end + 100}));
}

}  // namespace
}  // namespace erofs::test
