// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: an image. Properties: an image without a malformed finding reads
// without a malformed fault; one that is called conforming has a tree in
// which each listed name is found by lookup.

#include <cstdint>
#include <string>
#include <string_view>

#include "check/checker.h"
#include "extract/to_tree.h"
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
  if (judged) read_all(input, report);
  return 0;
}
