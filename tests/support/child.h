// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_CHILD_H_
#define EROFS_SUPPORT_CHILD_H_

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace erofs::test {

// How a process ended that did `act` and nothing else: its exit code, or the
// signal as a negative number. What cannot be undone is tried there.
inline int in_child(const std::function<int()>& act) {
  const pid_t child = ::fork();
  if (child < 0) return -1000;
  if (child == 0) ::_exit(act());
  int status = 0;
  if (::waitpid(child, &status, 0) != child) return -1000;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_CHILD_H_
