// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/content.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <thread>

#include "format/rule_ids.gen.h"
#include "support/compressed.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using format::Layout;
using format::ModeType;
using test::body;
using test::Bytes;
using test::CompressedImage;
using test::FaultsAs;
using test::ImageBuilder;
using test::IsIo;
using test::IsLimit;
using test::OpenImage;
using test::repeat;
using test::slice;
using test::Succeeds;
using test::text_bytes;

constexpr std::uint64_t kNid = 60;

struct Opened {
  explicit Opened(const ImageBuilder& image,
                  const std::vector<Bytes>& blobs = {})
      : volume(image, blobs) {
    auto inode = node(*volume, kNid, volume.budget);
    EXPECT_THAT(inode, Succeeds());
    file = inode.value_or(Node());
    content = Content::open(*volume, file, volume.budget);
  }
  Bytes read(std::uint64_t offset, std::size_t length) {
    Bytes out(length);
    EXPECT_THAT((*content)->read(offset, MutableBytes(out)), Succeeds());
    return out;
  }

  OpenImage volume;
  Node file;
  Result<std::unique_ptr<Content>> content;
};

TEST(Content, InlineWithBlocks) {
  ImageBuilder image;
  image.put(8192, repeat(7, 4096));
  image.inode(kNid, body(ModeType::kRegular, 4100, Layout::kFlatInline, 2),
              text_bytes("tail"));
  Opened opened(image);
  ASSERT_THAT(opened.content, Succeeds());
  EXPECT_EQ((*opened.content)->size(), 4100U);
  EXPECT_EQ(opened.read(0, 4100), repeat(7, 4096) + text_bytes("tail"));
  EXPECT_EQ(opened.read(4095, 3), repeat(7, 1) + text_bytes("ta"));
  EXPECT_THAT((*opened.content)->read(4100, MutableBytes()), Succeeds());
  Bytes room(2);
  EXPECT_THAT((*opened.content)->read(4099, MutableBytes(room)),
              IsIo(kNid * 32 + 32, ERANGE));
}

TEST(Content, HolesReadAsZeros) {
  ImageBuilder image;
  image.inode(kNid,
              body(ModeType::kRegular, 100000, Layout::kFlatPlain, 0xFFFFFFFF));
  Opened opened(image);
  ASSERT_THAT(opened.content, Succeeds());
  EXPECT_EQ(opened.read(99990, 10), repeat(0, 10));
  const auto extent = (*opened.content)->extent(5);
  ASSERT_THAT(extent, Succeeds());
  EXPECT_EQ(extent->kind, map::ExtentKind::kHole);
  EXPECT_EQ((*opened.content)->place(*extent).offset, kNid * 32 + 32);
}

TEST(Content, BlobsAndFaultsAmongChunks) {
  ImageBuilder image;
  image.super.feature_incompat(format::incompat::kDeviceTable)
      .extra_devices(1)
      .devt_slotoff(20);
  image.inode(kNid,
              body(ModeType::kRegular, 3 * 4096, Layout::kChunkBased, 0x20),
              test::hex("0000 0100 00000000 | 0000 0000 01000000 |"
                        "0000 0100 02000000"));
  image.put(4096, repeat(1, 4096));
  Opened opened(image, {repeat(9, 8192)});
  ASSERT_THAT(opened.content, Succeeds());
  EXPECT_EQ(opened.read(4000, 200), repeat(9, 96) + repeat(1, 104));
  Bytes room(2);
  EXPECT_THAT(
      (*opened.content)->read(8191, MutableBytes(room)),
      FaultsAs(FaultKind::kMalformed, RuleId::chunk_address_within_device));
  Opened without(image);
  ASSERT_THAT(without.content, Succeeds());
  EXPECT_THAT((*without.content)->read(0, MutableBytes(room)),
              FaultsAs(FaultKind::kIo, RuleId::device_blob_present));
  EXPECT_THAT((*without.content)->read(4096, MutableBytes(room)), Succeeds());
}

TEST(Content, SmallPiecesWalkATableOnce) {
  ImageBuilder image(2000);
  image.inode(kNid, body(ModeType::kRegular, 1000 * 4096, Layout::kChunkBased),
              repeat(0xFF, 1000 * 4));
  Opened opened(image);
  ASSERT_THAT(opened.content, Succeeds());
  const std::uint64_t before = opened.volume.budget.work_spent();
  for (std::uint64_t at = 0; at < 1000; ++at) opened.read(at * 4096, 1);
  EXPECT_LT(opened.volume.budget.work_spent() - before, 6000U);
}

TEST(Content, OutputIsCharged) {
  ImageBuilder image;
  image.file(kNid, "12345678");
  Opened opened(image);
  Budget budget({100, 0, 0, 7}, format::budget_rules());
  const auto content = Content::open(*opened.volume, opened.file, budget);
  ASSERT_THAT(content, Succeeds());
  Bytes room(8);
  EXPECT_THAT((*content)->read(0, MutableBytes(room)),
              IsLimit(RuleId::limit_output_reached));
  EXPECT_THAT((*content)->read(0, MutableBytes(room).head(7)), Succeeds());
}

