// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/dedupe.h"

#include <gtest/gtest.h>

#include "emit/write_image.h"
#include "support/emit_tree.h"
#include "support/sample_text.h"

namespace erofs::emit {
namespace {

std::vector<std::byte> joined(std::vector<std::byte> a,
                              const std::vector<std::byte>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::size_t size_of(const std::vector<std::vector<std::byte>>& files,
                    bool dedupe, std::uint32_t pcluster = 4096) {
  tree::Tree tree;
  int number = 0;
  for (const auto& each : files) {
    EXPECT_TRUE(tree.put("/f" + std::to_string(number++), test::file_of(each)));
  }
  tree.finish();
  Options options;
  options.methods.resize(1);
  options.dedupe = dedupe;
  options.pcluster = pcluster;
  const auto image = test::image_of(tree, options);
  EXPECT_FALSE(image.empty());
  options.jobs = 4;
  EXPECT_EQ(test::image_of(tree, options), image);
  return image.size();
}

TEST(Dedupe, FindsContentWhereverItLies) {
  const auto text = test::sample_text(300000);
  const auto lead = test::sample_text(7777, 5);
  const std::size_t one = size_of({text}, true);
  EXPECT_EQ(one, size_of({text}, false));
  EXPECT_LE(size_of({text, text}, true), one + 8192);
  EXPECT_LE(size_of({text, joined(lead, text)}, true), one + 4 * 4096);
  EXPECT_GT(size_of({text, joined(lead, text)}, false), one + 50000);
  EXPECT_LE(size_of({text, joined(lead, text)}, true, 16384),
            size_of({text}, true, 16384) + 12 * 4096);
}

TEST(Dedupe, FindsItWithinAFile) {
  const auto text = test::sample_text(300000);
  EXPECT_LT(size_of({joined(text, joined(text, text))}, true),
            size_of({joined(text, joined(text, text))}, false) / 2);
}

// The clusters of a file that is stored plain in the end are given to
// others.
TEST(Dedupe, ForgetsWhatIsGone) {
  auto barely = test::sample_noise(8 * 4096);
  const std::vector<std::byte> zeros(100);
  barely.insert(barely.begin(), zeros.begin(), zeros.end());
  EXPECT_EQ(size_of({barely, barely}, true), size_of({barely, barely}, false));
}

TEST(Dedupe, IsNoUseWithoutACompressor) {
  Options options;
  options.dedupe = true;
  EXPECT_NE(complaint(options), nullptr);
}

}  // namespace
}  // namespace erofs::emit
