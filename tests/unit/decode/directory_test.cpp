// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/directory.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/budgets.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::decode {
namespace {

using test::Bytes;
using test::hex;
using test::IsLimit;
using test::IsMalformed;
using test::patched;
using test::repeat;
using test::Succeeds;
using test::text_bytes;
using test::view;

constexpr Place kAt{Place::kPrimary, 8192};
constexpr std::uint32_t kBlock = 512;

// ".", ".." and "file", 36 bytes of entries and 7 of names.
Bytes sample() {
  return hex("24 00 00 00 00 00 00 00 | 24 00 | 02 00 |"
             "25 00 00 00 00 00 00 80 | 25 00 | 02 00 |"
             "29 00 00 00 00 00 00 00 | 27 00 | 01 07") +
         text_bytes("...file");
}

Result<DirectoryBlock> decode(const Bytes& bytes) {
  Budget budget = test::plenty();
  return directory_block(view(bytes), kBlock, kAt, budget);
}

// One entry whose name is `name`, with nothing behind it.
Bytes single(const Bytes& name) {
  return hex("24 00 00 00 00 00 00 00 | 0c 00 | 01 00") + name;
}

TEST(DirectoryBlock, ReadsEntriesInStoredOrder) {
  const Bytes bytes = sample();
  const auto block = decode(bytes);
  ASSERT_THAT(block, Succeeds());
  EXPECT_EQ(block->used, 43U);
  ASSERT_EQ(block->entries.size(), 3U);
  const Dirent& dot = block->entries[0];
  EXPECT_EQ(dot.nid, 36U);
  EXPECT_EQ(dot.name, ".");
  EXPECT_EQ(dot.at, 0U);
  EXPECT_EQ(dot.name_at, 36);
  EXPECT_EQ(dot.file_type, 2);
  EXPECT_EQ(dot.reserved, 0);
  EXPECT_EQ(block->entries[1].nid, 0x8000000000000025U);
  EXPECT_EQ(block->entries[1].name, "..");
  const Dirent& file = block->entries[2];
  EXPECT_EQ(file.name, "file");
  EXPECT_EQ(file.at, 24U);
  EXPECT_EQ(file.name_at, 39);
  EXPECT_EQ(file.reserved, 7);
}

TEST(DirectoryBlock, TheLastNameEndsAtItsFirstNul) {
  const Bytes bytes = sample() + hex("00 78 2f");
  const auto block = decode(bytes);
  ASSERT_THAT(block, Succeeds());
  EXPECT_EQ(block->entries[2].name, "file");
  EXPECT_EQ(block->used, 43U);
}

TEST(DirectoryBlock, OrderAndTypesAreNotItsBusiness) {
  const Bytes bytes = hex("00 00 00 00 00 00 00 00 | 18 00 | ff 00 |"
                          "00 00 00 00 00 00 00 00 | 19 00 | 00 00") +
                      text_bytes("bb");
  const auto block = decode(bytes);
  ASSERT_THAT(block, Succeeds());
  EXPECT_EQ(block->entries[0].name, "b");
  EXPECT_EQ(block->entries[1].name, "b");
}

TEST(DirectoryBlock, NothingBehindTheBlockSizeIsLookedAt) {
  const Bytes bytes = single(repeat('a', 200)) + repeat(0, 300) +
                      text_bytes("behind the block");
  EXPECT_THAT(decode(bytes), Succeeds());
  const Bytes past = patched(bytes, 8, hex("00 02"));
  EXPECT_THAT(decode(past),
              IsMalformed(RuleId::directory_first_nameoff_range, 8200, 512));
}

TEST(DirectoryBlock, FirstNameoffRange) {
  const RuleId rule = RuleId::directory_first_nameoff_range;
  EXPECT_THAT(decode({}), IsMalformed(rule, 8192, 0));
  EXPECT_THAT(decode(repeat(0, 11)), IsMalformed(rule, 8192, 11));
  const auto with = [](const char* nameoff) {
    return decode(patched(sample(), 8, hex(nameoff)));
  };
  EXPECT_THAT(with("00 00"), IsMalformed(rule, 8200, 0));
  EXPECT_THAT(with("0b 00"), IsMalformed(rule, 8200, 11));
  EXPECT_THAT(with("2c 00"), IsMalformed(rule, 8200, 44));
  EXPECT_THAT(with("30 00"), IsMalformed(rule, 8200, 48));
  EXPECT_THAT(with("ff ff"), IsMalformed(rule, 8200, 65535));
}

TEST(DirectoryBlock, FirstNameoffIsBelowTheBlockSize) {
  // 43 entries would take 516 bytes; 42 take 504, and leave 8 for names.
  const Bytes full = patched(repeat(0, 512), 8, hex("04 02"));
  EXPECT_THAT(decode(full),
              IsMalformed(RuleId::directory_first_nameoff_range, 8200, 516));
  const Bytes most = patched(repeat(0, 512), 8, hex("f8 01"));
  EXPECT_THAT(decode(most),
              IsMalformed(RuleId::directory_nameoff_increasing, 8212, 0));
}

TEST(DirectoryBlock, FirstNameoffMultiple) {
  const RuleId rule = RuleId::directory_first_nameoff_multiple;
  EXPECT_THAT(decode(patched(sample(), 8, hex("0d 00"))),
              IsMalformed(rule, 8200, 13));
  EXPECT_THAT(decode(patched(sample(), 8, hex("23 00"))),
              IsMalformed(rule, 8200, 35));
}

TEST(DirectoryBlock, NameoffsIncrease) {
  const RuleId rule = RuleId::directory_nameoff_increasing;
  // Entry 2 at 44: equal to, and before, the name of entry 1.
  EXPECT_THAT(decode(patched(sample(), 32, hex("25 00"))),
              IsMalformed(rule, 8224, 37));
  EXPECT_THAT(decode(patched(sample(), 32, hex("24 00"))),
              IsMalformed(rule, 8224, 36));
  // Into the entries themselves.
  EXPECT_THAT(decode(patched(sample(), 20, hex("00 00"))),
              IsMalformed(rule, 8212, 0));
}

TEST(DirectoryBlock, NameoffsStayInTheBlock) {
  const RuleId rule = RuleId::directory_nameoff_in_block;
  EXPECT_THAT(decode(patched(sample(), 32, hex("2a 00"))), Succeeds());
  EXPECT_THAT(decode(patched(sample(), 32, hex("2b 00"))),
              IsMalformed(rule, 8224, 43));
  EXPECT_THAT(decode(patched(sample(), 32, hex("ff ff"))),
              IsMalformed(rule, 8224, 65535));
  // The only name begins where the block ends.
  EXPECT_THAT(decode(single({})), IsMalformed(rule, 8200, 12));
}

TEST(DirectoryBlock, NamesHaveOneTo255Bytes) {
  const RuleId rule = RuleId::directory_name_length;
  EXPECT_THAT(decode(single(repeat('x', 255))), Succeeds());
  EXPECT_THAT(decode(single(repeat('x', 256))), IsMalformed(rule, 8204, 256));
  EXPECT_THAT(decode(single(hex("00 78"))), IsMalformed(rule, 8204, 0));
  // Not the last one: its length is the distance to the next name.
  const Bytes two = hex("01 00 00 00 00 00 00 00 | 18 00 | 01 00 |"
                        "01 00 00 00 00 00 00 00 | 18 01 | 01 00") +
                    repeat('x', 257);
  EXPECT_THAT(decode(two), IsMalformed(rule, 8216, 256));
  EXPECT_THAT(decode(patched(two, 20, hex("17 01"))), Succeeds());
}

TEST(DirectoryBlock, NamesHaveNoSlash) {
  const RuleId rule = RuleId::directory_name_slash;
  EXPECT_THAT(decode(single(text_bytes("/"))), IsMalformed(rule, 8204, '/'));
  EXPECT_THAT(decode(single(text_bytes("../x"))), IsMalformed(rule, 8206, '/'));
  EXPECT_THAT(decode(patched(sample(), 38, hex("2f"))),
              IsMalformed(rule, 8230, '/'));
}

TEST(DirectoryBlock, NamesHaveNoNul) {
  EXPECT_THAT(decode(patched(sample(), 38, hex("00"))),
              IsMalformed(RuleId::directory_name_nul, 8230, 0));
}

TEST(DirectoryBlock, ChargesItsBytes) {
  const Bytes bytes = sample();
  Budget enough = test::with_work(bytes.size());
  EXPECT_THAT(directory_block(view(bytes), kBlock, kAt, enough), Succeeds());
  Budget less = test::with_work(bytes.size() - 1);
  EXPECT_THAT(directory_block(view(bytes), kBlock, kAt, less),
              IsLimit(RuleId::limit_work_reached));
}

TEST(DirectoryBlock, ChargesNothingBehindTheBlockSize) {
  const Bytes bytes = single(text_bytes("a")) + repeat(0, 1000);
  Budget budget = test::with_work(kBlock);
  EXPECT_THAT(directory_block(view(bytes), kBlock, kAt, budget), Succeeds());
  EXPECT_EQ(budget.work_spent(), kBlock);
}

TEST(DirectoryEntryCount, ComesFromTheFirstNameoff) {
  const Bytes three = sample();
  EXPECT_EQ(directory_entry_count(view(three), kBlock, kAt), 3U);
  const Bytes one = single(text_bytes("a"));
  EXPECT_EQ(directory_entry_count(view(one), kBlock, kAt), 1U);
  const Bytes odd = patched(sample(), 8, hex("25 00"));
  EXPECT_THAT(directory_entry_count(view(odd), kBlock, kAt),
              IsMalformed(RuleId::directory_first_nameoff_multiple, 8200, 37));
}

TEST(DirectoryEntry, ReadsOneNameAlone) {
  // What is wrong with the first name does not concern the others.
  const Bytes bytes = patched(sample(), 36, hex("2f"));
  const auto entry = directory_entry(view(bytes), kBlock, kAt, 1, 3);
  ASSERT_THAT(entry, Succeeds());
  EXPECT_EQ(entry->name, "..");
  EXPECT_EQ(entry->at, 12U);
  EXPECT_EQ(directory_entry(view(bytes), kBlock, kAt, 2, 3)->name, "file");
  EXPECT_THAT(directory_entry(view(bytes), kBlock, kAt, 0, 3),
              IsMalformed(RuleId::directory_name_slash, 8228, '/'));
}

TEST(DirectoryEntry, NamesAreNotTakenFromTheEntries) {
  // Entry 1 points at entry 0; alone, it has no predecessor to compare with.
  const Bytes bytes = patched(sample(), 20, hex("04 00"));
  EXPECT_THAT(directory_entry(view(bytes), kBlock, kAt, 1, 3),
              IsMalformed(RuleId::directory_nameoff_increasing, 8212, 4));
}

TEST(DirectoryEntry, OnlyTheFirstNameBeginsWhereTheEntriesEnd) {
  const Bytes bytes = patched(sample(), 20, hex("24 00"));
  EXPECT_THAT(directory_entry(view(bytes), kBlock, kAt, 1, 3),
              IsMalformed(RuleId::directory_nameoff_increasing, 8212, 36));
}

TEST(DirectoryEntry, AWrongIndexOrCountIsAFaultToo) {
  const Bytes bytes = sample();
  const RuleId rule = RuleId::directory_nameoff_in_block;
  EXPECT_THAT(directory_entry(view(bytes), kBlock, kAt, 3, 4),
              IsMalformed(rule, 8236, 43));
  EXPECT_THAT(directory_entry(view(bytes), kBlock, kAt, 0xFFFFFFFF, 3),
              IsMalformed(rule, 8200 + 0xFFFFFFFFULL * 12, 43));
}

}  // namespace
}  // namespace erofs::decode
