// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/digest.h"

#include <gtest/gtest.h>

#include "support/hex_bytes.h"

namespace erofs::emit {
namespace {

TEST(Digest, IsSha256) {
  EXPECT_EQ(test::hex_of(sha256(ByteView::of_text("abc"))).substr(0, 23),
            "ba 78 16 bf 8f 01 cf ea");
  EXPECT_EQ(test::hex_of(sha256(ByteView())).substr(0, 23),
            "e3 b0 c4 42 98 fc 1c 14");
}

}  // namespace
}  // namespace erofs::emit
