// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/sarif.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace erofs::report {
namespace {

using Json = nlohmann::json;

Json run_of(const check::Report& report, std::string_view image = "a.erofs",
            const SarifOptions& options = {"1.2.3"}) {
  const Json json = Json::parse(sarif(report, image, options), nullptr, false);
  EXPECT_FALSE(json.is_discarded());
  EXPECT_EQ(json["version"], "2.1.0");
  EXPECT_EQ(json["runs"].size(), 1U);
  return json["runs"][0];
}

check::Report report_with(std::initializer_list<RuleId> rules) {
  check::Report report;
  report.summary.image_bytes = 4096;
  for (const RuleId rule : rules) {
    check::Finding finding;
    finding.rule = rule;
    finding.where.offset = 1028;
    finding.value = ~std::uint64_t{0};
    finding.nid = 36;
    finding.path = "/a b";
    report.add(finding);
  }
  report.finish();
  return report;
}

TEST(Sarif, HasNoResultsForACleanImage) {
  const Json run = run_of(report_with({}));
  EXPECT_EQ(run["results"], Json::array());
  EXPECT_EQ(run["tool"]["driver"]["rules"], Json::array());
  EXPECT_EQ(run["tool"]["driver"]["version"], "1.2.3");
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
  EXPECT_EQ(run["invocations"][0]["exitCode"], 0);
  EXPECT_EQ(run["artifacts"][0]["length"], 4096);
}

TEST(Sarif, GivesEachRuleOnceAndEachFindingItsPlace) {
  const Json run =
      run_of(report_with({RuleId::inode_mode_type, RuleId::inode_mode_type,
                          RuleId::superblock_reserved_zero}));
  const Json& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 2U);
  const auto& rule = format::rule(RuleId::inode_mode_type);
  EXPECT_EQ(rules[0]["id"], rule.id);
  EXPECT_EQ(rules[0]["shortDescription"]["text"], rule.says);
  EXPECT_EQ(rules[0]["fullDescription"]["text"], rule.why);
  EXPECT_EQ(rules[0]["defaultConfiguration"]["level"], "error");
  EXPECT_FALSE(rules[0].contains("helpUri"));
  ASSERT_EQ(run["results"].size(), 3U);
  const Json& last = run["results"][2];
  EXPECT_EQ(last["level"], "note");
  EXPECT_EQ(last["ruleIndex"], 1);
  EXPECT_EQ(last["ruleId"], rules[1]["id"]);
  const Json& place = last["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "a.erofs");
  EXPECT_EQ(place["region"],
            Json::parse("{\"byteOffset\":1028,\"byteLength\":1}"));
  EXPECT_EQ(last["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
            "/a%20b");
  EXPECT_EQ(last["properties"]["value"], ~std::uint64_t{0});
  EXPECT_EQ(last["properties"]["nid"], 36);
  EXPECT_EQ(run["invocations"][0]["exitCode"], 1);
}

TEST(Sarif, RefersToThePublishedSpecification) {
  const Json run = run_of(report_with({RuleId::inode_mode_type}), "a",
                          {"1", "https://example.org/FORMAT.md"});
  EXPECT_EQ(run["tool"]["driver"]["rules"][0]["helpUri"],
            "https://example.org/FORMAT.md#inode.mode.type");
}

TEST(Sarif, WarnsOfWhatWasNotJudged) {
  const Json run = run_of(report_with({RuleId::limit_work_reached}));
  EXPECT_EQ(run["results"][0]["level"], "warning");
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], false);
  EXPECT_EQ(run["invocations"][0]["exitCodeDescription"], "limit");
}

TEST(Sarif, HasRegionsOnlyInTheFileItself) {
  check::Report report;
  check::Finding finding;
  finding.rule = RuleId::inode_mode_type;
  finding.where = {Place::kMetabox, 7};
  report.add(finding);
  finding.where = {Place::kPrimary, 7};
  report.add(finding);  // behind the end of an image of no bytes
  report.finish();
  const Json run = run_of(report);
  const Json& behind = run["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(behind["region"]["byteLength"], 0);
  const Json& metabox = run["results"][1];
  EXPECT_FALSE(metabox["locations"][0]["physicalLocation"].contains("region"));
  EXPECT_EQ(metabox["properties"]["space"], "metabox");
}

TEST(Sarif, MakesUrisOfAnyName) {
  const auto uri = [](std::string_view image) {
    return run_of(report_with({}), image)["artifacts"][0]["location"]["uri"];
  };
  EXPECT_EQ(uri("/x/a b"), "file:///x/a%20b");
  EXPECT_EQ(uri("c:\xff%"), "c%3A%FF%25");
}

TEST(Sarif, TellsOfWhatWasNotKept) {
  check::Report report;
  for (std::uint64_t i = 0; i < check::Report::kKeptPerRule + 3; ++i) {
    check::Finding finding;
    finding.rule = RuleId::inode_mode_type;
    finding.where.offset = i;
    report.add(finding);
  }
  report.finish();
  const Json run = run_of(report);
  EXPECT_EQ(run["results"].size(), check::Report::kKeptPerRule);
  const Json& told = run["invocations"][0]["toolExecutionNotifications"][0];
  EXPECT_EQ(told["associatedRule"]["id"], "inode.mode.type");
  EXPECT_EQ(told["message"]["text"],
            "3 more results of this rule were left out");
}

}  // namespace
}  // namespace erofs::report
