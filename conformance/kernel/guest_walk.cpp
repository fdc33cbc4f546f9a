// SPDX-License-Identifier: Apache-2.0 OR MIT
// The first and only process of the guest: mounts one image after the other
// and tells the host, line by line, what the kernel made of it.
//
//   B RELEASE           the guest is up
//   J ID BACKING        what follows is about this job ("block" or "file")
//   N ERRNO|ok          what mount(2) said; "again ERRNO" for the second mount
//   M {...}, E ...      see guest_tree.h
//   K MESSAGE           what the kernel logged meanwhile
//   D ok|timeout|hang|signal   how the job ended
//   Z                   all jobs are done

#include <fcntl.h>
#include <linux/loop.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "guest_tree.h"

namespace {

constexpr const char* kTop = "/top";
constexpr const char* kPort = "/dev/vport0p1";
constexpr int kUnmountedAtLeast = 5;  // seconds that a killed job may need

struct Job {
  std::string id;
  std::uint64_t offset = 0;
  unsigned devices = 0;
};

const char* errno_name() {
  const char* name = strerrorname_np(errno);
  return name != nullptr ? name : "errno";
}

void load_modules() {
  std::ifstream list("/modules/list");
  for (std::string name; std::getline(list, name);) {
    const int file = open(("/modules/" + name).c_str(), O_RDONLY | O_CLOEXEC);
    if (syscall(SYS_finit_module, file, "", 0) != 0 && errno != EEXIST) {
      std::printf("guest: %s: %s\n", name.c_str(), errno_name());
    }
    close(file);
  }
}

int open_port() {
  for (int tries = 0; tries < 500; ++tries) {
    const int port = open(kPort, O_WRONLY | O_CLOEXEC);
    if (port >= 0) return port;
    usleep(10'000);
  }
  return -1;
}

// A read-only loop device that goes when its last user goes. The descriptor
// stays open until the process ends.
std::string loop_device(const std::string& path, std::uint64_t offset) {
  const int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
  const int index = ioctl(control, LOOP_CTL_GET_FREE);
  close(control);
  if (index < 0) return {};
  std::string name = "/dev/loop" + std::to_string(index);
  loop_config config{};
  config.fd = static_cast<std::uint32_t>(open(path.c_str(), O_RDONLY));
  config.info.lo_offset = offset;
  config.info.lo_flags = LO_FLAGS_READ_ONLY | LO_FLAGS_AUTOCLEAR;
  const int device = open(name.c_str(), O_RDONLY);
  if (ioctl(device, LOOP_CONFIGURE, &config) != 0) return {};
  close(static_cast<int>(config.fd));
  return name;
}

// Source and options of the mount; an empty source where there is none.
std::string prepare(const Job& job, bool block, std::string& options) {
  std::string image = "/i/" + job.id;
  for (unsigned slot = 1; slot <= job.devices; ++slot) {
    const std::string blob = image + '.' + std::to_string(slot);
    options += (options.empty() ? "device=" : ",device=") +
               (block ? loop_device(blob, 0) : blob);
  }
  if (block) return loop_device(image, job.offset);
  if (job.offset != 0) {
    options += (options.empty() ? "fsoffset=" : ",fsoffset=") +
               std::to_string(job.offset);
  }
  return image;
}

bool attach(guest::Report& report, const char* when, const std::string& source,
            const std::string& options) {
  const bool done =
      mount(source.c_str(), kTop, "erofs",
            MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, options.c_str()) == 0;
  report.line("N", std::string(when) + (done ? "ok" : errno_name()));
  report.flush();
  return done;
}

std::size_t number(const char* name, std::size_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoul(text, nullptr, 10) : otherwise;
}

[[noreturn]] void examine(guest::Report& report, const Job& job, bool block) {
  unshare(CLONE_NEWNS);
  mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
  std::string options;
  const std::string source = prepare(job, block, options);
  guest::Tree tree(report);
  if (attach(report, "", source, options)) {
    tree.visit(kTop);
    report.flush();
    umount2(kTop, 0);
    if (number("visits", 2) > 1) {
      // The page cache of what lies below goes too, or damage stays unseen.
      std::ofstream("/proc/sys/vm/drop_caches") << "3\n";
      if (attach(report, "again ", source, options)) tree.revisit(kTop);
    } else {
      report.line("N", "again ok");
    }
    umount2(kTop, MNT_DETACH);
  }
  report.flush();
  _exit(0);
}

double now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) / 1e9;
}

