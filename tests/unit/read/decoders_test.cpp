// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/decoders.h"

#include <gtest/gtest.h>

#include <set>

namespace erofs::read {
namespace {

TEST(Decoders, BenchesAreUsedAgain) {
  const decode::Codecs codecs;
  const decode::Geometry geometry;
  Decoders decoders(codecs, geometry);
  const DecoderBench* first = nullptr;
  {
    const Decoders::Lease lease = decoders.lend();
    first = &*lease;
  }
  const Decoders::Lease again = decoders.lend();
  EXPECT_EQ(&*again, first);
}

TEST(Decoders, NobodySharesOne) {
  const decode::Codecs codecs;
  const decode::Geometry geometry;
  Decoders decoders(codecs, geometry);
  const Decoders::Lease one = decoders.lend();
  const Decoders::Lease two = decoders.lend();
  const Decoders::Lease three = decoders.lend();
  EXPECT_EQ((std::set<const DecoderBench*>{&*one, &*two, &*three}).size(), 3U);
}

}  // namespace
}  // namespace erofs::read
