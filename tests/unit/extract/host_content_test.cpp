// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_content.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <vector>

#include "extract/host_directory.h"
#include "read/node.h"
#include "support/scratch.h"
#include "support/tree_image.h"

namespace erofs::extract {
namespace {

using test::Scratch;
using test::Succeeds;

constexpr std::size_t kChunk = 4096;

// Chunks of a file: a hole, one of 'a', one of 'b', a hole, and a short hole.
class Holes : public testing::Test {
 protected:
  Holes() : image_(bytes()), root_(*open_root(scratch_.path("root"))) {
    const auto node = read::node(*image_, nid_, image_.budget);
    EXPECT_THAT(node, Succeeds());
    auto content = read::Content::open(*image_, *node, image_.budget);
    EXPECT_THAT(content, Succeeds());
    content_ = std::move(*content);
  }

  test::Bytes bytes() {
    test::TestNode sparse = test::file("");
    sparse.layout = format::Layout::kChunkBased;
    sparse.table = test::repeat(0xFF, 4) + test::hex("02000000 03000000") +
                   test::repeat(0xFF, 8);
    sparse.edit = [](format::InodeCompactBuilder& body) {
      body.i_size(4 * kChunk + 10).i_u(0);
    };
    test::CheckImage image({test::directory({{"s", 1}}), sparse});
    nid_ = image.nid(1);
    while (image.bytes.size() < 4 * kChunk) image.append(1);
    image.put(2 * kChunk, test::text_bytes(std::string(kChunk, 'a') +
                                           std::string(kChunk, 'b')));
    return image.bytes;
  }

  std::uint64_t nid_ = 0;
  test::OpenImage image_;
  Scratch scratch_;
  Fd root_;
  std::unique_ptr<read::Content> content_;
};

TEST_F(Holes, AreNotWritten) {
  const auto file = make_file(root_.get(), "f", 0600);
  std::vector<std::byte> buffer(1000);
  const auto end = copy_range(*content_, {0, content_->size()}, file->get(),
                              MutableBytes(buffer));
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(*end, 3 * kChunk);
  EXPECT_EQ(scratch_.stat("root/f").st_size, 3 * kChunk);
  ASSERT_TRUE(set_size(file->get(), content_->size()).has_value());
  EXPECT_EQ(scratch_.read("root/f"),
            std::string(kChunk, '\0') + std::string(kChunk, 'a') +
                std::string(kChunk, 'b') + std::string(kChunk + 10, '\0'));
}

TEST(CopyRange, WritesNoLongRunsOfZeros) {
  const std::string content =
      std::string(50000, 'a') + std::string(60000, '\0') + "b" +
      std::string(9000, '\0') + "c" + std::string(40000, '\0');
  test::CheckImage image({test::directory({{"z", 1}}), test::file(content)});
  test::OpenImage opened(image.bytes);
  const auto node = read::node(*opened, image.nid(1), opened.budget);
  ASSERT_THAT(node, Succeeds());
  const auto file = read::Content::open(*opened, *node, opened.budget);
  ASSERT_THAT(file, Succeeds());
  const Scratch scratch;
  const Fd root = std::move(*open_root(scratch.path("root")));
  for (const std::size_t size : {1U << 20, 70001U}) {
    const std::string name = std::to_string(size);
    const auto out = make_file(root.get(), name, 0600);
    std::vector<std::byte> buffer(size);
    const auto end = copy_range(**file, {0, content.size()}, out->get(),
                                MutableBytes(buffer));
    ASSERT_TRUE(end.has_value());
    EXPECT_LT(*end, content.size());
    EXPECT_GE(*end, 119002U);
    ASSERT_TRUE(set_size(out->get(), content.size()).has_value());
    EXPECT_EQ(scratch.read("root/" + name), content);
    EXPECT_LT(scratch.stat("root/" + name).st_blocks * 512, 90000);
  }
}

TEST_F(Holes, PartsGoWhereTheyBelong) {
  const auto file = make_file(root_.get(), "f", 0600);
  std::vector<std::byte> buffer(1 << 16);
  ASSERT_TRUE(copy_range(*content_, {2 * kChunk - 2, 2 * kChunk + 2},
                         file->get(), MutableBytes(buffer)));
  EXPECT_EQ(scratch_.read("root/f"),
            std::string(2 * kChunk - 2, '\0') + "aabb");
}

TEST_F(Holes, SeparateRanges) {
  Ranges ranges(*content_, kChunk + 100);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> found;
  for (;;) {
    const auto range = ranges.next();
    ASSERT_THAT(range, Succeeds());
    if (range->begin == range->end) break;
    found.emplace_back(range->begin, range->end);
  }
  EXPECT_EQ(found,
            (std::vector<std::pair<std::uint64_t, std::uint64_t>>{
                {kChunk, 2 * kChunk + 100}, {2 * kChunk + 100, 3 * kChunk}}));
  EXPECT_EQ(ranges.at(), content_->size());
}

TEST_F(Holes, FailuresOfTheHostAreTold) {
  const Fd closed;
  std::vector<std::byte> buffer(100);
  const auto end = copy_range(*content_, {0, content_->size()}, closed.get(),
                              MutableBytes(buffer));
  ASSERT_FALSE(end.has_value());
  EXPECT_STREQ(end.error().doing, "write");
  EXPECT_EQ(end.error().fault.value, unsigned{EBADF});
  const Done sized = set_size(closed.get(), ~std::uint64_t{0});
  ASSERT_FALSE(sized.has_value());
  EXPECT_EQ(sized.error().fault.value, unsigned{EFBIG});
}

}  // namespace
}  // namespace erofs::extract
