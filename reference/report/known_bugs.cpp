// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/known_bugs.h"

#include <fmt/core.h>

#include <algorithm>

namespace erofs::report {

std::vector<const format::WriterBug*> bugs_behind(std::string_view id) {
  std::vector<const format::WriterBug*> found;
  for (const format::WriterBug& bug : format::writer_bugs()) {
    if (std::find(bug.rules.begin(), bug.rules.end(), id) != bug.rules.end()) {
      found.push_back(&bug);
    }
  }
  std::stable_partition(
      found.begin(), found.end(),
      [](const format::WriterBug* bug) { return bug->telling; });
  return found;
}

std::string bug_versions(const format::WriterBug& bug) {
  const std::string fixed =
      bug.fixed.empty() ? "not fixed" : fmt::format("fixed in {}", bug.fixed);
  return fmt::format("{} {}, {}", bug.writer, bug.affected, fixed);
}

std::vector<std::string> bug_hints(std::string_view id) {
  std::vector<std::string> hints;
  std::size_t others = 0;
  for (const format::WriterBug* bug : bugs_behind(id)) {
    if (!bug->telling) {
      ++others;
      continue;
    }
    hints.push_back(fmt::format("known from {}: {} Lost: {}",
                                bug_versions(*bug), bug->says, bug->lost));
  }
  if (others != 0) {
    hints.push_back(
        fmt::format("{} {} of writers can leave this too: erofs-ref rules {}",
                    others, others == 1 ? "known fault" : "known faults", id));
  }
  return hints;
}

}  // namespace erofs::report
