// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/judge.h"

#include <cerrno>

#include "check/checker.h"
#include "cli/exit_code.h"
#include "cli/limits.h"
#include "cli/open_image.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/sandbox.h"
#include "cli/timer.h"

namespace erofs::cli {
namespace {

check::Report look(const Common& common, const OpenImage& image) {
  Progress progress(!common.quiet);
  const auto input = image.input();
  const Timer timer(time_limit(common.limits));
  Limits limits = with_limits(check::default_limits(input), common.limits);
  limits.deadline = timer.deadline();
  return check::check(
      input, limits, common.threads(),
      [&](std::uint64_t inodes, std::uint64_t bytes) {
        progress.show(inodes, bytes);
      },
      common.kernel);
}

// What was found in a file that changed meanwhile is about no image at all;
// only that it could not be read remains.
check::Report unread() {
  check::Report report;
  report.add(Fault{FaultKind::kIo, RuleId::none, Place{}, ESTALE}, {}, {});
  report.finish();
  return report;
}

}  // namespace

int judge(const Common& common, const Render& render) {
  const auto image = open_image(common);
  if (!image) return kIo;
  if (!enter_sandbox(common)) return kUsage;
  check::Report report = look(common, *image);
  const std::string changed = image->changed();
  if (!changed.empty()) {
    complain_changed(changed);
    report = unread();
  }
  Output out;
  out.write(render(report));
  return finish(out, report.exit_code());
}

}  // namespace erofs::cli
