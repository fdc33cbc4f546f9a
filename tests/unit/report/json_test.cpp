// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "format/features.gen.h"
#include "format/limits.gen.h"

namespace erofs::report {
namespace {

using Json = nlohmann::json;

Json parsed(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << text;
  EXPECT_EQ(text.back(), '\n');
  return json;
}

check::Finding finding(RuleId rule, Place where, std::uint64_t value) {
  check::Finding made;
  made.rule = rule;
  made.where = where;
  made.value = value;
  return made;
}

TEST(CheckJson, HasNoFindingsForACleanImage) {
  check::Report report;
  report.finish();
  const Json json = parsed(check_json(report, "a.erofs"));
  EXPECT_EQ(json["schema"], "erofs-ref/check/1");
  EXPECT_EQ(json["image"], "a.erofs");
  EXPECT_EQ(json["verdict"], "conforming");
  EXPECT_EQ(json["exit"], 0);
  EXPECT_EQ(json["findings"], Json::array());
  EXPECT_EQ(json["counts"],
            Json::parse("{\"malformed\":0,\"invalid\":0,\"advisory\":0,"
                        "\"unsupported\":0,\"limit\":0,\"io\":0}"));
  EXPECT_FALSE(json.contains("omitted"));
}

TEST(CheckJson, GivesEachFindingWhole) {
  check::Report report;
  auto made =
      finding(RuleId::directory_name_slash, {0, 4672}, ~std::uint64_t{0});
  made.nid = 36;
  made.path = std::string("/\xff", 2);
  report.add(made);
  report.finish();
  const Json json = parsed(check_json(report, "a"));
  EXPECT_EQ(json["exit"], 1);
  EXPECT_EQ(json["counts"]["malformed"], 1);
  ASSERT_EQ(json["findings"].size(), 1U);
  const Json& one = json["findings"][0];
  EXPECT_EQ(one["rule"], "directory.name.slash");
  EXPECT_EQ(one["class"], "malformed");
  EXPECT_EQ(one["offset"], 4672);
  EXPECT_EQ(one["value"], ~std::uint64_t{0});
  EXPECT_EQ(one["nid"], 36);
  EXPECT_EQ(one["path"], "/%FF");
  EXPECT_EQ(one["says"], format::rule(RuleId::directory_name_slash).says);
  EXPECT_FALSE(one.contains("space"));
}

TEST(CheckJson, LeavesOutWhatAFindingLacks) {
  check::Report report;
  report.add(finding(RuleId::inode_mode_type, {Place::kMetabox, 7}, 1));
  report.finish();
  const Json json = parsed(check_json(report, "a"));
  const Json& one = json["findings"][0];
  EXPECT_FALSE(one.contains("nid"));
  EXPECT_FALSE(one.contains("path"));
  EXPECT_EQ(one["space"], "metabox");
}

TEST(CheckJson, CountsWhatWasNotKept) {
  check::Report report;
  for (std::uint64_t i = 0; i < check::Report::kKeptPerRule + 3; ++i) {
    report.add(finding(RuleId::inode_mode_type, {0, i}, 0));
  }
  report.finish();
  const Json json = parsed(check_json(report, "a"));
  EXPECT_EQ(json["findings"].size(), check::Report::kKeptPerRule);
  EXPECT_EQ(json["counts"]["malformed"], check::Report::kKeptPerRule + 3);
  EXPECT_EQ(json["omitted"], Json::parse("{\"inode.mode.type\":3}"));
}

TEST(CheckJson, TakesAnyNameOfAnImage) {
  check::Report report;
  report.finish();
  const Json json = parsed(check_json(report, std::string("a\xff\"\n", 4)));
  EXPECT_EQ(json["image"], "a\xef\xbf\xbd\"\n");
}

TEST(AuditJson, AddsSuperblockInventoryAndUsage) {
  check::Report report;
  report.summary.known = true;
  report.summary.block_size = 4096;
  report.summary.image_bytes = 8192;
  report.summary.feature_incompat = format::incompat::kChunkedFile;
  report.summary.label = std::string("\x80", 1);
  report.inventory.inodes = 9;
  report.inventory.by_type[static_cast<std::size_t>(format::ModeType::kFifo)] =
      4;
  report.usage[check::RangeKind::kSuperblock] = 1;
  report.usage[check::RangeKind::kBehindEnd] = 5;
  report.usage_known = true;
  report.work_spent = 77;
  report.finish();
  const Json json = parsed(audit_json(report, "a"));
  EXPECT_EQ(json["schema"], "erofs-ref/audit/1");
  EXPECT_EQ(json["verdict"], "conforming");
  EXPECT_EQ(json["image_bytes"], 8192);
  EXPECT_EQ(json["superblock"]["label"], "%80");
  EXPECT_EQ(json["superblock"]["incompat"]["names"],
            Json::parse("[\"CHUNKED_FILE\"]"));
  EXPECT_EQ(json["superblock"]["needs_linux"], "5.15");
  EXPECT_EQ(json["superblock"]["uuid"], "00000000-0000-0000-0000-000000000000");
  EXPECT_EQ(json["inventory"]["inodes"], 9);
  EXPECT_EQ(json["inventory"]["types"]["fifo"], 4);
  EXPECT_EQ(json["inventory"]["layouts"]["chunk_based"], 0);
  EXPECT_EQ(json["usage"].size(), check::kRangeKinds);
  EXPECT_EQ(json["usage"]["superblock"], 1);
  EXPECT_EQ(json["usage"]["data"], 0);
  EXPECT_EQ(json["usage"]["behind_end"], 5);
  EXPECT_EQ(json["work_spent"], 77);
}

TEST(AuditJson, SaysNullWhereNothingIsKnown) {
  check::Report report;
  report.finish();
  const Json json = parsed(audit_json(report, "a"));
  EXPECT_TRUE(json["superblock"].is_null());
  EXPECT_TRUE(json["usage"].is_null());
}

}  // namespace
}  // namespace erofs::report
