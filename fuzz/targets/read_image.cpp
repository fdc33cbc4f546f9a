// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: an image. Properties: every malformed fault names a rule; a file
// read in pieces is the file read as a whole; reading never leaves the file.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "read/content.h"
#include "read/linux_xattrs.h"
#include "read/volume.h"
#include "read/walk.h"
#include "support/image_input.h"
#include "support/property.h"

namespace {

using erofs::Budget;
using erofs::Fault;
using erofs::FaultKind;
using erofs::MutableBytes;
using erofs::Status;
using erofs::read::Content;

void check_fault(const Fault& fault) {
  FUZZ_CHECK(
      fault.kind != FaultKind::kMalformed || fault.rule != erofs::RuleId{},
      "a malformed fault names its rule");
}

constexpr std::uint64_t kMost = 1u << 18;

// Reads [0, whole.size()) in pieces of `step` bytes.
void check_pieces(const Content& content, const std::vector<std::byte>& whole,
                  std::size_t step) {
  std::vector<std::byte> piece(step);
  for (std::uint64_t at = 0; at < whole.size(); at += step) {
    const std::uint64_t length =
        std::min<std::uint64_t>(step, whole.size() - at);
    const Status part = content.read(at, MutableBytes(piece).head(length));
    if (!part) {
      FUZZ_CHECK(part.error().kind == FaultKind::kLimit,
                 "what was read once is read again");
      return;
    }
    FUZZ_CHECK(std::equal(piece.begin(),
                          piece.begin() + static_cast<std::ptrdiff_t>(length),
                          whole.begin() + static_cast<std::ptrdiff_t>(at)),
               "a range is the slice of the whole");
  }
}

// Reads the first bytes at once and then in pieces of odd sizes, smaller and
// larger than most extents; where that fails, what is behind them too.
void check_ranges(const Content& content) {
  const std::uint64_t size = std::min(content.size(), kMost);
  std::vector<std::byte> whole(static_cast<std::size_t>(size));
  const Status all = content.read(0, MutableBytes(whole));
  if (all) {
    check_pieces(content, whole, 977);
    check_pieces(content, whole, 40961);
  } else {
    check_fault(all.error());
  }
  std::byte one{};
  if (content.size() != 0) {
    const Status last =
        content.read(content.size() - 1, MutableBytes({&one, 1}));
    if (!last) check_fault(last.error());
  }
  FUZZ_CHECK(!content.read(content.size(), MutableBytes({&one, 1})),
             "nothing is read behind the end");
}

Status visit(const erofs::read::Volume& volume, const erofs::read::Visit& seen,
             Budget& budget) {
  const auto xattrs = erofs::read::linux_xattrs(volume, seen.node, budget);
  if (!xattrs) check_fault(xattrs.error());
  if (!seen.node.inode().has_data()) return {};
  const auto content = Content::open(volume, seen.node, budget);
  if (!content) {
    check_fault(content.error());
    return {};
  }
  check_ranges(**content);
  return {};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const erofs::fuzz::ImageInput input(data, size);
  auto budget = erofs::fuzz::fuzz_budget();
  const auto volume =
      erofs::read::Volume::open(input.primary(), input.blobs(), budget);
  if (!volume) {
    check_fault(volume.error());
    return 0;
  }
  const auto root =
      erofs::read::node(**volume, (*volume)->superblock().root_nid, budget);
  if (!root) {
    check_fault(root.error());
    return 0;
  }
  const Status done = erofs::read::walk(**volume, *root, "/", budget,
                                        [&](const erofs::read::Visit& seen) {
                                          return visit(**volume, seen, budget);
                                        });
  if (!done) check_fault(done.error());
  return 0;
}
