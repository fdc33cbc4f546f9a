// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "confine/paths.h"

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace erofs::confine {
namespace {

// Names that headers older than the kernel lack.
constexpr std::uint64_t kTruncate = std::uint64_t{1} << 14;
constexpr std::uint64_t kDeviceCalls = std::uint64_t{1} << 15;
constexpr std::uint64_t kBindAndConnect = 3;
constexpr std::uint64_t kSocketsAndSignals = 3;
// Versions of the interface that brought something.
constexpr long kMovesBetween = 2;
constexpr long kTruncation = 3;
constexpr long kNetwork = 4;
constexpr long kDevices = 5;
constexpr long kScopes = 6;

constexpr std::uint64_t kSpecialFiles =
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SOCK;

// What the kernel is asked to refuse, as its structure grew.
struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scopes = 0;
};

class Handle {
 public:
  explicit Handle(long fd) noexcept : fd_(static_cast<int>(fd)) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

// 0 or less: there is none.
long version() noexcept {
  return ::syscall(SYS_landlock_create_ruleset, nullptr, 0,
                   LANDLOCK_CREATE_RULESET_VERSION);
}

Ruleset ruleset(long version) noexcept {
  Ruleset all;
  all.files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
              LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
              LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
              LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
              LANDLOCK_ACCESS_FS_MAKE_SYM | kSpecialFiles;
  if (version >= kMovesBetween) all.files |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= kTruncation) all.files |= kTruncate;
  if (version >= kDevices) all.files |= kDeviceCalls;
  if (version >= kNetwork) all.network = kBindAndConnect;
  if (version >= kScopes) all.scopes = kSocketsAndSignals;
  return all;
}

std::size_t known_size(long version) noexcept {
  if (version < kNetwork) return sizeof(std::uint64_t);
  return version < kScopes ? 2 * sizeof(std::uint64_t) : sizeof(Ruleset);
}

// What is needed to make files below a directory and to fill them.
std::uint64_t granted(const Needs& needs) noexcept {
  const std::uint64_t making =
      LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
      LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
      LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER | kTruncate;
  return needs.special_files ? making | kSpecialFiles : making;
}

bool grant(const Handle& rules, const Ruleset& all, const Needs& needs) {
  struct landlock_path_beneath_attr below {};
  below.allowed_access = granted(needs) & all.files;
  below.parent_fd = needs.directory;
  return ::syscall(SYS_landlock_add_rule, rules.get(),
                   LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
}

}  // namespace

bool paths_offered() noexcept { return version() > 0; }

bool hold_to_paths(const Needs& needs) noexcept {
  const long known = version();
  // The first version refuses links between directories.
  if (known < (needs.writes ? kMovesBetween : 1)) return false;
  const Ruleset all = ruleset(known);
  const Handle rules(
      ::syscall(SYS_landlock_create_ruleset, &all, known_size(known), 0));
  if (rules.get() < 0) return false;
  if (needs.directory != Needs::kNowhere && !grant(rules, all, needs)) {
    return false;
  }
  return ::syscall(SYS_landlock_restrict_self, rules.get(), 0) == 0;
}

}  // namespace erofs::confine
