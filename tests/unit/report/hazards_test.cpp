// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/hazards.h"

#include <gtest/gtest.h>

#include <set>

namespace erofs::report {
namespace {

using check::HazardKind;

const Paint kPlain(false);

TEST(HazardNames, HaveEachKindOnce) {
  std::set<HazardKind> kinds;
  std::set<std::string_view> keys;
  for (const HazardName& name : hazard_names()) {
    kinds.insert(name.kind);
    keys.insert(name.key);
    EXPECT_FALSE(name.text.empty());
  }
  EXPECT_EQ(kinds.size(), check::kHazardKinds);
  EXPECT_EQ(keys.size(), check::kHazardKinds);
}

TEST(HazardsText, IsEmptyWithoutAny) {
  EXPECT_EQ(hazards_text(check::Report(), kPlain), "");
}

TEST(HazardsText, ShowsTheFirstAndCountsAll) {
  check::Report report;
  for (std::uint64_t i = 0; i < 70; ++i) {
    report.hazards.add({HazardKind::kSetuid, i, "/bin/\n", "uid=0"});
  }
  report.hazards.add({HazardKind::kOpaque, 9, "", ""});
  const std::string text = hazards_text(report, kPlain);
  EXPECT_EQ(text,
            "Hazards\n"
            "  setuid files                           70\n"
            "    /bin/%0A  uid=0\n    /bin/%0A  uid=0\n"
            "    /bin/%0A  uid=0\n    /bin/%0A  uid=0\n"
            "    /bin/%0A  uid=0\n    ... and 65 more\n"
            "  overlay opaque directories              1\n"
            "    inode 9\n\n");
}

TEST(HazardsText, ListsTheDevices) {
  check::Report report;
  report.summary.extra_devices = 2;
  report.blobs = {{"sha256:ab", 8, 0, true}, {"", 1, 100, false}};
  EXPECT_EQ(hazards_text(report, kPlain),
            "Devices\n"
            "      1        8 blocks  at hand  sha256:ab\n"
            "      2         1 block  missing  mapped at 100\n\n");
}

}  // namespace
}  // namespace erofs::report
