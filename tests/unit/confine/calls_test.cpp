// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "confine/calls.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/openat2.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <thread>
#include <vector>

#include "support/child.h"

namespace erofs::confine {
namespace {

using test::in_child;

constexpr int kNotHeld = 200;

// Whether the call fails as if there were none of its name.
template <class... Args>
bool missing(long number, Args... args) {
  errno = 0;
  return ::syscall(number, args...) == -1 && errno == ENOSYS;
}

// The first of some calls that did not fail, counting from 1; 0 for none.
int first(std::initializer_list<bool> failed) {
  int at = 0;
  for (const bool each : failed) {
    ++at;
    if (!each) return at;
  }
  return 0;
}

int opens_a_file() {
  struct open_how how {};
  return first({
      missing(SYS_open, "/dev/null", O_RDONLY),
      missing(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY),
      missing(SYS_openat2, AT_FDCWD, "/dev/null", &how, sizeof how),
      missing(SYS_creat, "/dev/null", 0),
      missing(SYS_memfd_create, "x", 0),
      missing(SYS_unlink, "/nowhere/at/all"),
      missing(SYS_rename, "/nowhere/at/all", "/nowhere"),
      missing(SYS_io_uring_setup, 1, nullptr),
      missing(SYS_open_by_handle_at, AT_FDCWD, nullptr, O_RDONLY),
      missing(SYS_readlink, "/proc/self/exe", nullptr, 0),
  });
}

int opens_a_socket() {
  struct sockaddr_un name {};
  name.sun_family = AF_UNIX;
  std::array<int, 2> pair{};
  return first({
      missing(SYS_socket, AF_INET, SOCK_STREAM, 0),
      missing(SYS_socket, AF_UNIX, SOCK_STREAM, 0),
      missing(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair.data()),
      missing(SYS_connect, 0, &name, sizeof name),
      missing(SYS_bind, 0, &name, sizeof name),
      missing(SYS_sendto, 0, nullptr, 0, 0, &name, sizeof name),
  });
}

int starts_or_reaches_a_process() {
  std::array<char*, 1> none{};
  return first({
      missing(SYS_execve, "/bin/true", none.data(), none.data()),
      missing(SYS_execveat, AT_FDCWD, "/bin/true", none.data(), none.data(), 0),
      missing(SYS_fork),
      missing(SYS_vfork),
      missing(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr),
      missing(SYS_clone3, nullptr, 0),
      missing(SYS_ptrace, 0, 0, nullptr, nullptr),
      missing(SYS_kill, ::getppid(), 0),
      missing(SYS_tgkill, ::getppid(), ::getppid(), 0),
      missing(SYS_process_vm_readv, ::getppid(), nullptr, 0, nullptr, 0, 0),
      missing(SYS_pidfd_open, ::getppid(), 0),
      missing(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0),
      missing(SYS_bpf, 0, nullptr, 0),
  });
}

bool makes_code() {
  constexpr std::size_t kPage = 4096;
  void* const plain = ::mmap(nullptr, kPage, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (plain == MAP_FAILED) return true;
  void* const code = ::mmap(nullptr, kPage, PROT_READ | PROT_EXEC,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return code != MAP_FAILED ||
         ::mprotect(plain, kPage, PROT_READ | PROT_EXEC) == 0;
}

bool hold(const Needs& needs = {}) {
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && hold_to_calls(needs);
}

// What `attempt` says in a process that is held to reading.
int held(const std::function<int()>& attempt) {
  return in_child([&] { return hold() ? attempt() : kNotHeld; });
}

int in_new_thread(const std::function<int()>& attempt) {
  int result = kNotHeld;
  std::thread([&] { result = attempt(); }).join();
  return result;
}

TEST(Calls, AreOfferedByEveryKernelThatTestsRunOn) {
  EXPECT_TRUE(filters_offered());
}

TEST(Calls, HaveAFilterForEachNeed) {
  EXPECT_NE(filter_for({}), nullptr);
  Needs writes;
  writes.writes = true;
  EXPECT_NE(filter_for(writes), nullptr);
}

TEST(Calls, AttemptsSucceedWhereNothingIsHeld) {
  EXPECT_EQ(in_child(opens_a_file), 1);
  EXPECT_EQ(in_child(opens_a_socket), 1);
  EXPECT_EQ(in_child([] { return missing(SYS_kill, ::getppid(), 0) ? 1 : 0; }),
            0);
  EXPECT_EQ(in_child([] { return makes_code() ? 1 : 0; }), 1);
}

TEST(Calls, OpenNoFile) { EXPECT_EQ(held(opens_a_file), 0); }

TEST(Calls, OpenNoSocket) { EXPECT_EQ(held(opens_a_socket), 0); }

TEST(Calls, StartAndReachNoProcess) {
  EXPECT_EQ(held(starts_or_reaches_a_process), 0);
}

TEST(Calls, MakeNoCode) {
  EXPECT_EQ(held([] { return makes_code() ? 1 : 0; }), 0);
}

TEST(Calls, BindThreadsMadeLater) {
  EXPECT_EQ(held([] { return in_new_thread(opens_a_file); }), 0);
  EXPECT_EQ(held([] { return in_new_thread(opens_a_socket); }), 0);
  EXPECT_EQ(held([] { return in_new_thread(starts_or_reaches_a_process); }), 0);
}

TEST(Calls, BindThreadsMadeBefore) {
  EXPECT_EQ(in_child([] {
              std::atomic<int> turn = 0;
              int result = kNotHeld;
              std::thread worker([&] {
                turn = 1;
                while (turn != 2) std::this_thread::yield();
                result = opens_a_file() + opens_a_socket() +
                         starts_or_reaches_a_process();
              });
              while (turn != 1) std::this_thread::yield();
              const bool done = hold();
              turn = 2;
              worker.join();
              return done ? result : kNotHeld;
            }),
            0);
}

TEST(Calls, LeaveWhatIsOpenInUse) {
  const int zero = ::open("/dev/zero", O_RDWR | O_CLOEXEC);
  ASSERT_GE(zero, 0);
  EXPECT_EQ(held([zero] {
              std::array<char, 4> bytes = {1, 1, 1, 1};
              const bool read =
                  ::pread(zero, bytes.data(), bytes.size(), 0) == 4 &&
                  bytes[3] == 0;
              const bool written = ::write(zero, bytes.data(), 4) == 4;
              struct stat found {};
              const bool known = ::fstat(zero, &found) == 0;
              return read && written && known && ::close(zero) == 0 ? 0 : 1;
            }),
            0);
  ::close(zero);
}

TEST(Calls, LeaveMemoryAndThreads) {
  EXPECT_EQ(held([] {
              return in_new_thread([] {
                const std::vector<char> much(std::size_t{1} << 24, 'x');
                return much.back() == 'x' ? 0 : 1;
              });
            }),
            0);
}

TEST(Calls, LeaveTheEndByASignal) {
  EXPECT_EQ(held([]() -> int { std::abort(); }), -SIGABRT);
}

TEST(Calls, OpenFilesWhereThatIsNeeded) {
  Needs writes;
  writes.writes = true;
  const auto with = [&](const std::function<int()>& attempt) {
    return in_child([&] { return hold(writes) ? attempt() : kNotHeld; });
  };
  EXPECT_EQ(with([] { return ::open("/dev/null", O_RDONLY) >= 0 ? 0 : 1; }), 0);
  EXPECT_EQ(with(opens_a_socket), 0);
  EXPECT_EQ(with(starts_or_reaches_a_process), 0);
}

}  // namespace
}  // namespace erofs::confine
