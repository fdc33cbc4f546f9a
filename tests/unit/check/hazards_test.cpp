// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/hazards.h"

#include <gtest/gtest.h>

#include "format/limits.gen.h"
#include "support/check_image.h"

namespace erofs::test {
namespace {

using check::Hazard;
using check::HazardKind;
using format::ModeType;

// The only hazard of an image, or a blank one.
Hazard only(const check::Report& report, HazardKind kind) {
  EXPECT_EQ(report.hazards.count(kind), 1U);
  EXPECT_EQ(report.hazards.kept().size(), 1U);
  return report.hazards.kept().empty() ? Hazard{} : report.hazards.kept()[0];
}

TestNode with_mode(TestNode node, std::uint16_t permissions) {
  node.edit = [=](auto& body) {
    body.i_mode_permissions(permissions).i_uid(7).i_gid(9);
  };
  return node;
}

TestNode link(std::string target) {
  TestNode node = file(std::move(target));
  node.type = ModeType::kSymlink;
  return node;
}

// An inline attribute area with one entry.
Bytes attribute(std::uint8_t index, const std::string& name,
                const std::string& value) {
  Bytes area = hex("00000000 00 00000000000000");
  area.push_back(static_cast<std::byte>(name.size()));
  area.push_back(static_cast<std::byte>(index));
  area.push_back(static_cast<std::byte>(value.size()));
  area.push_back(std::byte{0});
  for (const char each : name + value) {
    area.push_back(static_cast<std::byte>(each));
  }
  while (area.size() % 4 != 0) area.push_back(std::byte{0});
  return area;
}

check::Report one(TestNode node) {
  return checked(CheckImage({directory({{"a", 1}}), std::move(node)}));
}

constexpr std::uint8_t kTrusted = 4;
constexpr std::uint8_t kSecurity = 6;

TEST(CheckHazards, ArePlainFilesNot) {
  const auto report = one(with_mode(file("x"), 0755));
  EXPECT_TRUE(report.hazards.kept().empty());
}

TEST(CheckHazards, AreRightsThatComeWithAFile) {
  const auto setuid =
      only(one(with_mode(file("x"), 04755)), HazardKind::kSetuid);
  EXPECT_EQ(setuid.path, "/a");
  EXPECT_EQ(setuid.detail, "uid=7");
  EXPECT_EQ(only(one(with_mode(file("x"), 02755)), HazardKind::kSetgid).detail,
            "gid=9");
  // Mandatory locking of old.
  EXPECT_TRUE(one(with_mode(file("x"), 02745)).hazards.kept().empty());
}

TEST(CheckHazards, AreWhatAnybodyMayWrite) {
  only(one(with_mode(file("x"), 0666)), HazardKind::kWorldWritable);
  only(one(with_mode(directory({}), 0777)), HazardKind::kWorldWritable);
  EXPECT_TRUE(one(with_mode(directory({}), 01777)).hazards.kept().empty());
  EXPECT_TRUE(one(with_mode(link("b"), 0777)).hazards.kept().empty());
}

TEST(CheckHazards, TellDevicesFromWhiteouts) {
  TestNode disk = special(ModeType::kBlockDevice);
  disk.edit = [](auto& body) { body.i_u(8 << 8 | 1).i_mode_permissions(0666); };
  EXPECT_EQ(only(one(disk), HazardKind::kDevice).detail, "block:8:1");
  only(one(special(ModeType::kCharDevice)), HazardKind::kWhiteout);
}

TEST(CheckHazards, AreLinksThatLeaveTheRoot) {
  EXPECT_EQ(only(one(link("/etc/passwd")), HazardKind::kLinkAbsolute).detail,
            "/etc/passwd");
  only(one(link("../x")), HazardKind::kLinkEscapes);
  only(one(link("b/../..")), HazardKind::kLinkEscapes);
  EXPECT_TRUE(one(link("b/../c/./..//d")).hazards.kept().empty());
  // One level down there is one to go up.
  const auto below = checked(
      CheckImage({directory({{"d", 1}}), directory({{"l", 2}, {"m", 3}}),
                  link("../x"), link("../../x")}));
  EXPECT_EQ(only(below, HazardKind::kLinkEscapes).path, "/d/m");
}

TEST(CheckHazards, AreOrdersToOverlayfs) {
  const auto with = [](const std::string& name, const std::string& value) {
    TestNode node = file("x");
    node.xattrs = attribute(kTrusted, "overlay." + name, value);
    return one(node);
  };
  only(with("opaque", "y"), HazardKind::kOpaque);
  EXPECT_EQ(only(with("redirect", "/b"), HazardKind::kRedirect).detail, "/b");
  EXPECT_EQ(only(with("opaque", "x"), HazardKind::kOverlayOther).detail,
            "overlay.opaque=x");
  EXPECT_EQ(only(with("metacopy", ""), HazardKind::kMetacopy).detail,
            "no-digest");
  const std::string digest(32, '\x5a');
  const std::string head("\0\x24\0\1", 4);
  EXPECT_EQ(
      only(with("metacopy", head + digest), HazardKind::kMetacopy).detail,
      "sha256:" + [] {
        std::string all;
        for (int i = 0; i < 32; ++i) all += "5a";
        return all;
      }());
  EXPECT_EQ(only(with("metacopy", head), HazardKind::kMetacopy).detail,
            "malformed");
}

TEST(CheckHazards, AreCapabilities) {
  TestNode node = file("x");
  // Revision 2, effective, permitted 13 (raw sockets) and 33.
  const std::string value("\1\0\0\2\0\x20\0\0\0\0\0\0\2\0\0\0\0\0\0\0", 20);
  node.xattrs = attribute(kSecurity, "capability", value);
  EXPECT_EQ(only(one(node), HazardKind::kCapability).detail,
            "permitted=13,33+effective");
}

TEST(CheckHazards, KeepTheFirstAndCountAll) {
  check::Hazards hazards;
  for (std::uint64_t i = 0; i < 100; ++i) {
    hazards.add({HazardKind::kDevice, i, "/x", std::string(1000, 'd')});
  }
  EXPECT_EQ(hazards.count(HazardKind::kDevice), 100U);
  EXPECT_EQ(hazards.count(HazardKind::kOpaque), 0U);
  ASSERT_EQ(hazards.kept().size(), check::Hazards::kKeptPerKind);
  EXPECT_EQ(hazards.kept().back().nid, 63U);
  EXPECT_EQ(hazards.kept()[0].detail.size(), check::Hazards::kDetailMax);
  EXPECT_FALSE(hazards.keeps(HazardKind::kDevice));
}

TEST(HazardValue, IsKeptOfAttributesThatMatter) {
  EXPECT_EQ(check::hazard_value(kTrusted, "overlay.opaque", "y"), "y");
  EXPECT_EQ(check::hazard_value(1, "overlay.redirect", "/x"), "/x");
  EXPECT_EQ(check::hazard_value(kSecurity, "overlay.redirect", "/x"), "");
  EXPECT_EQ(check::hazard_value(1, "mime", "text"), "");
}

}  // namespace
}  // namespace erofs::test
