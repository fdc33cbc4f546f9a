// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FUZZ_SUPPORT_ROUND_TRIP_H_
#define EROFS_FUZZ_SUPPORT_ROUND_TRIP_H_

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/checker.h"
#include "emit/write_image.h"
#include "extract/to_tree.h"
#include "format/budget_rules.h"
#include "format/rules.gen.h"
#include "image/memory_source.h"
#include "image/memory_target.h"
#include "read/volume.h"
#include "support/property.h"
#include "tree/tree.h"

// From a tree to an image and back.
namespace erofs::fuzz {

// For honest images, however much they take.
inline constexpr Limits kRoomy{.work = std::uint64_t{1} << 32,
                               .memory = std::uint64_t{1} << 30,
                               .depth = 1024,
                               .output = std::uint64_t{1} << 32};

struct Made {
  std::vector<std::byte> image;
  std::vector<std::byte> blob;
};

// What beside the image the options have a place for.
struct Places {
  bool metabox = false;
  bool blob = false;
};

// Says why where there is no image.
inline std::optional<Made> write(const tree::Tree& tree, emit::Options options,
                                 Places places) {
  image::MemoryTarget image;
  image::MemoryTarget packed;
  image::MemoryTarget box;
  image::MemoryTarget chunks;
  options.packed = &packed;
  if (places.metabox) options.metabox = &box;
  if (places.blob) options.blob = &chunks;
  const auto written = emit::write_image(tree, options, image);
  if (!written) {
    std::fprintf(stderr, "%s: %s\n", written.error().where.c_str(),
                 written.error().reason.c_str());
    return std::nullopt;
  }
  Made out;
  out.image = std::move(image.bytes());
  out.image.resize(static_cast<std::size_t>(written->bytes));
  out.blob = std::move(chunks.bytes());
  out.blob.resize(static_cast<std::size_t>(written->blob_bytes));
  return out;
}

inline std::vector<std::byte> content_of(const image::Source* source,
                                         std::uint64_t size) {
  std::vector<std::byte> out(static_cast<std::size_t>(size));
  if (source != nullptr) {
    FUZZ_CHECK(source->read(0, MutableBytes(out)), "a content can be read");
  }
  return out;
}

inline void compare(const tree::Node& node, const tree::Entry& entry) {
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
  FUZZ_CHECK(entry.xattrs.size() <= node.xattrs.size(),
             "no attribute is added");
  const bool all =
      node.type == tree::Type::kReg || node.type == tree::Type::kDir;
  for (const auto& each : node.xattrs) {
    // Linux shows those of users nowhere else.
    if (!all && each.name.starts_with("user.")) continue;
    const auto found = entry.xattrs.find(each.name);
    FUZZ_CHECK(found != entry.xattrs.end() && found->second == each.value,
               "an attribute is the same");
  }
  if (node.type != tree::Type::kReg || !entry.same_as.empty()) return;
  FUZZ_CHECK(node.size == entry.size, "a size is the same");
  FUZZ_CHECK(content_of(node.content.get(), node.size) ==
                 content_of(entry.content, entry.size),
             "a content is the same");
}

inline void read_back(const tree::Tree& tree, const Made& made) {
  const image::MemorySource primary((ByteView(made.image)));
  const image::MemorySource blob((ByteView(made.blob)));
  std::vector<const image::Source*> blobs;
  if (!made.blob.empty()) blobs.push_back(&blob);
  const auto report = check::check({primary, blobs}, kRoomy);
  for (const auto& finding : report.findings()) {
    const auto& rule = format::rule(finding.rule);
    FUZZ_CHECK(rule.cls == format::RuleClass::kAdvisory,
               std::string(rule.id).c_str());
  }
  FUZZ_CHECK(report.exit_code() == 0, "the checker finds nothing");
  Budget budget(kRoomy, format::budget_rules());
  const auto volume = read::Volume::open(primary, blobs, budget);
  FUZZ_CHECK(volume, "the image opens");
  std::uint64_t names = 0;
  const Status done = extract::to_tree(
      **volume, budget, [&](const tree::Entry& entry) -> Status {
        const auto id = tree.find(entry.path);
        FUZZ_CHECK(id, "only what was written is there");
        compare(tree.at(*id), entry);
        ++names;
        return {};
      });
  FUZZ_CHECK(done, "the image reads to its end");
  std::uint64_t wanted = 1;
  for (const tree::Node& node : tree.nodes()) wanted += node.children.size();
  FUZZ_CHECK(names == wanted, "all that was written is there");
}

}  // namespace erofs::fuzz

#endif  // EROFS_FUZZ_SUPPORT_ROUND_TRIP_H_
