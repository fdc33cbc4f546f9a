// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/deadline.h"

#include <gtest/gtest.h>

#include <thread>

namespace erofs {
namespace {

TEST(Deadline, HasNotPassedUntilSomebodySaysSo) {
  Deadline deadline(0);
  EXPECT_FALSE(deadline.passed());
  deadline.pass();
  EXPECT_TRUE(deadline.passed());
}

TEST(Deadline, KeepsWhatWasGranted) {
  EXPECT_EQ(Deadline(90000).milliseconds(), 90000U);
}

TEST(Deadline, IsToldFromAnotherThread) {
  Deadline deadline(1);
  std::thread([&deadline] { deadline.pass(); }).join();
  EXPECT_TRUE(deadline.passed());
}

}  // namespace
}  // namespace erofs
