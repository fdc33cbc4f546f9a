// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/linux_xattrs.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "format/xattr.gen.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using format::Layout;
using format::ModeType;
using test::body;
using test::Bytes;
using test::FaultsAs;
using test::hex;
using test::ImageBuilder;
using test::IsLimit;
using test::OpenImage;
using test::Succeeds;
using test::text_bytes;

using Xattrs = std::map<std::string, std::string>;

constexpr std::uint64_t kNid = 60;

Bytes entry(std::uint8_t index, std::string_view suffix, const Bytes& value) {
  const format::XattrEntryBuilder head =
      format::XattrEntryBuilder()
          .e_name_index(index)
          .e_name_len(static_cast<std::uint8_t>(suffix.size()))
          .e_value_size(static_cast<std::uint16_t>(value.size()));
  Bytes out = test::bytes_of(head) + text_bytes(suffix) + value;
  return out + test::repeat(0, (4 - out.size() % 4) % 4);
}
Bytes entry(std::uint8_t index, std::string_view suffix,
            std::string_view value = "v") {
  return entry(index, suffix, text_bytes(value));
}

// An image with one inode of `type` that has these attributes. Shared id 0
// stands at the start of block 4.
ImageBuilder image_with(ModeType type, const Bytes& entries,
                        std::uint32_t filter = 0, bool shared = false) {
  ImageBuilder image;
  image.super.xattr_blkaddr(4);
  const format::XattrHeaderBuilder header =
      format::XattrHeaderBuilder().h_name_filter(filter).h_shared_count(
          shared ? 1 : 0);
  const Bytes area =
      test::bytes_of(header) + test::repeat(0, shared ? 4 : 0) + entries;
  image.inode(kNid,
              body(type, 0, Layout::kFlatPlain)
                  .i_xattr_icount(
                      static_cast<std::uint16_t>((area.size() - 12) / 4 + 1)),
              area);
  return image;
}

Xattrs xattrs(const ImageBuilder& image) {
  OpenImage volume(image);
  const auto inode = node(*volume, kNid, volume.budget);
  EXPECT_THAT(inode, Succeeds());
  const auto found = linux_xattrs(*volume, *inode, volume.budget);
  EXPECT_THAT(found, Succeeds());
  return found.value_or(Xattrs());
}

Xattrs xattrs(ModeType type, const Bytes& entries) {
  return xattrs(image_with(type, entries));
}

TEST(LinuxXattrs, HiddenNamespacesAreAbsent) {
  EXPECT_EQ(
      xattrs(ModeType::kRegular, entry(1, "u") + entry(4, "t") + entry(6, "s") +
                                     entry(0, "none") + entry(5, "lustre") +
                                     entry(9, "nobody") + entry(0x80, "long")),
      (Xattrs{{"user.u", "v"}, {"trusted.t", "v"}, {"security.s", "v"}}));
  EXPECT_EQ(xattrs(ModeType::kRegular, entry(1, "empty", "")),
            (Xattrs{{"user.empty", ""}}));
}

TEST(LinuxXattrs, FirstOfANameWins) {
  const Bytes twice = entry(1, "a", "one") + entry(1, "a", "two");
  EXPECT_EQ(xattrs(ModeType::kRegular, twice), (Xattrs{{"user.a", "one"}}));
  // One that gives no value hides the others all the same.
  const Bytes acls =
      entry(2, "", "bad") + entry(2, "", hex("02000000 0100 0700 ffffffff"));
  EXPECT_EQ(xattrs(ModeType::kRegular, acls), Xattrs());
}

TEST(LinuxXattrs, InlineBeforeShared) {
  ImageBuilder image =
      image_with(ModeType::kRegular, entry(1, "a", "inline"), 0, true);
  image.put(4 * 4096, entry(1, "a", "shared"));
  EXPECT_EQ(xattrs(image), (Xattrs{{"user.a", "inline"}}));
  image.put(4 * 4096, entry(1, "b", "shared"));
  EXPECT_EQ(xattrs(image),
            (Xattrs{{"user.a", "inline"}, {"user.b", "shared"}}));
  image.put(4 * 4096, test::repeat(0, 16));
  EXPECT_EQ(xattrs(image), (Xattrs{{"user.a", "inline"}}));
}

