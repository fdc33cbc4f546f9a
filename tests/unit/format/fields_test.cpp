// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "format/fields.gen.h"

#include <gtest/gtest.h>

#include "format/superblock.gen.h"

namespace erofs::format {
namespace {

TEST(Fields, TileEveryStructure) {
  ASSERT_FALSE(structures().empty());
  for (const StructInfo& info : structures()) {
    std::size_t end = 0;
    for (const FieldInfo& field : info.fields) {
      EXPECT_EQ(field.at, end) << info.name << "." << field.name;
      end = std::size_t{field.at} + field.size;
      for (const BitsInfo& bits : field.bits) {
        EXPECT_LE(bits.shift + bits.width, field.size * 8) << bits.name;
      }
    }
    EXPECT_EQ(end, info.size) << info.name;
  }
}

TEST(Fields, AreFoundByTheStructuresName) {
  for (const StructInfo& info : structures()) {
    EXPECT_EQ(find_structure(info.name), &info) << info.name;
  }
  EXPECT_EQ(find_structure("Super"), nullptr);
  EXPECT_EQ(find_structure(""), nullptr);
}

TEST(Fields, AgreeWithTheViews) {
  const StructInfo* superblock = find_structure("Superblock");
  ASSERT_NE(superblock, nullptr);
  EXPECT_EQ(superblock->size, SuperblockView::kSize);
  EXPECT_EQ(superblock->fields.front().name, "magic");
  bool seen = false;
  for (const FieldInfo& field : superblock->fields) {
    if (field.name != "epoch") continue;
    seen = true;
    EXPECT_EQ(field.at, SuperblockView::kEpochAt);
    EXPECT_EQ(field.size, SuperblockView::kEpochSize);
    EXPECT_EQ(field.kind, 's');
    EXPECT_FALSE(field.reserved);
  }
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace erofs::format
