// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_REPORT_H_
#define EROFS_CHECK_REPORT_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/fault.h"
#include "check/hazards.h"
#include "check/range.h"
#include "format/rules.gen.h"

namespace erofs::check {

// One broken rule: which, where, with which value.
struct Finding {
  RuleId rule{};
  Place where;              // of the bytes that break it
  std::uint64_t value = 0;  // the offending number
  // The inode it concerns; for a directory entry the one it leads to.
  std::optional<std::uint64_t> nid;
  std::string path;  // raw bytes; empty where unknown or not one
};

// Worst first; the order is the order of exit codes, see exit_code().
enum class Verdict : std::uint8_t {
  kMalformed,    // exit 1
  kInvalid,      // exit 1
  kIo,           // exit 5
  kLimit,        // exit 4
  kUnsupported,  // exit 3
  kConforming,   // exit 0; advisory findings may exist
};
[[nodiscard]] std::string_view verdict_name(Verdict verdict) noexcept;

// What one form of data clusters does for compressed inodes. What several
// extents refer to counts for each.
struct ClusterUse {
  std::uint64_t extents = 0;
  std::uint64_t stored = 0;   // bytes of their clusters
  std::uint64_t content = 0;  // bytes of files
  void note(std::uint64_t bytes, std::uint64_t of_content) noexcept;
};

// What an image holds, as far as it could be read.
struct Inventory {
  std::uint64_t inodes = 0;                  // distinct, special ones included
  std::uint64_t entries = 0;                 // directory entries without dots
  std::array<std::uint64_t, 16> by_type{};   // index: format::ModeType
  std::array<std::uint64_t, 8> by_layout{};  // index: format::Layout;
                                             // inodes with data only
  std::uint64_t compact = 0;
  std::uint64_t extended = 0;
  std::uint64_t hard_linked = 0;  // non-directories with several entries
  std::uint64_t with_xattrs = 0;  // inodes with an ibody
  std::uint64_t inline_xattrs = 0;
  std::uint64_t shared_xattrs = 0;  // references to shared entries
  std::uint64_t file_bytes = 0;     // sum of i_size of regular files
                                    // (stops at 2^64-1)
  std::uint64_t hole_bytes = 0;     // of them, known to be holes
  std::uint64_t max_depth = 0;      // of directories; the root is 0
  bool has_acl = false;
  std::array<ClusterUse, 4> by_algorithm{};  // index: format::Algorithm
  ClusterUse raw_clusters;     // of compressed inodes, stored as they are
  ClusterUse inline_clusters;  // of all the above, those within inodes
  ClusterUse fragments;        // in the packed inode, which stores them
};

// What the superblock says, for the head of an audit.
struct Summary {
  bool known = false;  // false where no superblock could be decoded
  std::uint32_t block_size = 0;
  std::uint64_t blocks = 0;
  std::uint64_t image_bytes = 0;  // real size of the primary device
  std::uint64_t inos = 0;
  std::uint32_t feature_compat = 0;
  std::uint32_t feature_incompat = 0;
  std::uint64_t root_nid = 0;
  std::int64_t epoch = 0;
  std::uint32_t build_time = 0;
  std::array<std::byte, 16> uuid{};
  std::string label;  // raw bytes up to the first NUL
  std::uint16_t extra_devices = 0;
  std::uint16_t devices_given = 0;
  std::uint64_t prefixes = 0;
};

// Everything that a check found. Data only: rendering is the room `report`.
class Report {
 public:
  // Findings kept for one rule; more are only counted, so that a flood
  // costs no memory.
  static constexpr std::size_t kKeptPerRule = 256;
  // Longest path kept, and bytes of paths kept altogether; beyond that a
  // finding has none.
  static constexpr std::uint64_t kPathMax = 4096;
  static constexpr std::uint64_t kPathBytes = std::uint64_t{1} << 23;

  void add(Finding finding);
  // A fault becomes the finding of its rule; a plain I/O failure that of
  // io.read.failed.
  void add(const Fault& fault, std::optional<std::uint64_t> nid,
           std::string_view path);

  // Adds the findings of another report, but those of a rule and a place that
  // have one here already.
  void absorb(const Report& other);

  // Sorted: by class (worst first), then place, then rule.
  void finish();

  [[nodiscard]] std::span<const Finding> findings() const noexcept {
    return findings_;
  }
  [[nodiscard]] std::span<Finding> findings() noexcept { return findings_; }
  // Findings of a class, the ones that were only counted included.
  [[nodiscard]] std::uint64_t count(format::RuleClass cls) const noexcept;
  // Findings of `rule` that were counted and not kept.
  [[nodiscard]] std::uint64_t dropped(RuleId rule) const noexcept;
  [[nodiscard]] bool has(RuleId rule) const noexcept;
  // Findings of `rule`, the ones that were only counted included.
  [[nodiscard]] std::uint64_t count_of(RuleId rule) const noexcept;
  [[nodiscard]] Verdict verdict() const noexcept;
  [[nodiscard]] int exit_code() const noexcept;

  Summary summary;
  Inventory inventory;
  Hazards hazards;
  std::vector<ExternalBlob> blobs;  // in the order of the table
  Usage usage;                      // of the primary device
  bool usage_known = false;         // false where the walk could not finish
  std::uint64_t work_spent = 0;
  std::uint64_t memory_peak = 0;  // of bookkeeping, bytes

 private:
  std::vector<Finding> findings_;
  std::map<RuleId, std::uint64_t> per_rule_;
  std::uint64_t path_bytes_ = 0;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_REPORT_H_
