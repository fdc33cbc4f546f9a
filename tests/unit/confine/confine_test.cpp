// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "confine/confine.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <cerrno>

#include "support/child.h"

namespace erofs::confine {
namespace {

using test::in_child;

TEST(Confine, IsAllThatIsOffered) {
  const Held can = offered();
  EXPECT_TRUE(can.calls);
  EXPECT_EQ(in_child([&] {
              const Held held = confine({});
              return held.calls == can.calls && held.paths == can.paths ? 0 : 1;
            }),
            0);
}

TEST(Confine, LeavesNoFileNoSocketAndNoNewPrivileges) {
  EXPECT_EQ(in_child([] {
              static_cast<void>(confine({}));
              return ::open("/dev/null", O_RDONLY | O_CLOEXEC) < 0 ? 0 : 1;
            }),
            0);
  EXPECT_EQ(in_child([] {
              static_cast<void>(confine({}));
              return ::socket(AF_INET, SOCK_STREAM, 0) < 0 ? 0 : 1;
            }),
            0);
  EXPECT_EQ(in_child([] {
              Needs writes;  // which may still ask
              writes.writes = true;
              static_cast<void>(confine(writes));
              return ::open("/dev/null", O_RDONLY | O_CLOEXEC) < 0 ? 0 : 1;
            }),
            offered().paths ? 0 : 1);
}

TEST(Confine, CanBeDoneTwice) {
  EXPECT_EQ(in_child([] {
              Needs writes;
              writes.writes = true;
              static_cast<void>(confine(writes));
              return narrow(writes) == offered().paths ? 0 : 1;
            }),
            0);
}

TEST(Confine, LeavesThisProcessAlone) {
  EXPECT_EQ(::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 0);
}

}  // namespace
}  // namespace erofs::confine
