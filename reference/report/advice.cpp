// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/advice.h"

#include <array>

namespace erofs::report {
namespace {

struct Advice {
  std::string_view id;
  std::string_view text;
};

// Only where the cause is mostly not in the image's writer.
constexpr auto kAdvice = std::to_array<Advice>({
    {"superblock.magic.equals",
     "see whether this is an EROFS image at all; where the filesystem starts "
     "later in the file, say --offset BYTES"},
    {"superblock.image.size",
     "fetch the image again: it is cut, or this is no EROFS image"},
    {"superblock.checksum.match",
     "fetch or build the image again: it was changed after it was sealed"},
    {"superblock.blocks.within-device",
     "fetch the image again: its end is missing"},
    {"superblock.incompat.known",
     "use a version that knows this feature; nothing else was judged"},
    {"cluster.algorithm.known",
     "use a version that knows this algorithm; the content of these files was "
     "not judged"},
    {"codec.algorithm.known",
     "use a version that knows these algorithms; the content that they "
     "compress was not judged"},
    {"kernel.feature.known",
     "mount it with a newer kernel, or build it without the feature; 'audit' "
     "names the bits and the Linux they need"},
    {"kernel.algorithm.known",
     "mount it with a newer kernel, or build it with another algorithm"},
    {"kernel.block.size",
     "mount it with a newer kernel, or build it with blocks of 4096 bytes"},
    {"kernel.inode.known",
     "mount it with a newer kernel, or build it anew with a writer that sets "
     "the feature bit"},
    {"kernel.device.flattened",
     "give the devices to mount one by one, or use a newer kernel"},
    {"device.blob.present",
     "give every blob of the device table with --device, in its order"},
    {"device.blocks.within-device",
     "see whether the --device blobs are the right ones, in the order of the "
     "device table, and complete"},
    {"content.plain.within-device",
     "see whether the image is cut: compare its size with its source"},
    {"chunk.address.within-device",
     "see whether the image and its --device blobs are complete"},
    {"limit.work.reached", "raise it with --limit work=BYTES"},
    {"limit.memory.reached", "raise it with --limit memory=BYTES"},
    {"limit.depth.reached", "raise it with --limit depth=N"},
    {"limit.output.reached", "raise it with --limit output=BYTES"},
    {"limit.time.reached", "raise it with --limit time=SECONDS"},
    {"io.read.failed",
     "see whether the medium is sound and nobody writes to the file, then "
     "run again"},
});

}  // namespace

std::string_view advice(std::string_view id) noexcept {
  for (const Advice& known : kAdvice) {
    if (known.id == id) return known.text;
  }
  return {};
}

std::size_t advice_count() noexcept { return kAdvice.size(); }

}  // namespace erofs::report
