// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

#include "support/matchers.h"

namespace erofs {
namespace {

using test::FaultsWith;
using test::Succeeds;

constexpr RuleId kRule{9};
constexpr Place kWhere{2, 64};
const Fault kFault{FaultKind::kMalformed, kRule, kWhere, 1};

Status even(std::uint64_t number) {
  if (number % 2 != 0) return malformed(kRule, kWhere, number % 2);
  return {};
}

Result<std::unique_ptr<std::uint64_t>> half(std::uint64_t number) {
  EROFS_TRY(even(number));
  return std::make_unique<std::uint64_t>(number / 2);
}

Result<std::uint64_t> quarter(std::uint64_t number) {
  EROFS_ASSIGN(const auto once, half(number));
  EROFS_ASSIGN(auto twice, half(*once));
  return *twice;
}

Status divides_by_four(std::uint64_t number) {
  std::uint64_t quotient = 0;
  EROFS_ASSIGN(quotient, quarter(number));
  EXPECT_EQ(quotient * 4, number);
  return {};
}

TEST(Result, TryHandsOnTheFault) {
  EXPECT_THAT(half(4), Succeeds());
  EXPECT_THAT(half(5), FaultsWith(kFault));
}

TEST(Result, AssignBindsValuesThatOnlyMove) {
  ASSERT_THAT(quarter(12), Succeeds());
  EXPECT_EQ(*quarter(12), 3U);
  EXPECT_THAT(quarter(6), FaultsWith(kFault));
  EXPECT_THAT(quarter(7), FaultsWith(kFault));
}

TEST(Result, AssignFillsVariablesThatExist) {
  EXPECT_THAT(divides_by_four(8), Succeeds());
  EXPECT_THAT(divides_by_four(10), FaultsWith(kFault));
}

TEST(Result, MakersSetTheKind) {
  const Status bad = malformed(kRule, kWhere, 4);
  const Status unknown = unsupported(kRule, kWhere, 5);
  const Status host = io_fault(kWhere, 6);
  EXPECT_THAT(bad, FaultsWith(Fault{FaultKind::kMalformed, kRule, kWhere, 4}));
  EXPECT_THAT(unknown,
              FaultsWith(Fault{FaultKind::kUnsupported, kRule, kWhere, 5}));
  EXPECT_THAT(host, FaultsWith(Fault{FaultKind::kIo, RuleId{}, kWhere, 6}));
}

}  // namespace
}  // namespace erofs
