// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/cluster_forms.h"

#include <gtest/gtest.h>

#include <string>

#include "format/budget_rules.h"
#include "support/budgets.h"
#include "support/check_clusters.h"
#include "support/matchers.h"

namespace erofs::test {
namespace {

using check::ClusterForm;
using check::ClusterForms;
using format::Algorithm;
using map::Pcluster;

constexpr unsigned kBlockBits = 12;

Pcluster encoded(Algorithm algorithm = Algorithm::kLz4,
                 std::uint32_t stored = 4096) {
  Pcluster out;
  out.kind = Pcluster::Kind::kEncoded;
  out.algorithm = algorithm;
  out.location.place.offset = 8192;
  out.stored = stored;
  out.end = 10000;
  return out;
}

Pcluster raw(bool interlaced, std::uint64_t start,
             std::uint32_t stored = 4096) {
  Pcluster out = encoded(Algorithm::kLz4, stored);
  out.kind = Pcluster::Kind::kRaw;
  out.interlaced = interlaced;
  out.start = start;
  out.end = start + 100;
  return out;
}

// What is in conflict, each as place:stored:kind:turn:nid.
class Forms {
 public:
  Forms& add(const Pcluster& found, std::uint64_t nid) {
    EXPECT_THAT(forms_.add(ClusterForm(found, kBlockBits, nid), budget_),
                Succeeds());
    return *this;
  }
  std::vector<std::string> conflicts() {
    forms_.seal();
    std::vector<std::string> out;
    forms_.each_conflict([&](const ClusterForm& form) {
      std::string text;
      for (const std::uint64_t part :
           {std::uint64_t{form.space}, form.offset, std::uint64_t{form.stored},
            std::uint64_t{form.kind}, std::uint64_t{form.turn}, form.nid}) {
        text += (text.empty() ? "" : ":") + std::to_string(part);
      }
      out.push_back(text);
    });
    return out;
  }

