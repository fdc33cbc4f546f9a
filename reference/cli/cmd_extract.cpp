// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>

#include "base/checked.h"
#include "base/escape.h"
#include "cli/command.h"
#include "cli/fault_text.h"
#include "cli/left_out_text.h"
#include "cli/progress.h"
#include "cli/sandbox.h"
#include "cli/session.h"
#include "extract/to_host.h"
#include "format/budget_rules.h"
#include "work/crew.h"

namespace erofs::cli {
namespace {

struct ExtractOptions {
  Common common;
  std::string directory;
  bool special = false;
  bool set_id = false;
  bool privileged_xattrs = false;
  bool privileged = false;
  bool no_owner = false;

  [[nodiscard]] bool asks_for_root() const {
    return special || set_id || privileged_xattrs || privileged;
  }
};

// Bytes free where `directory` is or will be.
std::uint64_t free_bytes(const std::string& directory) {
  std::filesystem::path path(directory);
  struct statvfs found {};
  while (::statvfs(path.empty() ? "." : path.c_str(), &found) != 0) {
    if (path.empty() || path == path.root_path()) return ~std::uint64_t{0};
    path = path.parent_path();
  }
  return checked::mul(found.f_bavail, found.f_frsize)
      .value_or(~std::uint64_t{0});
}

// Where the directory is or will be made: itself, or the one that it is in.
class Place {
 public:
  explicit Place(const std::string& directory)
      : fd_(::open(directory.c_str(), kLook)) {
    if (fd_ >= 0 || errno != ENOENT) return;
    std::filesystem::path path(directory);
    if (!path.has_filename()) path = path.parent_path();  // "a/"
    path = path.parent_path();
    fd_ = ::open(path.empty() ? "." : path.c_str(), kLook);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    if (fd_ >= 0) ::close(fd_);
  }

  [[nodiscard]] int descriptor() const noexcept {
    return fd_ < 0 ? confine::Needs::kNowhere : fd_;
  }

 private:
  static constexpr int kLook = O_PATH | O_DIRECTORY | O_CLOEXEC;

  int fd_;
};

// As many open files as the system lets this process have.
std::uint64_t raise_open_files() {
  struct rlimit limit {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
  return limit.rlim_cur;
}

extract::Rights rights(const ExtractOptions& options) {
  extract::Rights rights;
  rights.uid = ::geteuid();
  rights.gid = ::getegid();
  const bool root = rights.uid == 0;
  rights.owners = root && !options.no_owner;
  rights.tell_owners = !root && !options.no_owner;
  rights.special = options.special || options.privileged;
  rights.set_id = options.set_id || options.privileged;
  rights.privileged_xattrs = options.privileged_xattrs || options.privileged;
  // Modes are those of the image, whatever this process prefers.
  ::umask(0);
  return rights;
}

const char* advice(std::uint64_t error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "make room, or extract elsewhere";
    case EEXIST:
      return "two names of the image are one in this file system: extract to "
             "one that tells case apart";
    case ENOTEMPTY:
      return "name a directory that does not exist yet, or is empty";
    case EPERM:
    case EACCES:
      return "extract to a directory of your own";
    case EMFILE:
    case ENFILE:
      return "allow more open files (ulimit -n)";
    case EFBIG:
    case ENAMETOOLONG:
    case EINVAL:
    case EILSEQ:
      return "this file system cannot hold it: extract to another one";
    case ENOENT:
      return "see whether the name is right, and nothing else works there";
    default:
      return "see whether the medium is sound";
  }
}

void tell_stop(Session& session, const extract::Stop& stop,
               const ExtractOptions& options, std::uint64_t room) {
  const std::string where =
      stop.path.empty() ? std::string() : escape(stop.path);
  const Fault& fault = stop.failure.fault;
  const std::string& directory = options.directory;
  if (stop.failure.doing != nullptr) {
    const auto error = static_cast<int>(fault.value);
    return session.fail(
        kIo,
        fmt::format("{}{}{}: cannot {} it: {}: {}", directory,
                    where.empty() || where == "/" ? "" : ":", where,
                    stop.failure.doing, std::generic_category().message(error),
                    advice(fault.value)));
  }
  if (fault.value == room && fault.rule == format::budget_rules().output) {
    return session.fail(
        kLimit,
        fmt::format("{}: {} is incomplete: the file system has room for {} "
                    "bytes only: make room, or say --limit output=BYTES if "
                    "the files will take less",
                    where, directory, fault.value));
  }
  session.fail(fault, where.empty()
                          ? std::string("nothing was extracted")
                          : fmt::format("{} is incomplete, stopped at or "
                                        "behind {}",
                                        directory, where));
}

void extract_all(Session& session, const ExtractOptions& options,
                 std::uint64_t room) {
  const auto& common = session.common();
  Progress progress(!common.quiet);
  extract::HostOptions host;
  host.rights = rights(options);
  host.open_files = raise_open_files();
  host.progress = [&](std::uint64_t paths) { progress.show(paths); };
  host.entered = [&](int root) {
    narrow_sandbox(common, {true, root, host.rights.special});
  };
  extract::LeftOut left_out;
  work::Crew crew(common.threads());
  const auto stop = extract::to_host(session.volume(), options.directory, host,
                                     session.budget(), crew, left_out);
  progress.clear();
  if (stop) tell_stop(session, *stop, options, room);
  if (!common.quiet) tell_left_out(common.image, left_out);
}

int run(const ExtractOptions& options) {
  if (options.asks_for_root() && ::geteuid() != 0) {
    complain(
        "only root may ask for special files, set-id bits and "
        "privileged attributes: leave them out, or run it as root");
    return kUsage;
  }
  const std::uint64_t room = free_bytes(options.directory);
  const Place place(options.directory);
  Session::Plan plan;
  plan.cap = [&](Limits& limits) {
    limits.output = std::min(room, limits.output);
  };
  plan.needs = {true, place.descriptor(),
                options.special || options.privileged};
  return with_session(
      options.common,
      [&](Session& session) { extract_all(session, options, room); }, plan);
}

}  // namespace

void add_extract(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "extract", "Restore all files of the image in a directory, safely");
  const auto options = std::make_shared<ExtractOptions>();
  add_common(*command, options->common);
  command->remove_option(command->get_option("--json"));
  command->add_option("DIR", options->directory, "New, or empty")->required();
  command->add_flag("--special", options->special,
                    "Root: make devices, fifos and sockets too");
  command->add_flag("--setuid", options->set_id,
                    "Root: keep set-id and sticky bits of files");
  command->add_flag("--privileged-xattrs", options->privileged_xattrs,
                    "Root: restore security.* and trusted.* attributes");
  command->add_flag("--privileged", options->privileged,
                    "Root: the three above together");
  command->add_flag("--no-owner", options->no_owner,
                    "Root: do not give files to their owners");
  add_teaching(
      *command,
      "  erofs-ref extract system.erofs tree\n"
      "  erofs-ref extract --privileged system.erofs /mnt/new   # as root\n"
      "  erofs-ref extract --limit output=1T sparse.erofs tree\n"
      "\n"
      "Content, holes, hard and symbolic links, modes, times, user.* "
      "attributes and ACLs\nare restored; owners too, by root. Nothing is "
      "written outside of DIR, no link of\nthe image is followed, nothing is "
      "replaced. What is left out is told at the end\non standard error and "
      "is no failure. The bytes written are limited to the room\nthat the "
      "file system has, unless --limit output says otherwise. After a "
      "failure\nDIR is incomplete.\n");
  command->callback(
      [options, &chosen] { chosen.run = [options] { return run(*options); }; });
}

}  // namespace erofs::cli
