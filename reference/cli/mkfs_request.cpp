// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/mkfs_request.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "cli/mkfs_words.h"
#include "format/limits.gen.h"

namespace erofs::cli {
namespace {

struct Refused {
  const char* name;
  const char* why;
};

// Options of mkfs.erofs 1.9 that this version does not have.
constexpr std::array<Refused, 10> kRefused = {{
    {"--async-queue-limit", "the queue has a size that suits --workers"},
    {"--clean", "every build is a full one"},
    {"--dsunit", "data begins at any block"},
    {"--gzinfo", "archives are read as they are"},
    {"--incremental", "every build is a full one"},
    {"--MZ", "metadata lies between the data"},
    {"--ovlfs-strip", "images cannot be merged"},
    {"--root-xattr-isize", "an image is never rebuilt in place"},
    {"--vmdk-desc", "layers cannot be merged"},
    {"--zfeature-bits", "features follow from the other options"},
}};

void add_refused(CLI::App& command) {
  for (const Refused& each : kRefused) {
    const std::string name = each.name;
    const std::string why = each.why;
    command
        .add_option_function<std::vector<std::string>>(
            name,
            [name, why](const std::vector<std::string>& /*given*/) {
              throw CLI::ValidationError(
                  name + " is not supported by this version: " + why);
            })
        ->expected(0, 1)
        ->group("");
  }
}

void add_shape(CLI::App& command, MkfsRequest& request) {
  command.add_option("-b", request.block_size, "Block size (default 4096)");
  command.add_option("-z", request.compressors,
                     "Compressor: X[,level=N][,dictsize=N]");
  command.add_option("-C", request.pcluster, "Bytes of a physical cluster");
  command
      .add_option("-E", request.extended,
                  "Extended options, separated by commas")
      ->take_all();
  command.add_option("--compress-hints", request.hints,
                     "A file of lines: bytes of a cluster, index into -z if "
                     "not 0, regex of paths");
  command.add_option("-m", request.metabox,
                     "Compress inodes, too: bytes of a cluster[:index into "
                     "-z]");
  command.add_flag("--zD", request.options.pack_directories,
                   "Compress directories, too");
  command.add_option("--chunksize", request.chunk_size,
                     "Keep files in chunks of this many bytes");
  command.add_option("--blobdev", request.blob,
                     "Write the chunks to this file");
  command.add_option("--max-extent-bytes", request.extent_max,
                     "Most bytes that one extent decodes to");
  command.add_option("-x", request.tolerance,
                     "Share attributes that more files have (default 2, "
                     "below 0: no attributes)");
  command
      .add_option("--xattr-prefix", request.options.xattr_prefixes,
                  "One more prefix of attribute names")
      ->take_all();
  command.add_option("--xattr-inode-digest", request.options.digest_name,
                     "Keep the SHA-256 of each file as this attribute, by "
                     "which kernels know equal files");
  command.add_option("--fsalignblks", request.options.align_blocks,
                     "The image has a multiple of so many blocks");
  command.add_option("-L", request.options.label, "Volume label");
  command.add_option("-U", request.uuid, "UUID, \"clear\" or \"random\"");
  command.add_option("--offset", request.offset,
                     "Leave this many bytes in front of the image");
}

void add_tree(CLI::App& command, MkfsRequest& request) {
  command.add_option("-T", request.time, "Seconds since 1970 for all files");
  auto* all = command.add_flag("--all-time");
  all->description("With -T: all files (default)");
  command
      .add_flag("--mkfs-time", request.mkfs_time, "With -T: the image alone")
      ->excludes(all);
  command.add_flag("--ignore-mtime", request.ignore_mtime,
                   "All files have the time of the image");
  command.add_flag("--preserve-mtime")
      ->description("Files keep their times (default)");
  command.add_flag("!--hard-dereference", request.hard_links,
                   "Each name of a file becomes a file of its own");
  command.add_flag("--all-root", request.all_root, "Root owns all files");
  command.add_option("--force-uid", request.force_uid, "Owner of all files");
  command.add_option("--force-gid", request.force_gid, "Group of all files");
  command.add_option("--uid-offset", request.uid_offset, "Added to owners");
  command.add_option("--gid-offset", request.gid_offset, "Added to groups");
  command
      .add_option("--exclude-path", request.excluded,
                  "Leave this path of the tree out, and all below it")
      ->take_all();
  command
      .add_option("--exclude-regex", request.excluded_matches,
                  "Leave out paths that match")
      ->take_all();
  command.add_option("--file-contexts", request.labels,
                     "Label files for SELinux as this file says");
  command.add_option("--mount-point", request.mount_point,
                     "With --file-contexts: where the image will be mounted");
  command.add_option("--sort")
      ->description("path: files are in the order of the tree (default)")
      ->check([](const std::string& mode) {
        return std::string(mode == "path" ? "" : "only \"path\" is supported");
      });
  command
      .add_option("--tar", request.tar,
                  "f: SOURCE is a tar archive, compressed or not, or \"-\"; "
                  "i: its index alone, with the archive as device 1")
      ->check(CLI::IsMember({"f", "i"}))
      ->expected(1);
  command.add_flag("--aufs", request.aufs,
                   "With --tar: whiteouts of AUFS become those of overlayfs");
  command.add_flag("--mtree", request.mtree,
                   "SOURCE is an mtree specification, even if its first line "
                   "is not \"#mtree\"");
  command.add_flag("--plain-dump", request.plain_dump,
                   "With a composefs dump: the files as it has them, and "
                   "nothing for overlayfs");
}

std::string settle_sizes(MkfsRequest& request) {
  emit::Options& options = request.options;
  if (!request.block_size.empty()) {
    const auto bits = power_of_two(request.block_size);
    if (!bits) return "-b: a block size is a power of two";
    options.block_bits = *bits;
  } else if (request.tar == "i") {
    options.block_bits = format::kMinBlockBits;  // of a tar, too
  }
  if (!request.chunk_size.empty()) {
    const auto bits = power_of_two(request.chunk_size);
    if (!bits) return "--chunksize: a chunk size is a power of two";
    options.chunk_bits = *bits;
  }
  const std::array<std::pair<const std::string*, std::uint32_t*>, 2> counts = {
      {{&request.pcluster, &options.pcluster},
       {&request.extent_max, &options.extent_max}}};
  for (const auto& [text, value] : counts) {
    if (text->empty()) continue;
    const auto count = byte_count(*text);
    if (!count || *count == 0 || *count > ~std::uint32_t{0}) {
      return "'" + *text + "' is no number of bytes";
    }
    *value = static_cast<std::uint32_t>(*count);
  }
  return {};
}

// What the environment says of times; -T knows better.
std::string settle_newest(MkfsRequest& request) {
  const char* const text = std::getenv("SOURCE_DATE_EPOCH");
  if (text == nullptr || request.time) return {};
  const auto seconds = byte_count(text);
  constexpr std::uint64_t kMost = ~std::uint64_t{0} >> 1;
  if (!seconds || *seconds > kMost) {
    std::string reason = "SOURCE_DATE_EPOCH: '";
    return reason.append(text).append("' is no number of seconds");
  }
  request.newest = static_cast<std::int64_t>(*seconds);
  return {};
}

void settle_times(MkfsRequest& request) {
  emit::Options& options = request.options;
  if (request.time) options.epoch = plan::Time{*request.time, 0};
  options.ignore_mtime =
      request.ignore_mtime || (request.time && !request.mkfs_time);
}

}  // namespace

void add_mkfs_options(CLI::App& command, MkfsRequest& request) {
  command.add_option("IMAGE", request.image, "The image to write")->required();
  command
      .add_option(
          "SOURCE", request.source,
          "A directory, a manifest, a composefs dump, an mtree, or with "
          "--tar an archive")
      ->required();
  add_shape(command, request);
  add_tree(command, request);
  command.add_option("--workers,--jobs", request.workers,
                     "Threads (default: the cores)");
  command.add_flag("--quiet", request.quiet, "Print nothing but errors");
  add_refused(command);
}

std::string settle(MkfsRequest& request) {
  emit::Options& options = request.options;
  std::string reason = settle_sizes(request);
  if (reason.empty() && !request.compressors.empty()) {
    reason = read_compressors(request.compressors, options);
    if (!reason.empty()) reason = "-z: " + reason;
  }
  for (const std::string& each : request.extended) {
    if (!reason.empty()) break;
    reason = read_extended(each, options);
    if (!reason.empty()) reason = "-E: " + reason;
  }
  if (reason.empty() && !request.metabox.empty()) {
    reason = read_metabox(request.metabox, options);
  }
  if (reason.empty() && !request.uuid.empty()) {
    reason = read_uuid(request.uuid, options);
  }
  request.xattrs = request.tolerance >= 0;
  options.xattr_tolerance =
      static_cast<std::uint64_t>(std::max<std::int64_t>(request.tolerance, 0));
  if (reason.empty() && !request.xattrs &&
      !(request.labels.empty() && options.digest_name.empty())) {
    reason = "-x: labels and digests are attributes, too";
  }
  settle_times(request);
  if (reason.empty()) reason = settle_newest(request);
  return reason;
}

}  // namespace erofs::cli
