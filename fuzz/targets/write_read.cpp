// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: a recipe for a tree, options of the writer behind it. Properties:
// the writer makes an image of them; the checker finds nothing in it; the
// reader shows the tree, every name, attribute and byte; one thread and
// several write the same bytes.

#include <cstdint>
#include <string>
#include <vector>

#include "check/checker.h"
#include "emit/write_image.h"
#include "extract/to_tree.h"
#include "image/memory_source.h"
#include "image/memory_target.h"
#include "read/volume.h"
#include "support/feed.h"
#include "support/property.h"
#include "support/tree_recipe.h"
#include "tree/digests.h"

namespace {

using erofs::ByteView;
using erofs::Status;
using erofs::emit::Options;
using erofs::tree::Entry;
using erofs::tree::Node;
using erofs::tree::NodeId;
using erofs::tree::Tree;

// The least that a run may cost where each input is an honest image.
constexpr erofs::Limits kRoomy{.work = std::uint64_t{1} << 32,
                               .memory = std::uint64_t{1} << 30,
                               .depth = 1024,
                               .output = std::uint64_t{1} << 32};

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

struct Made {
  std::vector<std::byte> image;
  std::vector<std::byte> blob;
};

// `more`: what options need a place for.
Made write(const Tree& tree, Options options, bool metabox, bool blob) {
  erofs::image::MemoryTarget image;
  erofs::image::MemoryTarget packed;
  erofs::image::MemoryTarget box;
  erofs::image::MemoryTarget chunks;
  options.packed = &packed;
  if (metabox) options.metabox = &box;
  if (blob) options.blob = &chunks;
  const auto written = erofs::emit::write_image(tree, options, image);
  if (!written) {
    std::fprintf(stderr, "%s: %s\n", written.error().where.c_str(),
                 written.error().reason.c_str());
  }
  FUZZ_CHECK(written, "a tree and options without complaint make an image");
  Made out;
  out.image = std::move(image.bytes());
  out.image.resize(static_cast<std::size_t>(written->bytes));
  out.blob = std::move(chunks.bytes());
  out.blob.resize(static_cast<std::size_t>(written->blob_bytes));
  return out;
}

std::vector<std::byte> content_of(const erofs::image::Source* source,
                                  std::uint64_t size) {
  std::vector<std::byte> out(static_cast<std::size_t>(size));
  if (source != nullptr) {
    FUZZ_CHECK(source->read(0, erofs::MutableBytes(out)),
               "a content can be read");
  }
  return out;
}

void compare(const Node& node, const Entry& entry) {
  FUZZ_CHECK(node.type == entry.type && node.mode == entry.mode,
             "a mode is the same");
  FUZZ_CHECK(node.uid == entry.uid && node.gid == entry.gid,
             "owners are the same");
  FUZZ_CHECK(
      node.mtime_sec == entry.mtime_sec && node.mtime_nsec == entry.mtime_nsec,
      "a time is the same");
  FUZZ_CHECK(node.nlink == entry.nlink, "links are counted");
  FUZZ_CHECK(node.target == entry.target, "a link leads to the same place");
  FUZZ_CHECK(node.rdev_major == entry.rdev_major &&
                 node.rdev_minor == entry.rdev_minor,
             "a device is the same");
  FUZZ_CHECK(node.xattrs.size() == entry.xattrs.size(),
             "no attribute is lost or added");
  for (const auto& each : node.xattrs) {
    const auto found = entry.xattrs.find(each.name);
    FUZZ_CHECK(found != entry.xattrs.end() && found->second == each.value,
               "an attribute is the same");
  }
  if (node.type != erofs::tree::Type::kReg || !entry.same_as.empty()) return;
  FUZZ_CHECK(node.size == entry.size, "a size is the same");
  FUZZ_CHECK(content_of(node.content.get(), node.size) ==
                 content_of(entry.content, entry.size),
             "a content is the same");
}

void read_back(const Tree& tree, const Made& made) {
  const erofs::image::MemorySource primary((ByteView(made.image)));
  const erofs::image::MemorySource blob((ByteView(made.blob)));
  std::vector<const erofs::image::Source*> blobs;
  if (!made.blob.empty()) blobs.push_back(&blob);
  const auto report = erofs::check::check({primary, blobs}, kRoomy);
  for (const auto& finding : report.findings()) {
    const auto& rule = erofs::format::rule(finding.rule);
    FUZZ_CHECK(rule.cls == erofs::format::RuleClass::kAdvisory,
               std::string(rule.id).c_str());
  }
  FUZZ_CHECK(report.exit_code() == 0, "the checker finds nothing");
  erofs::Budget budget(kRoomy, erofs::format::budget_rules());
  const auto volume = erofs::read::Volume::open(primary, blobs, budget);
  FUZZ_CHECK(volume, "the image opens");
  std::uint64_t names = 0;
  const Status done = erofs::extract::to_tree(
      **volume, budget, [&](const Entry& entry) -> Status {
        const auto id = tree.find(entry.path);
        FUZZ_CHECK(id, "only what was written is there");
        compare(tree.at(*id), entry);
        ++names;
        return {};
      });
  FUZZ_CHECK(done, "the image reads to its end");
  std::uint64_t wanted = 1;
  for (const Node& node : tree.nodes()) wanted += node.children.size();
  FUZZ_CHECK(names == wanted, "all that was written is there");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  erofs::fuzz::Feed feed(data, size);
  Options options = options_of(feed);
  const std::uint8_t more = feed.option();
  const bool metabox = options.wide && (more & 1) != 0;
  const bool blob = options.chunk_bits != 0 && (more & 2) != 0;
  options.metabox_pcluster = 1U << options.block_bits;
  Tree tree = erofs::fuzz::tree_of(feed.payload());
  if (!options.digest_name.empty()) {
    FUZZ_CHECK(!erofs::tree::set_digests(options.digest_name, tree),
               "contents in memory can be read");
  }
  const Made made = write(tree, options, metabox, blob);
  read_back(tree, made);
  if ((more & 4) != 0) {
    options.jobs = 3;
    const Made again = write(tree, options, metabox, blob);
    FUZZ_CHECK(again.image == made.image && again.blob == made.blob,
               "threads do not matter");
  }
  return 0;
}
