// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_CONTEXT_H_
#define EROFS_CHECK_CONTEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/budget.h"
#include "base/result.h"
#include "check/cluster_forms.h"
#include "check/known_streams.h"
#include "check/nodes.h"
#include "check/recent.h"
#include "check/report.h"
#include "check/space.h"
#include "check/streams.h"
#include "check/ticker.h"
#include "check/xattr_facts.h"
#include "format/kernel_version.h"
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

// The greatest of some numbers, and the first inode that has it.
struct Greatest {
  std::uint64_t value = 0;
  std::uint64_t nid = 0;
  void note(std::uint64_t number, std::uint64_t by) noexcept {
    if (number <= value) return;
    value = number;
    nid = by;
  }
};

// What all phases share: the image, the budget, the report, the bookkeeping,
// and whom findings are about at the moment.
class Context {
 public:
  // Streams are decoded on at most `jobs` threads.
  Context(const read::Volume& opened, Budget& spend, Report& into,
          unsigned jobs = 1, const Progress& progress = {},
          Space::Keep keep = Space::Keep::kMerged)
      : volume(opened),
        budget(spend),
        report(into),
        space(keep),
        streams(opened, jobs),
        ticker(progress) {}
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
  ClusterForms cluster_forms;
  KnownStreams known_streams;
  Streams streams;
  Ticker ticker;
  FirstUse chunked;      // chunk-based layout
  FirstUse beyond_32;    // implied link count, omitted dot, 48-bit chunks,
                         // extent records
  FirstUse compressed;   // an inode of a compressed layout
  FirstUse lz4;          // an extent of LZ4
  FirstUse inline_data;  // a cluster within an inode
  FirstUse head2;        // an extent of the second algorithm
  Greatest lz4_blocks;   // blocks of an LZ4 cluster
  // Bytes of the first short fragment at the start of the packed inode.
  std::uint64_t first_fragment = 0;

  std::optional<format::KernelVersion> kernel;  // to judge the image for

  // The subject of findings: the inode, and the path to it while the walk
  // knows one: `directory` and, unless that is it, an entry in it.
  std::optional<std::uint64_t> nid;
  bool has_path = false;
  std::string directory;  // empty for the root
  std::string_view name;

  bool decodes = true;         // whether streams are decoded, too
  bool complete = true;        // every directory entry was seen
  bool all_content = true;     // all content could be mapped
  bool told_of_mount = false;  // the mount faults are in the report
  bool stopped = false;        // a limit was reached: nothing more to do

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

  // What stored content of the inode is, that would be `kind` for any other.
  [[nodiscard]] RangeKind stored_as(std::uint64_t of,
                                    RangeKind kind) const noexcept;
  // Path of the current subject; empty where there is none.
  [[nodiscard]] std::string path() const;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_CONTEXT_H_
