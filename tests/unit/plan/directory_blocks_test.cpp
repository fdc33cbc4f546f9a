// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/directory_blocks.h"

#include <gtest/gtest.h>

#include <string>

#include "support/hex_bytes.h"

namespace erofs::plan {
namespace {

using format::FileType;

TEST(DirectoryBlocks, PutNamesBehindTheEntries) {
  const std::vector<DirectoryEntry> entries = {{".", 36, FileType::kDirectory},
                                               {"..", 36, FileType::kDirectory},
                                               {"a", 0x27, FileType::kRegular}};
  EXPECT_EQ(directory_size(entries, 4096), 40U);
  EXPECT_EQ(test::hex_of(directory_bytes(entries, 4096)),
            "24 00 00 00 00 00 00 00 24 00 02 00 "
            "24 00 00 00 00 00 00 00 25 00 02 00 "
            "27 00 00 00 00 00 00 00 27 00 01 00 2e 2e 2e 61");
}

TEST(DirectoryBlocks, FillBlocksAndPadAllButTheLast) {
  const std::string name(255, 'n');
  // One entry takes 267 of 512 bytes: each has a block of its own.
  const std::vector<DirectoryEntry> entries(3, {name, 1, FileType::kRegular});
  EXPECT_EQ(directory_size(entries, 512), 2 * 512U + 267);
  const auto bytes = directory_bytes(entries, 512);
  ASSERT_EQ(bytes.size(), 2 * 512U + 267);
  EXPECT_EQ(bytes[267], std::byte{0});
  EXPECT_EQ(bytes[512], std::byte{1});
}

TEST(DirectoryBlocks, MayEndWithABlock) {
  const std::string name(244, 'n');
  const std::vector<DirectoryEntry> entries(2, {name, 1, FileType::kRegular});
  EXPECT_EQ(directory_size(entries, 512), 512U);
  EXPECT_EQ(directory_bytes(entries, 512).size(), 512U);
}

}  // namespace
}  // namespace erofs::plan
