// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "support/check_image.h"
#include "support/xattr_area.h"

namespace erofs::test {
namespace {

using format::ModeType;

constexpr std::uint8_t kUser = 1;
constexpr std::uint8_t kTrusted = 4;
constexpr std::uint8_t kSecurity = 6;
constexpr std::uint8_t kFirstPrefix = 128;

CheckImage with(const Bytes& entry, ModeType type = ModeType::kRegular) {
  TestNode node = type == ModeType::kDirectory ? directory({}) : file("x");
  node.type = type;
  if (type == ModeType::kFifo) node = special(type);
  node.xattrs = area({entry});
  return CheckImage({directory({{"it", 1}}), node});
}

Rules of(std::uint8_t index, const std::string& suffix,
         const Bytes& value = {}) {
  return rules(with(stored(index, suffix, value)));
}

// The same with a table of one long prefix.
CheckImage prefixed(const Bytes& entry, const std::string& record,
                    std::uint32_t compat = format::compat::kSbChksum) {
  CheckImage image = with(entry);
  const std::size_t at = image.append(1);
  image.put(at, hex(record));
  image.edit([&](auto& super) {
    super.feature_incompat(format::incompat::kXattrPrefixes)
        .feature_compat(compat)
        .xattr_prefix_count(1)
        .xattr_prefix_start(static_cast<std::uint32_t>(at / 4));
  });
  return image;
}

TEST(CheckXattrEntry, AcceptsGoodOnes) {
  EXPECT_EQ(of(kUser, "a", hex("00")), Rules{});
  EXPECT_EQ(of(kTrusted, "overlay.opaque", text_bytes("y")), Rules{});
  EXPECT_EQ(of(0, ""), Rules{});  // filler
}

TEST(CheckXattrEntry, WantsPaddingZero) {
  Bytes entry = stored(kUser, "a", {});
  entry.back() = std::byte{1};
  const auto image = with(entry);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"xattr.padding.zero"});
  EXPECT_EQ(finding(report, RuleId::xattr_padding_zero).where.offset,
            image.at(1) + 32 + 12);
}

TEST(CheckXattrEntry, MentionsHiddenNamespaces) {
  EXPECT_EQ(of(0, "user.a"), Rules{"xattr.index.known"});
  EXPECT_EQ(of(5, "lov"), Rules{"xattr.index.known"});
  EXPECT_EQ(of(7, "a"), Rules{"xattr.index.known"});
  // Hidden bytes without a name too.
  EXPECT_EQ(of(0, "", hex("01")), Rules{"xattr.index.known"});
}

TEST(CheckXattrEntry, WantsPrefixesThatExist) {
  EXPECT_EQ(of(kFirstPrefix, "a"), Rules{"xattr.prefix_index.range"});
  const auto entry = [](int at) {
    return stored(static_cast<std::uint8_t>(kFirstPrefix + at), "a", {});
  };
  EXPECT_EQ(rules(prefixed(entry(0), "0300 01 756e")), Rules{});
  EXPECT_EQ(rules(prefixed(entry(1), "0300 01 756e")),
            Rules{"xattr.prefix_index.range"});
  // The table is at fault, not the entry.
  EXPECT_EQ(rules(prefixed(entry(0), "0000 01 756e")),
            (Rules{"xattr.prefix.length", "space.unreferenced.zero"}));
}

TEST(CheckXattrEntry, WantsNames) {
  const Rules rule{"xattr.name.nonempty"};
  EXPECT_EQ(of(kUser, ""), rule);
  EXPECT_EQ(of(kTrusted, "", hex("01")), rule);
  EXPECT_EQ(of(kSecurity, ""), rule);
  // An infix is a name too.
  EXPECT_EQ(rules(prefixed(stored(kFirstPrefix, "", {}), "0300 01 756e")),
            Rules{});
}

TEST(CheckXattrEntry, WantsNamesWithoutNul) {
  const auto report = checked(with(stored(kUser, std::string("a\0b", 3), {})));
  EXPECT_EQ(rules(report), Rules{"xattr.name.nul"});
  EXPECT_EQ(finding(report, RuleId::xattr_name_nul).value, 1U);
  EXPECT_EQ(rules(prefixed(stored(kFirstPrefix, "a", {}), "0300 01 7500")),
            Rules{"xattr.name.nul"});
}

TEST(CheckXattrEntry, WantsNamesOf255Bytes) {
  EXPECT_EQ(of(kUser, std::string(250, 'a')), Rules{});
  EXPECT_EQ(of(kUser, std::string(251, 'a')), Rules{"xattr.name.length"});
  const auto infixed = [](std::size_t size) {
    return rules(prefixed(stored(kFirstPrefix, std::string(size, 'a'), {}),
                          "0300 01 756e"));
  };
  EXPECT_EQ(infixed(248), Rules{});
  EXPECT_EQ(infixed(249), Rules{"xattr.name.length"});
}

TEST(CheckXattrEntry, WantsUserNamesWhereTheyCanBeRead) {
  const Bytes entry = stored(kUser, "a", {});
  EXPECT_EQ(rules(with(entry, ModeType::kDirectory)), Rules{});
  EXPECT_EQ(rules(with(entry, ModeType::kSymlink)), Rules{"xattr.user.place"});
  EXPECT_EQ(rules(with(entry, ModeType::kFifo)), Rules{"xattr.user.place"});
  EXPECT_EQ(rules(with(stored(kTrusted, "a", {}), ModeType::kFifo)), Rules{});
}

TEST(CheckXattrEntry, WantsCapabilitiesOfAKnownForm) {
  const auto value = [](const std::string& text, std::size_t size) {
    Bytes bytes = hex(text);
    bytes.resize(size);
    return of(kSecurity, "capability", bytes);
  };
  const Rules form{"xattr.capability.form"};
  EXPECT_EQ(value("01000002", 20), Rules{});
  EXPECT_EQ(value("00000002", 20), Rules{});
  EXPECT_EQ(value("01000003", 24), Rules{});
  EXPECT_EQ(value("01000002", 24), form);
  EXPECT_EQ(value("01000003", 20), form);
  EXPECT_EQ(value("01000001", 12), form);
  EXPECT_EQ(value("02000002", 20), form);
  EXPECT_EQ(value("", 0), form);
  const std::string most(40, '0');
  EXPECT_EQ(value("00000003" + most.substr(8) + "ffffffff", 24), form);
  EXPECT_EQ(value("00000003" + most.substr(8) + "feffffff", 24), Rules{});
  EXPECT_EQ(of(kSecurity, "capabilities", hex("01")), Rules{});
}

TEST(CheckXattrEntry, WantsFingerprintsOfAKnownForm) {
  const auto print = [](const std::string& suffix, const Bytes& value) {
    return rules(
        prefixed(stored(kFirstPrefix, suffix, value), "0300 00 6670",
                 format::compat::kSbChksum | format::compat::kIshareXattrs));
  };
  const Bytes good = text_bytes("sha256:") + repeat(7, 32);
  const Rules rule{"xattr.ishare.value"};
  EXPECT_EQ(print("", good), Rules{});
  EXPECT_EQ(print("x", good), rule);
  EXPECT_EQ(print("", good + hex("00")), rule);
  EXPECT_EQ(print("", patched(good, 0, hex("00"))), rule);
}

}  // namespace
}  // namespace erofs::test
