// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "confine/calls.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <span>

namespace erofs::confine {
namespace {

// What reading, decoding, threads and the C library take. None of them opens
// anything, or reaches another process.
constexpr std::array kAlways = {
    // of files that are open
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv),
    SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(lseek), SCMP_SYS(close),
    SCMP_SYS(fstat), SCMP_SYS(fadvise64),
    // of memory
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
    SCMP_SYS(sysinfo),
    // of threads
    SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getcpu), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
    SCMP_SYS(gettid), SCMP_SYS(getpid), SCMP_SYS(membarrier),
    // of signals
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall),
    // of time and chance
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom),
    // of who this is
    SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
    // of the end
    SCMP_SYS(exit), SCMP_SYS(exit_group)};

// What making files takes besides: where, Landlock says.
constexpr std::array kWriting = {
    SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(fcntl),
    SCMP_SYS(getdents64), SCMP_SYS(newfstatat), SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat), SCMP_SYS(symlinkat), SCMP_SYS(linkat), SCMP_SYS(mknodat),
    SCMP_SYS(pwrite64), SCMP_SYS(pwritev), SCMP_SYS(ftruncate),
    SCMP_SYS(fchmod), SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(fchown),
    SCMP_SYS(fchownat), SCMP_SYS(fsetxattr), SCMP_SYS(lsetxattr),
    SCMP_SYS(fremovexattr), SCMP_SYS(utimensat), SCMP_SYS(umask),
    // to narrow it down further
    SCMP_SYS(landlock_create_ruleset), SCMP_SYS(landlock_add_rule),
    SCMP_SYS(landlock_restrict_self)};

// A call that is allowed where one of its numbers, masked, is as it should be.
struct Condition {
  int call;
  unsigned argument;
  std::uint64_t mask;
  std::uint64_t value;
};

constexpr std::uint64_t kWhole = ~std::uint64_t{0};
constexpr std::uint64_t kThread = CLONE_VM | CLONE_SIGHAND | CLONE_THREAD;

bool allow(void* filter, std::span<const int> calls) noexcept {
  return std::ranges::all_of(calls, [filter](int call) {
    return ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  });
}

bool allow(void* filter, const Condition& condition) noexcept {
  const scmp_arg_cmp compare = {condition.argument, SCMP_CMP_MASKED_EQ,
                                condition.mask, condition.value};
  return ::seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, condition.call, 1,
                                  &compare) == 0;
}

bool allow_some(void* filter, const Needs& needs) noexcept {
  const auto self = static_cast<std::uint64_t>(::getpid());
  const std::array conditions = {
      // A thread, not a process. What clone3(2) does cannot be seen.
      Condition{SCMP_SYS(clone), 0, kThread, kThread},
      // No memory becomes code.
      Condition{SCMP_SYS(mmap), 2, PROT_EXEC, 0},
      Condition{SCMP_SYS(mprotect), 2, PROT_EXEC, 0},
      // To end by a signal of one's own.
      Condition{SCMP_SYS(tgkill), 0, kWhole, self},
      // Whether it is a terminal.
      Condition{SCMP_SYS(ioctl), 1, kWhole, TCGETS},
      // How many files, of this process.
      Condition{SCMP_SYS(prlimit64), 0, kWhole, 0},
  };
  for (const Condition& condition : conditions) {
    if (!allow(filter, condition)) return false;
  }
  // As fstat(3) does it.
  return needs.writes || allow(filter, Condition{SCMP_SYS(newfstatat), 3,
                                                 kWhole, AT_EMPTY_PATH});
}

}  // namespace

void ReleaseFilter::operator()(void* filter) const noexcept {
  ::seccomp_release(filter);
}

bool filters_offered() noexcept {
  const std::uint32_t action = SECCOMP_RET_ERRNO;
  return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

Filter filter_for(const Needs& needs) noexcept {
  // Libraries have answers to a kernel that is too old for a call.
  Filter filter(::seccomp_init(SCMP_ACT_ERRNO(ENOSYS)));
  if (!filter) return filter;
  const bool whole =
      ::seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH,
                         SCMP_ACT_KILL_PROCESS) == 0 &&
      ::seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
      allow(filter.get(), kAlways) && allow_some(filter.get(), needs) &&
      (!needs.writes || allow(filter.get(), kWriting));
  if (!whole) filter.reset();
  return filter;
}

bool hold_to_calls(const Needs& needs) noexcept {
  const Filter filter = filter_for(needs);
  return filter && ::seccomp_load(filter.get()) == 0;
}

}  // namespace erofs::confine
