// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_SESSION_H_
#define EROFS_CLI_SESSION_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/budget.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/open_image.h"
#include "cli/output.h"
#include "cli/timer.h"
#include "confine/confine.h"
#include "read/node.h"
#include "read/path.h"
#include "read/volume.h"

namespace erofs::cli {

// One look inside an image: the open files, the volume, what it may cost
// and where the text goes.
class Session {
 public:
  // What else is to be known before the image is looked into.
  struct Plan {
    // Lowers a limit that the command line does not set.
    std::function<void(Limits&)> cap = {};
    // Opens what is to be open, for nothing can be opened later; false after
    // fail().
    std::function<bool(Session&)> open = {};
    confine::Needs needs = {};
  };

  Session(const Common& common, OpenImage image);

  // Shuts the process off from all that it does not need, and reads the
  // superblock. False where that failed, after saying why.
  bool begin(const Plan& plan);

  [[nodiscard]] const read::Volume& volume() const { return *volume_; }
  [[nodiscard]] Budget& budget() { return *budget_; }
  [[nodiscard]] Output& out() { return out_; }
  [[nodiscard]] const Common& common() const { return common_; }
  [[nodiscard]] check::Input input() const { return image_.input(); }

  // Says what is wrong and remembers the exit code; the first one stays.
  // `about` is the path or thing concerned, or empty.
  void fail(const Fault& fault, std::string_view about);
  void fail(int code, std::string_view text);
  // Warns of what keeps Linux from mounting the image at all.
  void warn_of_mount_faults();

  // The node of a path inside the image; nothing after fail().
  [[nodiscard]] std::optional<read::Node> find(const std::string& path,
                                               read::LastLink last);

  // Flushes; the exit code of the whole command.
  [[nodiscard]] int finish();

 private:
  bool open_volume();

  Common common_;
  OpenImage image_;
  std::optional<Timer> timer_;
  std::optional<Budget> budget_;
  Output out_;
  std::unique_ptr<read::Volume> volume_;
  int code_ = kDone;
};

// Opens image and volume and calls `act`; the exit code of it all.
[[nodiscard]] int with_session(const Common& common,
                               const std::function<void(Session&)>& act,
                               const Session::Plan& plan = {});

}  // namespace erofs::cli

#endif  // EROFS_CLI_SESSION_H_
