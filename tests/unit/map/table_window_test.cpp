// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "map/table_window.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "format/rule_ids.gen.h"
#include "image/memory_source.h"
#include "support/budgets.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::map {
namespace {

using test::Bytes;
using test::IsIo;
using test::IsLimit;
using test::plenty;
using test::Succeeds;
using test::view;

// Byte i of the space is i / 8.
Bytes counting(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>(i / 8);
  }
  return bytes;
}

std::uint8_t first(const Result<ByteView>& bytes) {
  return bytes && !bytes->empty()
             ? std::to_integer<std::uint8_t>(bytes->span().front())
             : 0xEE;
}

TEST(TableWindow, ReadsNoMoreThanTheTableHas) {
  const Bytes bytes = counting(4096);
  const image::MemorySource source(view(bytes));
  TableWindow window(source, {Place::kPrimary, 1000}, 24);
  EXPECT_EQ(window.place().offset, 1000U);
  Budget budget = plenty();
  EXPECT_EQ(first(window.bytes(16, 8, budget)), 127);
  EXPECT_EQ(budget.work_spent(), 24U);
  EXPECT_EQ(first(window.bytes(0, 8, budget)), 125);
  EXPECT_EQ(window.bytes(8, 16, budget)->size(), 16U);
  EXPECT_EQ(budget.work_spent(), 24U);
}

TEST(TableWindow, OnePageAtATime) {
  const Bytes bytes = counting(16384);
  const image::MemorySource source(view(bytes));
  TableWindow window(source, {Place::kPrimary, 4000}, 9000);
  Budget budget = plenty();
  // [4000, 4096), then [4096, 8192), then back, then [12288, 13000).
  EXPECT_EQ(first(window.bytes(88, 8, budget)), (4088 / 8) % 256);
  EXPECT_EQ(budget.work_spent(), 96U);
  EXPECT_EQ(first(window.bytes(96, 8, budget)), (4096 / 8) % 256);
  EXPECT_EQ(budget.work_spent(), 96U + 4096);
  EXPECT_EQ(first(window.bytes(4184, 8, budget)), (8184 / 8) % 256);
  EXPECT_EQ(budget.work_spent(), 96U + 4096);
  EXPECT_EQ(first(window.bytes(0, 8, budget)), (4000 / 8) % 256);
  EXPECT_EQ(budget.work_spent(), 96U + 4096 + 96);
  EXPECT_EQ(first(window.bytes(8992, 8, budget)), (12992 / 8) % 256);
  EXPECT_EQ(budget.work_spent(), 96U + 4096 + 96 + 712);
}

TEST(TableWindow, OutsideItThereIsNothing) {
  const Bytes bytes = counting(4096);
  const image::MemorySource source(view(bytes));
  TableWindow window(source, {Place::kPrimary, 1000}, 24);
  Budget budget = plenty();
  EXPECT_THAT(window.bytes(24, 8, budget), IsIo(1024, ERANGE));
  EXPECT_THAT(window.bytes(20, 8, budget), IsIo(1020, ERANGE));
  EXPECT_THAT(window.bytes(~std::uint64_t{0}, 8, budget),
              IsIo(~std::uint64_t{0}, ERANGE));
  TableWindow none;
  EXPECT_THAT(none.bytes(0, 1, budget), IsIo(0, ERANGE));
}

TEST(TableWindow, PeekingReadsNoPage) {
  const Bytes bytes = counting(16384);
  const image::MemorySource source(view(bytes));
  TableWindow window(source, {Place::kPrimary, 4000}, 9000);
  Budget budget = plenty();
  EXPECT_EQ(first(window.peek(8992, 8, budget)), (12992 / 8) % 256);
  EXPECT_EQ(budget.work_spent(), 8U);
  EXPECT_EQ(first(window.bytes(0, 8, budget)), (4000 / 8) % 256);
  EXPECT_EQ(first(window.peek(8, 8, budget)), (4008 / 8) % 256);
  EXPECT_EQ(budget.work_spent(), 8U + 96);
  EXPECT_EQ(first(window.peek(96, 32, budget)), (4096 / 8) % 256);
  EXPECT_THAT(window.peek(96, 33, budget), IsIo(4096, ERANGE));
  EXPECT_THAT(window.peek(8999, 2, budget), IsIo(12999, ERANGE));
  Budget little = test::with_work(7);
  EXPECT_THAT(window.peek(8992, 8, little),
              IsLimit(RuleId::limit_work_reached));
}

TEST(TableWindow, ChargesBeforeItReads) {
  const Bytes bytes = counting(4096);
  const image::MemorySource source(view(bytes));
  TableWindow window(source, {Place::kPrimary, 1000}, 24);
  Budget little = test::with_work(23);
  EXPECT_THAT(window.bytes(0, 8, little), IsLimit(RuleId::limit_work_reached));
  Budget enough = test::with_work(24);
  EXPECT_THAT(window.bytes(0, 8, enough), Succeeds());
}

TEST(TableWindow, AFailedReadLeavesNothing) {
  const Bytes bytes = counting(1010);
  const image::MemorySource source(view(bytes));
  TableWindow window(source, {Place::kPrimary, 1000}, 24);
  Budget budget = plenty();
  EXPECT_FALSE(window.bytes(0, 8, budget).has_value());
  EXPECT_FALSE(window.bytes(0, 8, budget).has_value());
  EXPECT_EQ(budget.work_spent(), 48U);
}

}  // namespace
}  // namespace erofs::map
