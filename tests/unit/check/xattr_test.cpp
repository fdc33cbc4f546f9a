// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <gtest/gtest.h>

#include "read/xattrs.h"
#include "support/check_image.h"
#include "support/xattr_area.h"

namespace erofs::test {
namespace {

constexpr std::uint8_t kUser = 1;
constexpr std::uint8_t kTrusted = 4;

TestNode carrying(const Bytes& xattrs) {
  TestNode node = special(format::ModeType::kRegular);
  node.xattrs = xattrs;
  return node;
}

CheckImage with(const Bytes& xattrs) {
  return CheckImage({directory({{"it", 1}}), carrying(xattrs)});
}

// An image with a block of shared entries behind the rest: id n is byte 4n
// of that block, number `block`.
CheckImage sharing(const std::vector<Bytes>& areas, const Bytes& entries) {
  std::vector<Child> children;
  std::vector<TestNode> nodes(1);
  for (const Bytes& each : areas) {
    children.push_back({std::to_string(10000 + nodes.size()), nodes.size()});
    nodes.push_back(carrying(each));
  }
  nodes[0] = directory(children);
  CheckImage image(nodes);
  const std::size_t at = image.append((entries.size() + 4095) / 4096);
  image.put(at, entries);
  image.edit([&](auto& super) {
    super.xattr_blkaddr(static_cast<std::uint32_t>(at / 4096));
  });
  return image;
}

std::uint32_t bit(std::uint8_t index, const std::string& rest) {
  read::XattrName name;
  name.base_index = index;
  name.rest = rest;
  return std::uint32_t{1} << read::xattr_filter_bit(name);
}

TEST(CheckXattr, JudgesTheHeader) {
  Bytes body = area({stored(kUser, "a", {})});
  EXPECT_EQ(rules(with(body)), Rules{});
  body[5] = std::byte{1};
  EXPECT_EQ(rules(with(body)), Rules{"xattr.header.reserved"});
}

TEST(CheckXattr, GoesOnAfterABadArea) {
  Bytes body = area({stored(kUser, "a", {})});
  body[14] = std::byte{9};
  CheckImage image(
      {directory({{"a", 1}, {"b", 2}}), carrying(body), file("x")});
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"xattr.entry.fit"});
  EXPECT_EQ(report.inventory.inodes, 3U);
}

TEST(CheckXattr, WantsUniqueNames) {
  const Bytes one = stored(kUser, "a", hex("01"));
  EXPECT_EQ(rules(with(area({one, stored(kTrusted, "a", {})}))), Rules{});
  const auto image = with(area({one, stored(kUser, "b", {}), one}));
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{"xattr.name.unique"});
  EXPECT_EQ(finding(report, RuleId::xattr_name_unique).where.offset,
            image.at(1) + 32 + 12 + 16);
  EXPECT_EQ(rules(sharing({area({one}, {0})}, one)),
            Rules{"xattr.name.unique"});
  EXPECT_EQ(rules(sharing({area({}, {0, 0})}, one)),
            Rules{"xattr.name.unique"});
}

TEST(CheckXattr, LeavesNamesThatNobodyCanAskForAlone) {
  constexpr std::uint8_t kUnknown = 7;
  const Bytes hidden = stored(kUnknown, std::string("a\0b", 3), {});
  EXPECT_EQ(rules(with(area({hidden, hidden}))), Rules{"xattr.index.known"});
  auto image = with(area({hidden}, {}, 0xFFFFFFFF));
  image.edit([](auto& super) {
    super.feature_compat(format::compat::kSbChksum |
                         format::compat::kXattrFilter);
  });
  EXPECT_EQ(rules(image), (Rules{"xattr.filter.exact", "xattr.index.known"}));
}

TEST(CheckXattr, WantsAListThatCanBeReturned) {
  const auto names = [](int count) {
    std::vector<Bytes> entries;
    for (int i = 0; i < count; ++i) {
      // "user." and 250 bytes with the NUL
      entries.push_back(
          stored(kUser, std::to_string(1000 + i) + std::string(246, 'n'), {}));
    }
    return rules(with(area(entries)));
  };
  EXPECT_EQ(names(256), Rules{});
  EXPECT_EQ(names(257), Rules{"xattr.list.size"});
}

TEST(CheckXattr, ReadsASharedEntryOnce) {
  Bytes bad = stored(kUser, "a", {});
  bad.back() = std::byte{1};
  const std::vector<Bytes> areas(50, area({}, {0}));
  const auto report = checked(sharing(areas, bad));
  EXPECT_EQ(rules(report), Rules{"xattr.padding.zero"});
  EXPECT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.inventory.shared_xattrs, 50U);
}

TEST(CheckXattr, WantsSharedEntriesBesideTheRest) {
  // The second one begins within the value of the first.
  const Bytes inner = stored(kTrusted, "b", {});
  const Bytes outer = stored(kUser, "aaa", hex("00") + inner);
  EXPECT_EQ(rules(sharing({area({}, {0})}, outer)), Rules{});
  const auto report = checked(sharing({area({}, {0, 2})}, outer));
  EXPECT_TRUE(report.has(RuleId::space_metadata_overlap));
}

TEST(CheckXattr, NamesSharedEntriesBeyondTheEnd) {
  EXPECT_EQ(rules(sharing({area({}, {1U << 20})}, {})),
            Rules{"xattr.shared_id.within-image"});
}

