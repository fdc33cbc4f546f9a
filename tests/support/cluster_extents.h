// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_CLUSTER_EXTENTS_H_
#define EROFS_SUPPORT_CLUSTER_EXTENTS_H_

#include <gmock/gmock.h>

#include <cstdint>

#include "map/cluster.h"
#include "support/budgets.h"
#include "support/cluster_file.h"
#include "support/matchers.h"

namespace erofs::test {

// The extent that starts at `offset` of a compressed file.
inline Result<map::Extent> at(const ClusterFile& file, std::uint64_t offset) {
  auto map = map::ClusterMap::open(file.file, file.image);
  if (!map) return tl::unexpected<Fault>(map.error());
  Budget budget = plenty();
  return map->at(offset, budget);
}

inline void expect_encoded(const Result<map::Extent>& found,
                           std::uint64_t logical, std::uint64_t length,
                           std::uint64_t place, std::uint64_t skip,
                           const map::Stream& stream) {
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->kind, map::ExtentKind::kEncoded);
  EXPECT_EQ(found->logical, logical);
  EXPECT_EQ(found->length, length);
  EXPECT_EQ(found->location.place.offset, place);
  EXPECT_EQ(found->skip, skip);
  EXPECT_EQ(found->stream, stream);
}

inline void expect_bytes(const Result<map::Extent>& found, map::ExtentKind kind,
                         std::uint64_t logical, std::uint64_t length,
                         Place place) {
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->kind, kind);
  EXPECT_EQ(found->logical, logical);
  EXPECT_EQ(found->length, length);
  EXPECT_EQ(found->location.place, place);
}

inline void expect_hole(const Result<map::Extent>& found, std::uint64_t logical,
                        std::uint64_t length) {
  ASSERT_THAT(found, Succeeds());
  EXPECT_EQ(found->kind, map::ExtentKind::kHole);
  EXPECT_EQ(found->logical, logical);
  EXPECT_EQ(found->length, length);
  EXPECT_EQ(found->location.source, nullptr);
}

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_CLUSTER_EXTENTS_H_
