// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/hazards_json.h"

#include <gtest/gtest.h>

namespace erofs::report {
namespace {

using Json = nlohmann::ordered_json;

TEST(HazardsJson, HasEveryKind) {
  check::Hazards hazards;
  hazards.add({check::HazardKind::kRedirect, 36, "/a b", "/\xff"});
  hazards.add({check::HazardKind::kRedirect, 37, "", ""});
  const Json json = hazards_json(hazards);
  EXPECT_EQ(json.size(), check::kHazardKinds);
  EXPECT_EQ(json["setuid"], Json::parse(R"({"count": 0, "kept": []})"));
  EXPECT_EQ(json["redirect"], Json::parse(R"({"count": 2, "kept": [
              {"nid": 36, "path": "/a%20b", "detail": "/%FF"},
              {"nid": 37}]})"));
}

TEST(DevicesJson, FollowsTheTable) {
  check::Report report;
  report.blobs = {{"x", 8, 0, true}, {"", 1, 100, false}};
  EXPECT_EQ(devices_json(report), Json::parse(R"([
    {"tag": "x", "blocks": 8, "uniaddr": 0, "at_hand": true},
    {"blocks": 1, "uniaddr": 100, "at_hand": false}])"));
}

}  // namespace
}  // namespace erofs::report
