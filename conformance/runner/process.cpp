// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "runner/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

extern char** environ;

namespace conformance {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    // Close-on-exec, or other threads' children would keep them open.
    if (pipe2(ends.data(), O_CLOEXEC) == 0) {
      read = ends[0];
      write = ends[1];
    }
  }
  ~Pipe() {
    close_end(read);
    close_end(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  static void close_end(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

pid_t start(const std::vector<std::string>& command, int out, int err) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, 1);
  posix_spawn_file_actions_adddup2(&actions, err, 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  std::vector<char*> words;
  for (const std::string& word : command) {
    words.push_back(const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);
  pid_t child = -1;
  const int error = posix_spawnp(&child, words[0], &actions, &attributes,
                                 words.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? child : -1;
}

// Takes what is there; false at the end of the stream.
bool drain(int& end, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(end, buffer.data(), buffer.size());
  if (got <= 0) {
    Pipe::close_end(end);
    return false;
  }
  text.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

// Reads both streams until they end, time is up or they are too long.
void collect(Pipe& out, Pipe& err, Clock::time_point deadline,
             Outcome& outcome) {
  while (out.read >= 0 || err.read >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - Clock::now());
    if (left.count() <= 0) {
      outcome.timed_out = true;
      return;
    }
    std::array<pollfd, 2> ends{pollfd{out.read, POLLIN, 0},
                               pollfd{err.read, POLLIN, 0}};
    if (poll(ends.data(), ends.size(), static_cast<int>(left.count())) < 0) {
      continue;
    }
    if (ends[0].revents != 0) drain(out.read, outcome.out);
    if (ends[1].revents != 0) drain(err.read, outcome.err);
    if (outcome.out.size() + outcome.err.size() > kMostOutput) {
      outcome.too_much = true;
      return;
    }
  }
}

// Waits for a child that closed its streams but has not ended yet.
int wait_for(pid_t child, Clock::time_point deadline, Outcome& outcome) {
  int status = 0;
  while (true) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    if (outcome.timed_out || outcome.too_much || Clock::now() > deadline) {
      outcome.timed_out = !outcome.too_much;
      kill(-child, SIGKILL);
      waitpid(child, &status, 0);
      return status;
    }
    usleep(1000);
  }
}

}  // namespace

Outcome run(const std::vector<std::string>& command,
            std::chrono::milliseconds timeout) {
  Outcome outcome;
  Pipe out;
  Pipe err;
  const auto begin = Clock::now();
  const pid_t child = start(command, out.write, err.write);
  if (child < 0) return outcome;
  outcome.started = true;
  Pipe::close_end(out.write);
  Pipe::close_end(err.write);
  const auto deadline = begin + timeout;
  collect(out, err, deadline, outcome);
  const int status = wait_for(child, deadline, outcome);
  kill(-child, SIGKILL);  // children that it may have left
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  if (WIFEXITED(status)) outcome.exit = WEXITSTATUS(status);
  outcome.took = std::chrono::duration_cast<std::chrono::milliseconds>(
      Clock::now() - begin);
  return outcome;
}

}  // namespace conformance
