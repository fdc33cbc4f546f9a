// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"
#include "support/xattr_area.h"

namespace erofs::test {
namespace {

using format::ModeType;

constexpr std::uint8_t kAccess = 2;
constexpr std::uint8_t kDefault = 3;

// Entries as "tag perm id".
const char* const kUserObj = "0100 0600 ffffffff";
const char* const kUser7 = "0200 0700 07000000";
const char* const kUser8 = "0200 0700 08000000";
const char* const kGroupObj = "0400 0400 ffffffff";
const char* const kGroup9 = "0800 0400 09000000";
const char* const kMask = "1000 0700 ffffffff";
const char* const kOther = "2000 0400 ffffffff";

Bytes list(const std::vector<std::string>& entries) {
  Bytes out = hex("02000000");
  for (const std::string& entry : entries) out = out + hex(entry);
  return out;
}

const Bytes& minimal() {
  static const Bytes bytes = list({kUserObj, kGroupObj, kOther});
  return bytes;
}

// An ibody with one attribute.
Bytes ibody(std::uint8_t index, const Bytes& value,
            const std::string& suffix = {}) {
  return area({stored(index, suffix, value)});
}

Rules on(ModeType type, const Bytes& xattrs) {
  TestNode node = type == ModeType::kDirectory ? directory({}) : file("x");
  node.type = type;
  node.xattrs = xattrs;
  return rules(CheckImage({directory({{"it", 1}}), node}));
}

Rules of(const Bytes& value) {
  return on(ModeType::kRegular, ibody(kAccess, value));
}

TEST(CheckAcl, AcceptsGoodLists) {
  EXPECT_EQ(of(minimal()), Rules{});
  EXPECT_EQ(
      of(list({kUserObj, kUser7, kUser8, kGroupObj, kGroup9, kMask, kOther})),
      Rules{});
  EXPECT_EQ(of(list({kUserObj, kGroupObj, kMask, kOther})), Rules{});
}

TEST(CheckAcl, WantsWholeEntries) {
  EXPECT_EQ(of({}), Rules{"xattr.acl.size"});
  EXPECT_EQ(of(hex("020000")), Rules{"xattr.acl.size"});
  EXPECT_EQ(of(hex("02000000")), Rules{"xattr.acl.size"});
  EXPECT_EQ(of(minimal() + hex("00")), Rules{"xattr.acl.size"});
}

TEST(CheckAcl, WantsVersion2) {
  EXPECT_EQ(of(patched(minimal(), 0, hex("01"))), Rules{"xattr.acl.version"});
  EXPECT_EQ(of(patched(minimal(), 3, hex("01"))), Rules{"xattr.acl.version"});
}

TEST(CheckAcl, WantsKnownEntries) {
  const auto with = [](const std::string& entry) {
    return of(list({kUserObj, entry, kGroupObj, kMask, kOther}));
  };
  EXPECT_EQ(with(kUser7), Rules{});
  const Rules tags{"xattr.acl.tags"};
  EXPECT_EQ(with("0300 0700 07000000"), tags);
  EXPECT_EQ(with("4000 0700 07000000"), tags);
  EXPECT_EQ(with("0001 0700 07000000"), tags);
  EXPECT_EQ(with("0000 0700 07000000"), tags);
  EXPECT_EQ(with("0200 0800 07000000"), tags);
  EXPECT_EQ(with("0200 0700 ffffffff"), tags);
  // Ids of the other tags are without meaning.
  EXPECT_EQ(of(list({"0100 0600 00000000", kGroupObj, kOther})), Rules{});
}

TEST(CheckAcl, WantsEveryClassOnce) {
  const Rules tags{"xattr.acl.tags"};
  EXPECT_EQ(of(list({kGroupObj, kOther})), tags);
  EXPECT_EQ(of(list({kUserObj, kOther})), tags);
  EXPECT_EQ(of(list({kUserObj, kGroupObj})), tags);
  EXPECT_EQ(of(list({kUserObj, kUserObj, kGroupObj, kOther})), tags);
  EXPECT_EQ(of(list({kUserObj, kGroupObj, kMask, kMask, kOther})), tags);
  EXPECT_EQ(of(list({kUserObj, kUser7, kGroupObj, kOther})), tags);
  EXPECT_EQ(of(list({kUserObj, kGroupObj, kGroup9, kOther})), tags);
}

TEST(CheckAcl, MentionsAnotherOrder) {
  const Rules order{"xattr.acl.order"};
  EXPECT_EQ(of(list({kUserObj, kOther, kGroupObj})), order);
  EXPECT_EQ(of(list({kUserObj, kUser8, kUser7, kGroupObj, kMask, kOther})),
            order);
  EXPECT_EQ(of(list({kUserObj, kUser7, kUser7, kGroupObj, kMask, kOther})),
            order);
}

TEST(CheckAcl, WantsNoSuffix) {
  EXPECT_EQ(on(ModeType::kRegular, ibody(kAccess, minimal(), "x")),
            Rules{"xattr.acl.no-suffix"});
}

TEST(CheckAcl, WantsItsPlace) {
  EXPECT_EQ(on(ModeType::kDirectory, ibody(kDefault, minimal())), Rules{});
  EXPECT_EQ(on(ModeType::kDirectory, ibody(kAccess, minimal())), Rules{});
  EXPECT_EQ(on(ModeType::kRegular, ibody(kDefault, minimal())),
            Rules{"xattr.acl.place"});
  EXPECT_EQ(on(ModeType::kSymlink, ibody(kAccess, minimal())),
            Rules{"xattr.acl.place"});
  EXPECT_EQ(on(ModeType::kSymlink, ibody(kDefault, minimal())),
            Rules{"xattr.acl.place"});
}

}  // namespace
}  // namespace erofs::test
