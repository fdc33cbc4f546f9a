// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/survey.h"

#include <gtest/gtest.h>

#include <map>

#include "support/check_image.h"

namespace erofs::test {
namespace {

using check::Bounds;
using check::Piece;
using check::RangeKind;

struct Told {
  check::Survey survey;
  std::map<RangeKind, std::string> paths;  // of the last of its kind
  std::map<RangeKind, std::uint64_t> uses;
  std::uint64_t sum = 0;
};

Told told(const CheckImage& image, std::optional<Limits> limits = {}) {
  const image::MemorySource source(view(image.bytes));
  const check::Input input{source, {}};
  Told out;
  out.survey = check::survey(
      input, limits.value_or(check::default_limits(input)),
      [&](const Piece& piece, const Bounds&, std::string_view path) {
        EXPECT_EQ(piece.begin, out.sum);
        out.sum = piece.end;
        out.paths[piece.kind] = path;
        out.uses[piece.kind] = piece.uses;
      });
  return out;
}

CheckImage sample() {
  TestNode node = file(std::string(5000, 'x'));
  node.layout = format::Layout::kFlatPlain;
  return CheckImage({directory({{"a", 1}, {"b", 2}}), node, node});
}

TEST(Survey, TellsOfEveryByte) {
  const CheckImage image = sample();
  const Told out = told(image);
  EXPECT_TRUE(out.survey.whole);
  EXPECT_EQ(out.sum, image.bytes.size());
  EXPECT_EQ(out.paths.at(RangeKind::kData), "/b");
  EXPECT_EQ(out.paths.at(RangeKind::kInlineTail), "/");
  EXPECT_EQ(out.paths.at(RangeKind::kSuperblock), "");
  EXPECT_EQ(out.uses.at(RangeKind::kData), 1U);
}

TEST(Survey, CountsSharedContent) {
  CheckImage image = sample();
  image.put(image.at(2) + 16, Bytes(1, image.bytes[image.at(1) + 16]));
  const Told out = told(image);
  EXPECT_TRUE(out.survey.whole);
  EXPECT_EQ(out.paths.at(RangeKind::kData), "/a");
  EXPECT_EQ(out.uses.at(RangeKind::kData), 2U);
  EXPECT_EQ(out.uses.at(RangeKind::kUnreferenced), 0U);
}

TEST(Survey, SaysWhereItDoesNotKnowAll) {
  CheckImage image = sample();
  image.put(image.at(2) + 16, hex("00ff0000"));
  const Told out = told(image);
  EXPECT_FALSE(out.survey.whole);
  EXPECT_TRUE(out.survey.report.has(RuleId::content_plain_within_device));
  EXPECT_EQ(out.sum, image.bytes.size());
  image.byte(1024, 0);
  const Told nothing = told(image);
  EXPECT_FALSE(nothing.survey.whole);
  EXPECT_EQ(nothing.sum, 0U);
  EXPECT_NE(nothing.survey.report.exit_code(), 0);
}

TEST(Survey, KeepsToItsLimits) {
  Limits limits{1U << 20, 1U << 20, 16, 100};
  EXPECT_TRUE(
      told(sample(), limits).survey.report.has(RuleId::limit_output_reached));
  limits.output = 1U << 20;
  limits.memory = 500;
  EXPECT_TRUE(
      told(sample(), limits).survey.report.has(RuleId::limit_memory_reached));
}

}  // namespace
}  // namespace erofs::test
