// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/facts.h"

#include <gtest/gtest.h>

#include "read/node.h"
#include "support/tree_image.h"

namespace erofs::extract {
namespace {

using test::Succeeds;

std::map<std::string, tree::Entry> entries(test::OpenImage& image) {
  std::map<std::string, tree::Entry> out;
  const auto root =
      read::node(*image, image->superblock().root_nid, image.budget);
  EXPECT_THAT(root, Succeeds());
  const Status walked = read::walk(
      *image, *root, "/", image.budget,
      [&](const read::Visit& visit) -> Status {
        EROFS_ASSIGN(tree::Entry entry, facts(*image, visit, image.budget));
        out.emplace(entry.path, entry);
        return {};
      });
  EXPECT_THAT(walked, Succeeds());
  return out;
}

TEST(Facts, TellWhatEachPathIs) {
  test::OpenImage image = test::open_tree();
  const auto found = entries(image);
  ASSERT_EQ(found.size(), 10U);
  EXPECT_EQ(found.at("/").type, tree::Type::kDir);
  EXPECT_EQ(found.at("/fifo").type, tree::Type::kFifo);
  EXPECT_EQ(found.at("/sock").type, tree::Type::kSock);
  EXPECT_EQ(found.at("/link").type, tree::Type::kLnk);
  EXPECT_EQ(found.at("/link").target, "../a.txt");
  const tree::Entry& file = found.at("/a.txt");
  EXPECT_EQ(file.mode, 0640);
  EXPECT_EQ(file.size, 5U);
  EXPECT_EQ(file.nlink, 2U);
  EXPECT_EQ(file.mtime_sec, 1000);
  EXPECT_EQ(file.mtime_nsec, 5U);
  EXPECT_EQ(file.ino, found.at("/hard").ino);
  EXPECT_EQ(file.content, nullptr);
}

}  // namespace
}  // namespace erofs::extract