 private:
  ClusterForms forms_;
  Budget budget_ = plenty();
};

using Conflicts = std::vector<std::string>;

TEST(ClusterForms, LetsEqualOnesBe) {
  Pcluster partial = encoded();
  partial.start = 20000;
  partial.end = 20001;
  partial.partial = true;
  Pcluster elsewhere = encoded(Algorithm::kZstd);
  elsewhere.location.place.space = 1;
  Pcluster behind = encoded(Algorithm::kZstd, 5000);
  behind.location.place.offset = 8193;
  EXPECT_EQ(Forms()
                .add(encoded(), 1)
                .add(partial, 2)
                .add(elsewhere, 3)
                .add(behind, 4)
                .conflicts(),
            Conflicts{});
}

TEST(ClusterForms, TellsLengthsApart) {
  EXPECT_EQ(Forms()
                .add(encoded(Algorithm::kLz4, 8192), 1)
                .add(encoded(), 2)
                .conflicts(),
            (Conflicts{"0:8192:4096:0:0:2", "0:8192:8192:0:0:1"}));
  EXPECT_EQ(Forms()
                .add(raw(false, 0), 1)
                .add(raw(false, 0, 8192), 1)
                .conflicts()
                .size(),
            2U);
}

TEST(ClusterForms, TellsKindsApart) {
  EXPECT_EQ(
      Forms()
          .add(raw(false, 0), 4)
          .add(encoded(Algorithm::kZstd), 3)
          .add(encoded(Algorithm::kDeflate), 2)
          .add(encoded(), 1)
          .add(raw(true, 0), 5)
          .conflicts(),
      (Conflicts{"0:8192:4096:0:0:1", "0:8192:4096:2:0:2", "0:8192:4096:3:0:3",
                 "0:8192:4096:4:0:4", "0:8192:4096:5:0:5"}));
}

TEST(ClusterForms, TellsTurnsApartWhereTheyMatter) {
  EXPECT_EQ(Forms().add(raw(false, 0), 1).add(raw(false, 7), 2).conflicts(),
            Conflicts{});
  EXPECT_EQ(
      Forms().add(raw(true, 4096 + 7), 1).add(raw(true, 7), 2).conflicts(),
      Conflicts{});
  EXPECT_EQ(Forms().add(raw(true, 65536), 1).add(raw(true, 7), 2).conflicts(),
            (Conflicts{"0:8192:4096:5:0:1", "0:8192:4096:5:7:2"}));
}

TEST(ClusterForms, NamesTheFirstExtentOfEach) {
  Forms forms;
  for (const std::uint64_t nid : {9U, 3U, 5U}) forms.add(encoded(), nid);
  for (const std::uint64_t nid : {8U, 4U}) forms.add(raw(false, 0), nid);
  EXPECT_EQ(forms.conflicts(),
            (Conflicts{"0:8192:4096:0:0:3", "0:8192:4096:4:0:4"}));
}

TEST(ClusterForms, KeepsOnceWhatIsShared) {
  Limits limits;
  limits.memory = std::uint64_t{1} << 20;
  Budget budget(limits, format::budget_rules());
  ClusterForms forms;
  // Three times what the memory would hold.
  constexpr std::uint64_t kMany = std::uint64_t{1} << 17;
  for (std::uint64_t i = 0; i < kMany; ++i) {
    Pcluster found = encoded();
    found.location.place.offset = i % 1000 << kBlockBits;
    ASSERT_THAT(forms.add(ClusterForm(found, kBlockBits, i), budget),
                Succeeds());
  }
  forms.seal();
  forms.each_conflict([](const ClusterForm&) { FAIL(); });
}

TEST(ClusterForms, PaysForWhatItKeeps) {
  Limits limits;
  limits.memory = std::uint64_t{1} << 16;
  Budget budget(limits, format::budget_rules());
  ClusterForms forms;
  Status last;
  for (std::uint64_t i = 0; last && i < limits.memory; ++i) {
    Pcluster found = encoded();
    found.location.place.offset = i << kBlockBits;
    last = forms.add(ClusterForm(found, kBlockBits, 1), budget);
  }
  ASSERT_FALSE(last);
  EXPECT_EQ(last.error().kind, FaultKind::kLimit);
}

// Two extents of one file that name the block of the first.
CheckClusters twice(const Bytes& first, const Bytes& second) {
  CheckClusters out;
  out.size = 8192;
  out.table = kGap + first + second;
  out.data = repeat('r', 4096);
  return out;
}

TEST(CheckClusterForms, FindsBothForms) {
  EXPECT_EQ(rules(twice(plain(0, 2), plain(0, 2)).image()), Rules{});
  CheckClusters out = twice(plain(0, 2), head1(0, 2));
  out.data = padded(lz4_stream(sample(4096)), 4096);
  const auto report = checked(out.image());
  EXPECT_TRUE(report.has(RuleId::cluster_pcluster_same));
  EXPECT_EQ(report.count_of(RuleId::cluster_pcluster_same), 2U);
  EXPECT_EQ(report.verdict(), check::Verdict::kInvalid);
  const auto& found = finding(report, RuleId::cluster_pcluster_same);
  EXPECT_EQ(found.where.offset, CheckClusters::kData);
  EXPECT_EQ(found.value, 4096U);  // the LZ4 extent, whose kind comes first
  EXPECT_EQ(found.path, "/it");
}

TEST(ClusterForms, KnowWhatBeginsWithinAnother) {
  const auto overlaps =
      [](std::vector<std::pair<std::uint64_t, unsigned>> all) {
        ClusterForms forms;
        Budget budget = plenty();
        std::uint64_t nid = 0;
        for (const auto& [offset, stored] : all) {
          Pcluster found = encoded(Algorithm::kLz4, stored);
          found.location.place.offset = offset;
          EXPECT_THAT(forms.add(ClusterForm(found, kBlockBits, ++nid), budget),
                      Succeeds());
        }
        forms.seal();
        std::vector<std::uint64_t> out;
        forms.each_overlap(
            [&](const ClusterForm& form) { out.push_back(form.offset); });
        return out;
      };
  using Offsets = std::vector<std::uint64_t>;
  EXPECT_EQ(overlaps({{4096, 4096}, {8192, 4096}, {4096, 8192}}),
            Offsets{8192});
  EXPECT_EQ(overlaps({{4096, 4096}, {8192, 4096}}), Offsets{});
  // The longest one counts, wherever it ends.
  EXPECT_EQ(overlaps({{0, 9000}, {100, 50}, {8999, 1}, {9000, 1}}),
            (Offsets{100, 8999}));
  EXPECT_EQ(overlaps({{4096, 4096}, {4096, 2048}}), Offsets{});
}

}  // namespace
}  // namespace erofs::test