TEST(CheckXattr, WantsASoundFilter) {
  const std::uint32_t present = bit(kUser, "a") | bit(kTrusted, "b");
  const auto filtered = [&](std::uint32_t filter, bool on) {
    auto image = sharing({area({stored(kUser, "a", {})}, {0}, filter)},
                         stored(kTrusted, "b", {}));
    if (on) {
      image.edit([](auto& super) {
        super.feature_compat(format::compat::kSbChksum |
                             format::compat::kXattrFilter);
      });
    }
    return image;
  };
  ASSERT_NE(bit(kUser, "a"), bit(kTrusted, "b"));
  EXPECT_EQ(rules(filtered(~present, true)), Rules{});
  EXPECT_EQ(rules(filtered(~present | bit(kUser, "a"), true)),
            Rules{"xattr.filter.sound"});
  EXPECT_EQ(rules(filtered(~present | bit(kTrusted, "b"), true)),
            Rules{"xattr.filter.sound"});
  EXPECT_EQ(rules(filtered(0, true)), Rules{"xattr.filter.exact"});
  EXPECT_EQ(rules(filtered(present, false)), Rules{});
  auto off = filtered(present, true);
  off.edit([](auto& super) { super.xattr_filter_reserved(1); });
  EXPECT_EQ(rules(off), Rules{"superblock.filter_reserved.zero"});
}

TEST(CheckXattr, WantsAFullFilterOverFillers) {
  const auto filler = [](std::uint32_t filter) {
    auto image = with(area({hex("00000000")}, {}, filter));
    image.edit([](auto& super) {
      super.feature_compat(format::compat::kSbChksum |
                           format::compat::kXattrFilter);
    });
    return rules(image);
  };
  EXPECT_EQ(filler(0xFFFFFFFF), Rules{});
  EXPECT_EQ(filler(0xFFFFFFFE), Rules{"xattr.filter.exact"});
}

// 255 references to each of many values of 60 KiB: each is read once.
TEST(CheckXattr, ReadsBombsOnce) {
  std::vector<std::uint32_t> ids;
  Bytes entries;
  for (std::uint32_t i = 0; i < 16; ++i) {
    ids.push_back(static_cast<std::uint32_t>(entries.size() / 4));
    entries = entries + stored(kUser, std::to_string(i), repeat(1, 60000));
  }
  const std::vector<Bytes> areas(500, area({}, ids));
  const auto image = sharing(areas, entries);
  const auto report = checked(image);
  EXPECT_EQ(rules(report), Rules{});
  EXPECT_EQ(report.inventory.shared_xattrs, 8000U);
  EXPECT_LT(report.work_spent, 2 * image.bytes.size());
}

// Every four bytes begin another value of 60 KiB.
TEST(CheckXattr, EndsWhereSharedEntriesOverlap) {
  Bytes entries;
  for (int i = 0; i < 40000; ++i) entries = entries + hex("0001 60ea");
  std::vector<Bytes> areas;
  for (std::uint32_t i = 0; i < 100; ++i) {
    std::vector<std::uint32_t> ids;
    for (std::uint32_t j = 0; j < 255; ++j) ids.push_back(i * 255 + j);
    areas.push_back(area({}, ids));
  }
  const auto report = checked(sharing(areas, entries));
  EXPECT_TRUE(report.has(RuleId::limit_work_reached));
  EXPECT_TRUE(report.has(RuleId::space_metadata_overlap));
}

// An image whose only file lies, with such attributes, in the metabox, and
// whose shared attributes begin at block `block` of the device. What is
// inside comes from an image whose first inode is `inner.nid(0)`.
std::size_t same_pages(const Bytes& xattrs, std::uint32_t block) {
  const CheckImage inner({directory({{"a", 1}}), carrying(xattrs)}, 9);
  TestNode metabox = special(format::ModeType::kRegular);
  const std::size_t begin = inner.nid(0) * 32;
  metabox.content = std::string(
      ByteView(inner.bytes).slice(begin, inner.bytes.size() - begin)->text());
  metabox.layout = format::Layout::kFlatPlain;
  CheckImage image({directory({}), metabox}, 9);
  const std::size_t entries = image.data(1) + 32;
  for (std::size_t i = 0; i < 3; ++i) {
    image.put(entries + 12 * i, repeat(0, 7) + hex("80"));
    image.byte(entries + 12 * i,
               static_cast<std::uint8_t>(i == 2 ? inner.nid(1) - inner.nid(0)
                                                : std::uint64_t{0}));
  }
  const std::size_t at = image.append(32);
  for (std::size_t k = 0; k < 32; ++k) {
    image.put(at + 512 * k, stored(kUser, "shared", {}));
  }
  image.edit([&](auto& super) {
    super.sb_extslots(1)
        .feature_incompat(format::incompat::kMetabox | format::incompat::k48bit)
        .rootnid_2b(0)
        .rootnid_8b(format::kMetaboxNidBit)
        .xattr_blkaddr(static_cast<std::uint32_t>(at / 512) + block);
  });
  image.byte(format::kSuperblockOffset + 128,
             static_cast<std::uint8_t>(image.nid(1)));
  return checked(image).count_of(RuleId::xattr_shared_page_same);
}

TEST(CheckXattr, KnowsThatLinuxMixesUpPages) {
  const Bytes own = stored(kUser, "own", {});
  EXPECT_EQ(same_pages(area({own}, {0}), 0), 1U);
  EXPECT_EQ(same_pages(area({own}, {0}), 16), 0U);           // another page
  EXPECT_EQ(same_pages(area({own}), 0), 0U);                 // nothing shared
  EXPECT_EQ(same_pages(area({}, {0}), 0), 0U);               // nothing inline
  EXPECT_EQ(same_pages(area({Bytes(4)}, {0}), 0), 1U);       // a filler
  EXPECT_EQ(same_pages(area({own, Bytes(4)}, {0}), 0), 1U);  // behind it
}

}  // namespace
}  // namespace erofs::test
