// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/checker.h"

#include <gtest/gtest.h>

#include "support/check_clusters.h"
#include "support/check_image.h"

namespace erofs::test {
namespace {

using check::Verdict;
using format::Layout;
using format::ModeType;

CheckImage sample() {
  return CheckImage({directory({{"dir", 1}, {"file", 2}, {"link", 3}}),
                     directory({{"again", 2}, {"null", 4}}),
                     file("some content\n"),
                     {.type = ModeType::kSymlink, .content = "dir/again"},
                     special(ModeType::kCharDevice)});
}

TEST(Check, FindsNothingInAGoodImage) {
  const auto report = checked(sample());
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_EQ(report.verdict(), Verdict::kConforming);
  EXPECT_EQ(report.exit_code(), 0);
  EXPECT_EQ(report.inventory.inodes, 5U);
  EXPECT_EQ(report.inventory.entries, 5U);
  EXPECT_EQ(report.inventory.hard_linked, 1U);
  EXPECT_EQ(report.inventory.max_depth, 1U);
  EXPECT_TRUE(report.usage_known);
  EXPECT_GT(report.work_spent, 0U);
  EXPECT_GT(report.memory_peak, 0U);
}

TEST(Check, RefusesWhatIsNoImage) {
  CheckImage image = sample();
  image.bytes.resize(100);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"superblock.image.size"});
  EXPECT_FALSE(report.summary.known);
  EXPECT_EQ(report.summary.image_bytes, 100U);
}

// fsck.erofs 1.9.3 exits 0.
TEST(Check, NamesAWrongChecksumAndLooksOn) {
  CheckImage image = sample();
  image.bytes[format::kSuperblockOffset + 4] ^= std::byte{1};
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"superblock.checksum.match"});
  EXPECT_EQ(report.exit_code(), 1);
  EXPECT_EQ(report.inventory.inodes, 5U);
}

// fsck.erofs 1.9.3 exits 0.
TEST(Check, NamesAnImageCutInHalf) {
  TestNode big = file(std::string(40000, 'x'));
  big.layout = Layout::kFlatPlain;
  CheckImage image({directory({{"big", 1}}), big});
  EXPECT_EQ(rules(image), Rules{});
  image.bytes.resize(image.bytes.size() / 2);
  EXPECT_EQ(rules(image), (Rules{"content.plain.within-device",
                                 "superblock.blocks.within-device"}));
}

TEST(Check, HasLimitsThatGrowWithTheImage) {
  const CheckImage image = sample();
  const image::MemorySource source(view(image.bytes));
  const image::Source* blob = &source;
  const Limits one = check::default_limits({source, {}});
  const Limits two = check::default_limits({source, {&blob, 1}});
  const std::uint64_t size = image.bytes.size();
  EXPECT_EQ(one.work, (1U << 26) + 64 * size);
  EXPECT_EQ(two.work, (1U << 26) + 128 * size);
  EXPECT_EQ(one.memory, (1U << 26) + 4 * size);
  EXPECT_EQ(one.depth, 4096U);
  EXPECT_EQ(one.output, (1U << 30) + 4096 * size);
}

TEST(Check, SaysWhenALimitEndsIt) {
  const CheckImage image = sample();
  const std::uint64_t lots = std::uint64_t{1} << 40;
  const auto work = checked(image, Limits{6000, lots, lots, lots});
  EXPECT_EQ(rules(work), Rules{"limit.work.reached"});
  EXPECT_EQ(work.verdict(), Verdict::kLimit);
  EXPECT_EQ(work.exit_code(), 4);
  EXPECT_FALSE(work.usage_known);
  EXPECT_EQ(rules(checked(image, Limits{lots, 2000, lots, lots})),
            Rules{"limit.memory.reached"});
  EXPECT_EQ(rules(checked(image, Limits{lots, lots, 0, lots})),
            Rules{"limit.depth.reached"});
}

TEST(Check, TellsProgress) {
  std::vector<Child> children;
  std::vector<TestNode> nodes(1);
  for (std::size_t i = 1; i < 5000; ++i) {
    children.push_back({std::to_string(10000 + i), i});
    nodes.push_back(file(""));
  }
  nodes[0] = directory(children);
  const CheckImage image(nodes);
  const image::MemorySource source(view(image.bytes));
  std::vector<std::uint64_t> told;
  const check::Input input{source, {}};
  const auto report = check::check(
      input, check::default_limits(input), 1,
      [&](std::uint64_t inodes, std::uint64_t) { told.push_back(inodes); });
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_EQ(told, std::vector<std::uint64_t>{4096});
}

