// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_CONTEXT_H_
#define EROFS_CHECK_CONTEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/budget.h"
#include "base/result.h"
#include "check/nodes.h"
#include "check/recent.h"
#include "check/report.h"
#include "check/space.h"
#include "check/xattr_facts.h"
#include "read/volume.h"

namespace erofs::check {

// First inode that uses a form which a feature bit announces.
struct FirstUse {
  bool used = false;
  std::uint64_t nid = 0;
  void note(std::uint64_t by) noexcept {
    if (!used) nid = by;
    used = true;
  }
};

// What all phases share: the image, the budget, the report, the bookkeeping,
// and whom findings are about at the moment.
class Context {
 public:
  Context(const read::Volume& opened, Budget& spend, Report& into) noexcept
      : volume(opened), budget(spend), report(into) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() = default;

  const read::Volume& volume;
  Budget& budget;
  Report& report;

  NodeTable nodes;
  Space space;
  SharedXattrs shared;
  RecentPlaces padding;  // ends of files whose padding was looked at
  FirstUse chunked;      // chunk-based layout
  FirstUse beyond_32;    // implied link count, omitted dot, 48-bit chunks

  // The subject of findings: the inode, and the path to it while the walk
  // knows one: `directory` and, unless that is it, an entry in it.
  std::optional<std::uint64_t> nid;
  bool has_path = false;
  std::string directory;  // empty for the root
  std::string_view name;

  bool complete = true;     // every directory entry was seen
  bool all_content = true;  // all content could be mapped
  bool stopped = false;     // a limit was reached: nothing more to do

  // Adds a finding about the current subject.
  void find(RuleId rule, Place where, std::uint64_t value);
  void fault(const Fault& fault);

  // Whether `result` has a value; if not, its fault becomes a finding.
  template <class T>
  [[nodiscard]] bool ok(const Result<T>& result) {
    if (result.has_value()) return true;
    fault(result.error());
    return false;
  }

  // Path of the current subject; empty where there is none.
  [[nodiscard]] std::string path() const;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_CONTEXT_H_