TEST(LinuxXattrs, UserNamesOnFilesAndDirectoriesOnly) {
  const Bytes both = entry(1, "u") + entry(4, "t");
  EXPECT_EQ(xattrs(ModeType::kDirectory, both).size(), 2U);
  for (const ModeType type : {ModeType::kSymlink, ModeType::kFifo,
                              ModeType::kCharDevice, ModeType::kSocket}) {
    EXPECT_EQ(xattrs(type, both), (Xattrs{{"trusted.t", "v"}}));
  }
}

TEST(LinuxXattrs, NamesThatNoCallCanSpell) {
  EXPECT_EQ(xattrs(ModeType::kRegular,
                   entry(1, "") + entry(4, "") + entry(6, "") +
                       entry(1, std::string_view("a\0b", 3)) +
                       entry(2, "x", hex("02000000 0100 0700 ffffffff"))),
            Xattrs());
  // "user." and 250 bytes are 255.
  const std::string longest(250, 'n');
  EXPECT_EQ(xattrs(ModeType::kRegular, entry(1, longest)).size(), 1U);
  EXPECT_EQ(xattrs(ModeType::kRegular, entry(1, longest + "n")).size(), 0U);
}

TEST(LinuxXattrs, AclsAreWrittenBack) {
  const Bytes stored = hex("02000000 0100 0700 01020304");
  const Xattrs acl = xattrs(ModeType::kRegular, entry(2, "", stored));
  ASSERT_EQ(acl.size(), 1U);
  EXPECT_EQ(text_bytes(acl.at("system.posix_acl_access")),
            hex("02000000 0100 0700 ffffffff"));
  EXPECT_EQ(xattrs(ModeType::kRegular, entry(3, "", stored))
                .count("system.posix_acl_default"),
            1U);
  EXPECT_EQ(xattrs(ModeType::kSymlink, entry(2, "", stored)), Xattrs());
}

TEST(LinuxXattrs, CapabilitiesAreConverted) {
  const Bytes sets = test::repeat(1, 16);
  const Xattrs caps =
      xattrs(ModeType::kRegular,
             entry(6, "capability", hex("01000003") + sets + hex("00000000")));
  ASSERT_EQ(caps.size(), 1U);
  EXPECT_EQ(text_bytes(caps.at("security.capability")), hex("01000002") + sets);
  EXPECT_EQ(xattrs(ModeType::kRegular, entry(6, "capability", "junk")),
            Xattrs());
  EXPECT_EQ(xattrs(ModeType::kRegular, entry(4, "capability", "junk")).size(),
            1U);
}

TEST(LinuxXattrs, FilterHidesWhatItExcludes) {
  const std::uint32_t bit = std::uint32_t{1}
                            << xattr_filter_bit({1, "a", true});
  ImageBuilder image = image_with(ModeType::kRegular, entry(1, "a"), bit);
  EXPECT_EQ(xattrs(image).size(), 1U);  // the feature is off
  image.super.feature_compat(format::compat::kXattrFilter);
  EXPECT_EQ(xattrs(image).size(), 0U);
  image.super.xattr_filter_reserved(1);
  EXPECT_EQ(xattrs(image).size(), 1U);
  ImageBuilder clear = image_with(ModeType::kRegular, entry(1, "a"), ~bit);
  clear.super.feature_compat(format::compat::kXattrFilter);
  EXPECT_EQ(xattrs(clear).size(), 1U);
}

TEST(LinuxXattrs, FaultsAndLimits) {
  ImageBuilder image = image_with(ModeType::kRegular, entry(1, "a"), 0, true);
  image.super.xattr_blkaddr(8);
  OpenImage volume(image);
  const auto inode = node(*volume, kNid, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  EXPECT_THAT(
      linux_xattrs(*volume, *inode, volume.budget),
      FaultsAs(FaultKind::kMalformed, RuleId::xattr_shared_id_within_image));
  Budget little({1000, 0, 0, 6}, format::budget_rules());
  EXPECT_THAT(linux_xattrs(*volume, *inode, little),
              IsLimit(RuleId::limit_output_reached));
}

}  // namespace
}  // namespace erofs::read
