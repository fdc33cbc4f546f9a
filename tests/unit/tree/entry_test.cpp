// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/entry.h"

#include <gtest/gtest.h>

namespace erofs::tree {
namespace {

TEST(TypeName, IsWhatManifestsSay) {
  EXPECT_EQ(type_name(Type::kReg), "reg");
  EXPECT_EQ(type_name(Type::kDir), "dir");
  EXPECT_EQ(type_name(Type::kLnk), "lnk");
  EXPECT_EQ(type_name(Type::kChr), "chr");
  EXPECT_EQ(type_name(Type::kBlk), "blk");
  EXPECT_EQ(type_name(Type::kFifo), "fifo");
  EXPECT_EQ(type_name(Type::kSock), "sock");
}

}  // namespace
}  // namespace erofs::tree
