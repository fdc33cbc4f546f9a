// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/codecs.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using format::Algorithm;
using test::Bytes;
using test::hex;
using test::IsLimit;
using test::malformed_at;
using test::Succeeds;

// Where the first record is.
constexpr std::size_t kFirst = 1024 + 128;

struct Loaded {
  Loaded(std::uint32_t incompat, std::uint16_t u1, const Bytes& records,
         std::size_t size = 4096)
      : bytes(test::patched(Bytes(size), kFirst, records)) {
    decode::Superblock superblock;
    superblock.size = 128;
    superblock.compression = u1;
    superblock.geometry.features.incompat = incompat;
    const image::MemorySource source{ByteView(bytes)};
    result = codecs(source, superblock, budget);
  }

  Bytes bytes;
  Budget budget = test::plenty();
  Result<LoadedCodecs> result;
};

TEST(Codecs, WithoutRecordsThereIsLz4) {
  const Loaded plain(0, 0, {});
  ASSERT_THAT(plain.result, Succeeds());
  EXPECT_EQ(plain.result->codecs.available, 1U);
  EXPECT_FALSE(plain.result->codecs.zero_padded);
  EXPECT_EQ(plain.result->codecs.lz4_max_distance, 65535U);
  EXPECT_TRUE(plain.result->records.empty());
  const Loaded padded(format::incompat::kLz40padding, 8192, {});
  ASSERT_THAT(padded.result, Succeeds());
  EXPECT_TRUE(padded.result->codecs.zero_padded);
  EXPECT_EQ(padded.result->codecs.lz4_max_distance, 8192U);
}

TEST(Codecs, RecordsInTheOrderOfBits) {
  const Loaded all(format::incompat::kComprCfgs, 0xF,
                   hex("0e00 0010 0400 00000000000000000000"
                       "0e00 00000100 0000 0000000000000000"
                       "0600 0f 0000000000 | 0600 00 07 00000000"));
  ASSERT_THAT(all.result, Succeeds());
  EXPECT_FALSE(all.result->fault.has_value());
  const decode::Codecs& codecs = all.result->codecs;
  EXPECT_EQ(codecs.available, 0xFU);
  EXPECT_EQ(codecs.lz4_max_distance, 4096U);
  EXPECT_EQ(codecs.lz4_max_pclusterblks, 4U);
  EXPECT_EQ(codecs.lzma_dict_size, 65536U);
  EXPECT_EQ(codecs.zstd_window_bits, 17U);
  ASSERT_EQ(all.result->records.size(), 4U);
  EXPECT_EQ(all.result->records[3].algorithm, Algorithm::kZstd);
  EXPECT_EQ(all.result->records[3].at.offset, kFirst + 16 + 16 + 8 + 2);
  EXPECT_EQ(all.result->records[3].size, 6U);
}

TEST(Codecs, RecordsAreAligned) {
  // One byte too many, and what is skipped behind it.
  const Loaded two(format::incompat::kComprCfgs, 0xC,
                   hex("0700 0f 000000000000 ffffff | 0600 00 03 00000000"));
  ASSERT_THAT(two.result, Succeeds());
  EXPECT_EQ(two.result->codecs.zstd_window_bits, 13U);
  EXPECT_EQ(two.result->records.at(0).size, 7U);
}

TEST(Codecs, NothingBehindABadRecord) {
  const Loaded bad(format::incompat::kComprCfgs, 0xC,
                   hex("0500 0f 0000000000 | 0600 00 03 00000000"));
  ASSERT_THAT(bad.result, Succeeds());
  EXPECT_EQ(bad.result->codecs.available, 0U);
  EXPECT_EQ(bad.result->records.size(), 1U);
  EXPECT_EQ(bad.result->fault,
            malformed_at(RuleId::codec_record_size, kFirst + 2, 5));
  EXPECT_EQ(bad.result->codecs.lost, 0xCU);
  EXPECT_EQ(bad.result->codecs.lost_to, bad.result->fault);
}

TEST(Codecs, RecordsLieWithinTheImage) {
  const Bytes record = hex("0600 0f 0000000000");
  const Loaded fits(format::incompat::kComprCfgs, 4, record, kFirst + 8);
  ASSERT_THAT(fits.result, Succeeds());
  EXPECT_FALSE(fits.result->fault.has_value());
  const Loaded longer(format::incompat::kComprCfgs, 4,
                      hex("0700 0f 0000000000"), kFirst + 8);
  ASSERT_THAT(longer.result, Succeeds());
  EXPECT_EQ(longer.result->fault,
            malformed_at(RuleId::codec_record_within_image, kFirst + 2, 7));
  const Loaded second(format::incompat::kComprCfgs, 0xC, record, kFirst + 9);
  ASSERT_THAT(second.result, Succeeds());
  EXPECT_EQ(second.result->fault,
            malformed_at(RuleId::codec_record_within_image, kFirst + 8, 2));
  EXPECT_EQ(second.result->codecs.available, 4U);
  EXPECT_EQ(second.result->codecs.lost, 8U);
}

TEST(Codecs, ReadingIsCharged) {
  decode::Superblock superblock;
  superblock.size = 128;
  superblock.compression = 4;
  superblock.geometry.features.incompat = format::incompat::kComprCfgs;
  const Bytes bytes = test::patched(Bytes(4096), kFirst, hex("0600 0f"));
  const image::MemorySource source{ByteView(bytes)};
  Budget tight = test::with_work(7);
  EXPECT_THAT(codecs(source, superblock, tight),
              IsLimit(RuleId::limit_work_reached));
  Budget enough = test::with_work(8);
  EXPECT_THAT(codecs(source, superblock, enough), Succeeds());
}

}  // namespace
}  // namespace erofs::read