TEST(Content, CompressedInPiecesOfAnySize) {
  const CompressedImage compressed;
  for (const std::size_t step : {1U, 977U, 4096U, 5096U, 9000U, 12788U}) {
    Opened opened(compressed.image);
    ASSERT_THAT(opened.content, Succeeds());
    Bytes all;
    while (all.size() < compressed.kSize) {
      const std::size_t left = compressed.kSize - all.size();
      all = all + opened.read(all.size(), std::min(step, left));
    }
    EXPECT_EQ(all, compressed.content) << step;
  }
}

TEST(Content, WholeExtentsNeedNoCache) {
  const CompressedImage compressed;
  Opened opened(compressed.image);
  ASSERT_THAT(opened.content, Succeeds());
  opened.read(0, compressed.kSize);
  EXPECT_EQ(opened.volume->cache().take_decoded(), 0U);
  opened.read(10, 10);
  const auto first = (*opened.content)->extent(0);
  ASSERT_THAT(first, Succeeds());
  EXPECT_EQ(first->kind, map::ExtentKind::kEncoded);
  EXPECT_EQ((*opened.content)->place(*first).offset, 8192U);
  EXPECT_NE(opened.volume->cache().find(*first), nullptr);
}

TEST(Content, DecodingForAPartIsCharged) {
  const CompressedImage compressed;
  Opened opened(compressed.image);
  Budget budget({test::kUnlimited, 0, 0, 1 + compressed.kSecond + 1},
                format::budget_rules());
  const auto content = Content::open(*opened.volume, opened.file, budget);
  ASSERT_THAT(content, Succeeds());
  Bytes one(1);
  EXPECT_THAT((*content)->read(7, MutableBytes(one)), Succeeds());
  // From the cache: this costs what it gives.
  EXPECT_THAT((*content)->read(8, MutableBytes(one)), Succeeds());
  EXPECT_THAT((*content)->read(9, MutableBytes(one)),
              IsLimit(RuleId::limit_output_reached));
}

TEST(Content, ADamagedPclusterGivesNothing) {
  CompressedImage compressed;
  // The last byte of its stream.
  compressed.image.bytes.at(3 * 4096 - 1) ^= std::byte{0xFF};
  compressed.image.bytes.at(2 * 4096) = std::byte{0xFF};
  Opened opened(compressed.image);
  ASSERT_THAT(opened.content, Succeeds());
  Bytes room(compressed.kSize);
  for (const std::size_t size : {std::size_t{1}, compressed.kSecond}) {
    const Status read =
        (*opened.content)->read(0, MutableBytes(room).head(size));
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().kind, FaultKind::kMalformed);
    EXPECT_EQ(read.error().where.offset, 8192U);
  }
  EXPECT_THAT((*opened.content)
                  ->read(compressed.kSecond, MutableBytes(room).head(5000)),
              Succeeds());
}

TEST(Content, Fragments) {
  CompressedImage compressed;
  // All of another file is a part of the first one's content.
  compressed.image.super
      .feature_incompat(format::incompat::kLz40padding |
                        format::incompat::kFragments)
      .packed_nid(CompressedImage::kNid);
  compressed.image.inode(
      100, body(ModeType::kRegular, 9000, Layout::kCompressedFull),
      test::hex("d007 0000 0000 00 80"));
  OpenImage volume(compressed.image);
  const auto inode = node(*volume, 100, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto content = Content::open(*volume, *inode, volume.budget);
  ASSERT_THAT(content, Succeeds());
  Bytes out(9000);
  ASSERT_THAT((*content)->read(0, MutableBytes(out)), Succeeds());
  EXPECT_EQ(out, slice(compressed.content, 2000, 9000));
  Bytes some(10);
  ASSERT_THAT((*content)->read(8990, MutableBytes(some)), Succeeds());
  EXPECT_EQ(some, slice(compressed.content, 10990, 10));
}

TEST(Content, SeveralThreadsEachWithItsOwn) {
  const CompressedImage compressed;
  Opened opened(compressed.image);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Budget budget = test::plenty();
      const auto content = Content::open(*opened.volume, opened.file, budget);
      for (std::size_t i = 1; content && i < 200; ++i) {
        const std::size_t at = (i * 1013 + t * 4001) % 12000;
        Bytes piece((i * 37) % 700 + 1);
        const bool read = (*content)->read(at, MutableBytes(piece)).has_value();
        if (!read || piece != slice(compressed.content, at, piece.size())) {
          ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ReadText, WholeOrNothing) {
  ImageBuilder image;
  image.link(kNid, "a target");
  Opened opened(image);
  const auto text =
      read_text(*opened.volume, opened.file, 8, opened.volume.budget);
  ASSERT_THAT(text, Succeeds());
  EXPECT_EQ(*text, "a target");
  EXPECT_THAT(read_text(*opened.volume, opened.file, 7, opened.volume.budget),
              IsLimit(RuleId::limit_output_reached));
}

TEST(ReadText, MayBeEmpty) {
  ImageBuilder image;
  image.link(kNid, "");
  Opened opened(image);
  const auto text =
      read_text(*opened.volume, opened.file, 0, opened.volume.budget);
  ASSERT_THAT(text, Succeeds());
  EXPECT_EQ(*text, "");
}

}  // namespace
}  // namespace erofs::read
