// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: an image. Properties: an image without a malformed finding reads
// without a malformed fault, all content included; one that is called
// conforming has a tree in which each listed name is found by lookup; a file
// whose data a malformed finding is about cannot be read as a whole.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "check/checker.h"
#include "extract/to_tree.h"
#include "format/rules.gen.h"
#include "read/content.h"
#include "read/path.h"
#include "read/volume.h"
#include "support/image_input.h"
#include "support/property.h"

namespace {

using erofs::Budget;
using erofs::FaultKind;
using erofs::Status;
using erofs::check::Report;
using erofs::check::Verdict;
using erofs::read::Volume;

Status look_up(const Volume& volume, std::string_view path, std::uint64_t ino,
               Budget& budget) {
  const auto found =
      erofs::read::resolve(volume, path, erofs::read::LastLink::kKeep, budget);
  if (!found) {
    FUZZ_CHECK(found.error().kind == FaultKind::kLimit,
               "a conforming image has no fault on the way to a name");
    return {};
  }
  FUZZ_CHECK(found->node.has_value(), "a listed name is found by lookup");
  FUZZ_CHECK(erofs::read::linux_ino(volume, found->node->nid) == ino,
             "lookup and listing lead to the same inode");
  return {};
}

// Reads `content` to its end, or to the first fault. Content that is longer
// than any honest one in an input so small counts as a limit.
Status read_content(const erofs::image::Source& content) {
  constexpr std::uint64_t kMost = 1U << 22;
  constexpr std::uint64_t kPiece = 1U << 16;
  if (content.size() > kMost) {
    return tl::unexpected<erofs::Fault>(
        erofs::Fault{FaultKind::kLimit, erofs::RuleId{}, {}, content.size()});
  }
  std::vector<std::byte> piece(kPiece);
  for (std::uint64_t at = 0; at < content.size(); at += kPiece) {
    const std::uint64_t length = std::min(kPiece, content.size() - at);
    EROFS_TRY(content.read(at, erofs::MutableBytes(piece).head(length)));
  }
  return {};
}

// The same for inode `nid`, whatever it is.
Status read_inode(const Volume& volume, std::uint64_t nid, Budget& budget) {
  EROFS_ASSIGN(const auto node, erofs::read::node(volume, nid, budget));
  if (!node.inode().has_data()) return {};
  EROFS_ASSIGN(const auto content,
               erofs::read::Content::open(volume, node, budget));
  return read_content(*content);
}

// Whether what a finding says of its inode concerns the inode's own data.
bool concerns_content(const Volume& volume,
                      const erofs::check::Finding& finding) {
  const auto& rule = erofs::format::rule(finding.rule);
  const auto& superblock = volume.superblock();
  // In the metabox an inode shares its fate with what lies around it.
  return rule.cls == erofs::format::RuleClass::kMalformed &&
         rule.id.starts_with("cluster.") && finding.nid &&
         *finding.nid != superblock.packed_nid && !superblock.metabox_nid;
}

// Tries to read some of what the report says cannot be read.
void read_broken(const erofs::fuzz::ImageInput& input, const Report& report) {
  constexpr int kSome = 4;
  auto budget = erofs::fuzz::fuzz_budget();
  const auto volume = Volume::open(input.primary(), input.blobs(), budget);
  if (!volume) return;
  int tried = 0;
  for (const auto& finding : report.findings()) {
    if (!concerns_content(**volume, finding)) continue;
    if (++tried > kSome) return;
    FUZZ_CHECK(!read_inode(**volume, *finding.nid, budget),
               "what has a malformed finding cannot be read as a whole");
  }
}

// Reads all that the report says can be read.
void read_all(const erofs::fuzz::ImageInput& input, const Report& report) {
  auto budget = erofs::fuzz::fuzz_budget();
  const auto volume = Volume::open(input.primary(), input.blobs(), budget);
  if (!volume) {
    FUZZ_CHECK(volume.error().kind != FaultKind::kMalformed,
               "an image without malformed findings opens");
    return;
  }
  const bool conforming = report.verdict() == Verdict::kConforming;
  auto lookups = erofs::fuzz::fuzz_budget();
  const Status done = erofs::extract::to_tree(
      **volume, budget, [&](const erofs::tree::Entry& entry) -> Status {
        if (entry.content != nullptr) {
          const Status read = read_content(*entry.content);
          if (!read && read.error().kind != FaultKind::kLimit) return read;
        }
        if (!conforming) return {};
        return look_up(**volume, entry.path, entry.ino, lookups);
      });
  FUZZ_CHECK(done || done.error().kind != FaultKind::kMalformed,
             "an image without malformed findings reads without a fault");
  FUZZ_CHECK(done || !conforming || done.error().kind == FaultKind::kLimit,
             "a conforming image reads to its end");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const erofs::fuzz::ImageInput input(data, size);
  const Report report = erofs::check::check({input.primary(), input.blobs()},
                                            erofs::fuzz::kFuzzLimits);
  const bool clean = report.exit_code() == 0;
  FUZZ_CHECK(clean == (report.verdict() == Verdict::kConforming),
             "exit code 0 means conforming and nothing else does");
  const bool judged = report.count(erofs::format::RuleClass::kMalformed) == 0 &&
                      report.count(erofs::format::RuleClass::kLimit) == 0 &&
                      report.count(erofs::format::RuleClass::kUnsupported) == 0;
  if (judged) {
    read_all(input, report);
  } else {
    read_broken(input, report);
  }
  return 0;
}
