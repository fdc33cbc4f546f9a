// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: a recipe for a tree, options of the writer behind it. Properties:
// the writer makes an image of them; the checker finds nothing in it; the
// reader shows the tree, every name, attribute and byte; one thread and
// several write the same bytes.

#include <cstdint>
#include <string>
#include <vector>

#include "support/feed.h"
#include "support/property.h"
#include "support/round_trip.h"
#include "support/tree_recipe.h"
#include "tree/digests.h"

namespace {

using erofs::emit::Options;
using erofs::fuzz::Places;
using erofs::tree::Tree;

void choose_compression(erofs::fuzz::Feed& feed, Options& options) {
  using erofs::compress::Method;
  const std::uint8_t which = feed.option();
  const std::uint8_t packing = feed.option();
  if (which % 8 > 4) {
    if (which % 8 == 5) return;
    options.chunk_bits = options.block_bits + packing % 6;
    options.chunk_indexes = (packing & 0x80) != 0;
    return;
  }
  erofs::compress::Settings settings;
  settings.method = static_cast<Method>(which % 8);
  options.methods = {settings};
  const std::uint32_t block = 1U << options.block_bits;
  options.pcluster = block * (1 + which / 8 % 16);
  options.packed_pcluster = block * (1 + which / 32);
  options.ztailpacking = (packing & 1) != 0;
  options.fragments = (packing & 2) != 0;
  options.all_fragments = (packing & 4) != 0;
  options.dedupe = (packing & 8) != 0;
  options.legacy_index = (packing & 16) != 0;
  options.pack_directories = (packing & 32) != 0;
  if ((packing & 64) != 0) options.extent_max = block * (1 + packing % 7);
}

Options options_of(erofs::fuzz::Feed& feed) {
  Options options;
  options.block_bits = 9 + feed.option() % 4;
  const std::uint8_t flags = feed.option();
  options.inline_data = (flags & 1) == 0;
  options.checksum = (flags & 2) == 0;
  options.xattr_filter = (flags & 4) == 0;
  options.xattr_tolerance = (flags & 8) != 0 ? 0 : 2;
  if ((flags & 16) != 0) options.inodes = erofs::plan::InodeForm::kExtended;
  options.wide = (flags & 32) != 0;
  options.dot_omitted = options.wide && (flags & 64) != 0;
  if ((flags & 128) != 0) options.xattr_prefixes = {"user.lo"};
  const std::uint8_t more = feed.option();
  options.align_blocks = 1 + more % 4;
  if ((more & 64) != 0) options.digest_name = "user.digest";
  choose_compression(feed, options);
  return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  erofs::fuzz::Feed feed(data, size);
  Options options = options_of(feed);
  const std::uint8_t more = feed.option();
  Places places;
  places.metabox = options.wide && (more & 1) != 0;
  places.blob = options.chunk_bits != 0 && (more & 2) != 0;
  options.metabox_pcluster = 1U << options.block_bits;
  Tree tree = erofs::fuzz::tree_of(feed.payload());
  if (!options.digest_name.empty()) {
    FUZZ_CHECK(!erofs::tree::set_digests(options.digest_name, tree),
               "contents in memory can be read");
  }
  const auto made = erofs::fuzz::write(tree, options, places);
  FUZZ_CHECK(made, "a tree and options without complaint make an image");
  erofs::fuzz::read_back(tree, *made);
  if ((more & 4) != 0) {
    options.jobs = 3;
    const auto again = erofs::fuzz::write(tree, options, places);
    FUZZ_CHECK(
        again && again->image == made->image && again->blob == made->blob,
        "threads do not matter");
  }
  return 0;
}
