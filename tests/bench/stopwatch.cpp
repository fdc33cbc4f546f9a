// SPDX-License-Identifier: Apache-2.0 OR MIT
// erofs-bench-stopwatch CORE[,CORE]... COMMAND [ARGUMENT]...
//
// Runs a command on those cores, its standard output thrown away, and prints
// what it took as one JSON object. A program of its own because a child's peak
// memory, as wait4(2) tells it, is never less than that of the process that
// started it: this one is small.
#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <span>
#include <string_view>

namespace {

constexpr int kNotStarted = 127;

bool pin(std::string_view list) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  while (!list.empty()) {
    const std::string_view word = list.substr(0, list.find(','));
    std::size_t core = 0;
    const auto [end, error] =
        std::from_chars(word.data(), word.data() + word.size(), core);
    if (error != std::errc() || core >= CPU_SETSIZE) return false;
    CPU_SET(core, &cores);
    list.remove_prefix(word.size() < list.size() ? word.size() + 1
                                                 : list.size());
  }
  return sched_setaffinity(0, sizeof cores, &cores) == 0;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) / 1e6;
}

// `command` ends with a null pointer, as execvp(3) wants it.
[[noreturn]] void become(std::span<char*> command) {
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0) {
    execvp(command[0], command.data());
  }
  std::perror(command[0]);
  _exit(kNotStarted);
}

}  // namespace

int main(int argc, char** argv) {
  // The null pointer behind the last argument is counted too.
  const std::span words(argv, static_cast<std::size_t>(argc) + 1);
  if (argc < 3 || !pin(words[1])) {
    std::fputs("usage: erofs-bench-stopwatch CORE[,CORE]... COMMAND...\n",
               stderr);
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) become(words.subspan(2));
  int status = 0;
  rusage use = {};
  if (child < 0 || wait4(child, &status, 0, &use) != child) {
    std::perror("erofs-bench-stopwatch");
    return 2;
  }
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  const int code =
      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::printf(
      "{\"seconds\": %.6f, \"cpu\": %.6f, \"peak_kib\": %ld, \"status\": %d}\n",
      took.count(), seconds(use.ru_utime) + seconds(use.ru_stime),
      use.ru_maxrss, code);
  return 0;
}
