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

class Counting : public test::Text {
 public:
  Counting(std::vector<std::byte> bytes, std::uint64_t& reads)
      : Text(std::move(bytes)), reads_(reads) {}

  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override {
    ++reads_;
    return Text::read(offset, out);
  }

 private:
  std::uint64_t& reads_;
};

// Zeros too few for a match look like one at each of their bytes.
TEST(Dedupe, LooksAtWhatRepeatsItselfNowAndThen) {
  const std::vector<std::byte> zeros(5000);
  std::vector<std::byte> all = joined(zeros, test::sample_text(20000));
  constexpr unsigned kRuns = 50;
  for (unsigned i = 0; i < kRuns; ++i) {
    all = joined(joined(all, test::sample_noise(3000, i)), zeros);
  }
  std::uint64_t reads = 0;
  tree::Tree tree;
  tree::Node node;
  node.size = all.size();
  node.content = std::make_shared<Counting>(all, reads);
  EXPECT_TRUE(tree.put("/f", node));
  tree.finish();
  Options options;
  options.methods.resize(1);
  options.dedupe = true;
  options.pcluster = 16384;
  EXPECT_FALSE(test::image_of(tree, options).empty());
  EXPECT_GT(reads, kRuns);
  EXPECT_LT(reads, 100 * kRuns);  // without a limit some 30000
}

TEST(Dedupe, IsNoUseWithoutACompressor) {
  Options options;
  options.dedupe = true;
  EXPECT_NE(complaint(options), nullptr);
}

}  // namespace
}  // namespace erofs::emit
