// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: a tar archive or text that mkfs takes for a source, what it is behind
// it. Properties: it is refused, or it is a tree; of a tree the writer makes an
// image or says why not; the checker finds nothing in the image, and the reader
// shows that tree.

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <sstream>
#include <string>

#include "support/feed.h"
#include "support/property.h"
#include "support/round_trip.h"
#include "tree/composefs_read.h"
#include "tree/manifest_read.h"
#include "tree/mtree_read.h"
#include "tree/tar_read.h"

namespace {

using erofs::ByteView;
using erofs::tree::Outcome;
using erofs::tree::Tree;

// No file can be found there.
constexpr const char* kNowhere = "/dev/null";

Outcome<Tree> from_tar(ByteView bytes, bool aufs) {
  static const int file = ::memfd_create("tar", MFD_CLOEXEC);
  FUZZ_CHECK(file >= 0, "there is memory for an archive");
  FUZZ_CHECK(::ftruncate(file, 0) == 0 && ::lseek(file, 0, SEEK_SET) == 0,
             "it can be emptied");
  FUZZ_CHECK(::write(file, bytes.span().data(), bytes.size()) ==
                     static_cast<ssize_t>(bytes.size()) &&
                 ::lseek(file, 0, SEEK_SET) == 0,
             "it can be filled");
  erofs::tree::TarOptions how;
  how.name = "tar";
  how.scratch = "/dev/shm";
  how.aufs = aufs;
  erofs::tree::Notes notes;
  return erofs::tree::read_tar(file, how, notes);
}

Outcome<Tree> read(ByteView bytes, std::uint8_t what) {
  using erofs::tree::DumpUse;
  const auto span = bytes.span();
  std::string text;
  text.reserve(span.size());
  for (const std::byte each : span) text.push_back(static_cast<char>(each));
  std::istringstream lines(text);
  erofs::tree::Notes notes;
  erofs::tree::MtreeOptions mtree;
  mtree.directory = kNowhere;
  mtree.owners = mtree.times = (what & 64) != 0;
  switch (what % 6) {
    case 0:
      return from_tar(bytes, false);
    case 1:
      return from_tar(bytes, true);
    case 2:
      return erofs::tree::read_manifest(lines, kNowhere);
    case 3:
      return erofs::tree::read_composefs_dump(lines, DumpUse::kLayer);
    case 4:
      return erofs::tree::read_composefs_dump(lines, DumpUse::kPlain);
    default:
      return erofs::tree::read_mtree(lines, mtree, notes);
  }
}

// What is left to tests of other kinds: contents that take long to write.
bool small(const Tree& tree) {
  constexpr std::uint64_t kMost = 1U << 20;
  std::uint64_t bytes = 0;
  for (const auto& node : tree.nodes()) {
    if (node.size > kMost) return false;
    bytes += node.size;
  }
  return bytes <= kMost;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  erofs::fuzz::Feed feed(data, size);
  const std::uint8_t what = feed.option();
  const auto tree = read(feed.payload(), what);
  if (!tree || !small(*tree)) return 0;
  erofs::emit::Options options;
  options.methods.resize((what & 128) != 0 ? 1 : 0);
  const auto made = erofs::fuzz::write(*tree, options, {});
  if (made) erofs::fuzz::read_back(*tree, *made);
  return 0;
}
