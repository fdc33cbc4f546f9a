// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/special.h"

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
using test::ImageBuilder;
using test::IsIo;
using test::OpenImage;
using test::repeat;
using test::Succeeds;

// Three chunks of a block: block 2, a hole, block 1 with 100 bytes.
ImageBuilder chunked() {
  ImageBuilder image;
  image.inode(60, body(ModeType::kRegular, 2 * 4096 + 100, Layout::kChunkBased),
              test::hex("02000000 ffffffff 01000000"));
  image.put(4096, repeat(1, 4096));
  image.put(8192, repeat(2, 4096));
  return image;
}

TEST(SpecialContent, ReadsAcrossExtents) {
  OpenImage volume(chunked());
  const auto inode = node(*volume, 60, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto content =
      SpecialContent::open(*volume, volume->special_image(), *inode);
  ASSERT_THAT(content, Succeeds());
  EXPECT_EQ((*content)->size(), 8292U);
  Bytes all(8292);
  ASSERT_THAT((*content)->read(0, MutableBytes(all)), Succeeds());
  EXPECT_EQ(all, repeat(2, 4096) + repeat(0, 4096) + repeat(1, 100));
  Bytes some(4098);
  ASSERT_THAT((*content)->read(4095, MutableBytes(some)), Succeeds());
  EXPECT_EQ(some, repeat(2, 1) + repeat(0, 4096) + repeat(1, 1));
  EXPECT_THAT((*content)->read(8292, MutableBytes()), Succeeds());
  EXPECT_THAT((*content)->read(8292 - 4097, MutableBytes(some)),
              IsIo(4195, ERANGE));
}

TEST(SpecialContent, CountsTheStepsOfItsMap) {
  OpenImage volume(chunked());
  const auto inode = node(*volume, 60, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto content =
      SpecialContent::open(*volume, volume->special_image(), *inode);
  ASSERT_THAT(content, Succeeds());
  EXPECT_EQ((*content)->take_steps(), 0U);
  Bytes one(1);
  ASSERT_THAT((*content)->read(0, MutableBytes(one)), Succeeds());
  EXPECT_GT((*content)->take_steps(), 0U);
  ASSERT_THAT((*content)->read(1, MutableBytes(one)), Succeeds());
  EXPECT_EQ((*content)->take_steps(), 0U);
}

TEST(SpecialContent, WhatIsMissingSpoilsNothingElse) {
  ImageBuilder image = chunked();
  image.put(60 * 32 + 32 + 8, test::hex("08000000"));
  OpenImage volume(image);
  const auto inode = node(*volume, 60, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto content =
      SpecialContent::open(*volume, volume->special_image(), *inode);
  ASSERT_THAT(content, Succeeds());
  Bytes some(10);
  EXPECT_THAT(
      (*content)->read(8190, MutableBytes(some)),
      test::FaultsWith(test::malformed_at(RuleId::chunk_address_within_device,
                                          60 * 32 + 40, 9 * 4096)));
  EXPECT_THAT((*content)->read(8000, MutableBytes(some)), Succeeds());
}

TEST(SpecialContent, Compressed) {
  const test::CompressedImage compressed;
  OpenImage volume(compressed.image);
  const auto inode = node(*volume, compressed.kNid, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto content =
      SpecialContent::open(*volume, volume->special_image(), *inode);
  ASSERT_THAT(content, Succeeds());
  for (std::size_t at = 0; at < compressed.kSize; at += 100) {
    Bytes piece(std::min<std::size_t>(100, compressed.kSize - at));
    ASSERT_THAT((*content)->read(at, MutableBytes(piece)), Succeeds());
    EXPECT_EQ(piece, test::slice(compressed.content, at, piece.size()));
  }
  // Two of its three extents are encoded, and each is decoded once.
  const std::uint64_t raw = compressed.kThird - compressed.kSecond;
  EXPECT_EQ(volume->cache().take_decoded(), compressed.kSize - raw);
}

TEST(SpecialContent, SeveralThreads) {
  const test::CompressedImage compressed;
  OpenImage volume(compressed.image);
  const auto inode = node(*volume, compressed.kNid, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto content =
      SpecialContent::open(*volume, volume->special_image(), *inode);
  ASSERT_THAT(content, Succeeds());
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Bytes piece(97);
      for (std::size_t i = 0; i < 300; ++i) {
        const std::size_t at = (i * 1009 + t * 531) % (compressed.kSize - 97);
        const bool read = (*content)->read(at, MutableBytes(piece)).has_value();
        if (!read || piece != test::slice(compressed.content, at, 97)) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(SpecialContent, MayBeEmpty) {
  ImageBuilder image;
  image.file(60, "");
  OpenImage volume(image);
  const auto inode = node(*volume, 60, volume.budget);
  ASSERT_THAT(inode, Succeeds());
  const auto content =
      SpecialContent::open(*volume, volume->special_image(), *inode);
  ASSERT_THAT(content, Succeeds());
  EXPECT_THAT((*content)->read(0, MutableBytes()), Succeeds());
}

}  // namespace
}  // namespace erofs::read