// Many files, of which every third has two broken streams.
CheckImage broken_in_many_places() {
  constexpr std::size_t kFiles = 900;
  const CheckClusters one = three_extents();
  std::vector<Child> children;
  std::vector<TestNode> nodes(1);
  for (std::size_t i = 1; i <= kFiles; ++i) {
    children.push_back({std::to_string(1000 + i), i});
    TestNode node;
    node.layout = format::Layout::kCompressedFull;
    const auto first = static_cast<std::uint32_t>(200 + 3 * i);
    node.table = bytes_of(one.header) + kGap + head1(0, first) +
                 plain(1000, first + 1) + head1(900, first + 2) +
                 plain(static_cast<std::uint16_t>(one.size % 4096), 0);
    node.edit = [&one](format::InodeCompactBuilder& inode) {
      inode.i_size(static_cast<std::uint32_t>(one.size)).i_u(3);
    };
    nodes.push_back(node);
  }
  nodes[0] = directory(children);
  CheckImage image(nodes);
  const std::size_t blocks = 200 + 3 * (kFiles + 1) + 3;
  image.append(blocks - image.bytes.size() / 4096);
  for (std::size_t i = 1; i <= kFiles; ++i) {
    if (i % 3 == 0) continue;
    const std::size_t at = (200 + 3 * i) * 4096;
    image.bytes = patched(std::move(image.bytes), at, one.data);
  }
  image.edit([](format::SuperblockBuilder& super) {
    super.feature_incompat(format::incompat::kLz40padding);
  });
  return image;
}

// All that a report says, one line a finding.
std::vector<std::string> lines(const check::Report& report) {
  std::vector<std::string> out;
  for (const check::Finding& each : report.findings()) {
    out.push_back(std::string(format::rule(each.rule).id) + ' ' +
                  std::to_string(each.where.offset) + ' ' +
                  std::to_string(each.value) + ' ' + each.path);
  }
  out.push_back(std::to_string(report.work_spent));
  return out;
}

TEST(Check, SaysTheSameWithAnyNumberOfThreads) {
  const CheckImage image = broken_in_many_places();
  const image::MemorySource source(view(image.bytes));
  const check::Input input{source, {}};
  Limits limits = check::default_limits(input);
  const auto one = check::check(input, limits, 1);
  EXPECT_EQ(one.count_of(RuleId::cluster_stream_nonzero), 600U);
  EXPECT_EQ(one.verdict(), Verdict::kMalformed);
  for (const unsigned jobs : {2U, 4U, 7U}) {
    EXPECT_EQ(lines(check::check(input, limits, jobs)), lines(one)) << jobs;
  }
  // Where a limit ends it, too.
  limits.output = 3'000'000;
  const auto limited = check::check(input, limits, 1);
  EXPECT_TRUE(limited.has(RuleId::limit_output_reached));
  EXPECT_GT(limited.count_of(RuleId::cluster_stream_nonzero), 10U);
  EXPECT_EQ(lines(check::check(input, limits, 4)), lines(limited));
}

class Failing final : public image::Source {
 public:
  explicit Failing(ByteView bytes) : good_(bytes) {}
  [[nodiscard]] std::uint64_t size() const noexcept override {
    return good_.size();
  }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override {
    if (offset >= from_) return io_fault({Place::kPrimary, offset}, 5);
    return good_.read(offset, out);
  }
  std::uint64_t from_ = 0;

 private:
  image::MemorySource good_;
};

TEST(Check, SaysWhenTheMediumFails) {
  const CheckImage image = sample();
  Failing source(view(image.bytes));
  const check::Input input{source, {}};
  for (const std::uint64_t from : {std::uint64_t{0}, std::uint64_t{4096}}) {
    source.from_ = from;
    const auto report = check::check(input, check::default_limits(input));
    EXPECT_TRUE(report.has(RuleId::io_read_failed)) << from;
    EXPECT_EQ(report.exit_code(), 5) << from;
  }
}

}  // namespace
}  // namespace erofs::test