// True once the child is gone. Most are within some milliseconds.
bool gone(pid_t child, double seconds, int& status) {
  const double since = now();
  for (double left = seconds; left > 0; left = since + seconds - now()) {
    if (waitpid(child, &status, WNOHANG) == child) return true;
    usleep(seconds - left < 0.05 ? 1'000 : 10'000);
  }
  return false;
}

const char* await(pid_t child, int seconds) {
  int status = 0;
  if (gone(child, seconds, status)) {
    return WIFSIGNALED(status) ? "signal" : "ok";
  }
  kill(child, SIGKILL);
  return gone(child, kUnmountedAtLeast, status) ? "timeout" : "hang";
}

// What the kernel has logged since the last call and may matter.
void log(guest::Report& report, int kmsg) {
  static constexpr std::array kWanted{"erofs",   "WARNING", "BUG",
                                      "lockup",  "beyond",  "I/O error",
                                      "blocked", "Oops"};
  std::array<char, 1U << 13U> record{};
  unsigned told = 0;
  for (;;) {
    const ssize_t got = read(kmsg, record.data(), record.size() - 1);
    if (got < 0 && errno == EPIPE) continue;  // older records were dropped
    if (got <= 0) return;
    record[static_cast<std::size_t>(got)] = '\0';
    const std::string text = record.data();
    const std::size_t begin = text.find(';') + 1;
    const std::string line = text.substr(begin, text.find('\n', begin) - begin);
    for (const char* word : kWanted) {
      if (line.find(word) == std::string::npos) continue;
      if (++told <= 20) report.line("K", line);
      break;
    }
  }
}

std::vector<Job> jobs() {
  std::vector<Job> out;
  std::ifstream list("/jobs");
  for (Job job; list >> job.id >> job.offset >> job.devices;) {
    out.push_back(job);
  }
  return out;
}

void run(guest::Report& report) {
  const int kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  lseek(kmsg, 0, SEEK_END);
  const std::vector<Job> all = jobs();
  for (std::size_t turn = number("first", 0); turn < 2 * all.size(); ++turn) {
    const Job& job = all[turn / 2];
    const bool block = turn % 2 == 0;
    if ((number("ways", 3) & (block ? 1U : 2U)) == 0) continue;
    report.line("J", job.id + (block ? " block" : " file"));
    report.flush();
    const pid_t child = fork();
    if (child == 0) examine(report, job, block);
    const std::string end =
        await(child, static_cast<int>(number("seconds", 20)));
    // What a killed child wrote may end within a line.
    if (end != "ok") report.line("", "");
    log(report, kmsg);
    report.line("D", end);
    report.flush();
    if (end == "hang") return;
  }
  report.line("Z", "");
  report.flush();
}

}  // namespace

int main() {
  for (const char* folder : {"/proc", "/dev", kTop}) mkdir(folder, 0755);
  mount("none", "/proc", "proc", 0, nullptr);
  mount("none", "/dev", "devtmpfs", 0, nullptr);
  const rlimit files{65536, 65536};
  setrlimit(RLIMIT_NOFILE, &files);
  load_modules();
  const int port = open_port();
  if (port < 0) {
    std::printf("guest: no %s\n", kPort);
  } else {
    guest::Report report(port);
    utsname kernel{};
    uname(&kernel);
    report.line("B", &kernel.release[0]);
    run(report);
  }
  sync();
  reboot(RB_AUTOBOOT);
  return 1;
}
