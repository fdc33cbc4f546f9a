// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_MKFS_REQUEST_H_
#define EROFS_CLI_MKFS_REQUEST_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emit/options.h"
#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::cli {

// A command line of mkfs.
struct MkfsRequest {
  std::string image;
  std::string source;
  emit::Options options;
  std::string blob;          // --blobdev
  std::uint64_t offset = 0;  // --offset, bytes
  unsigned workers = 0;      // 0: as many as there are cores
  bool quiet = false;
  bool xattrs = true;

  // As they were given, until settle() reads them.
  std::string block_size;
  std::string pcluster;
  std::string compressors;
  std::vector<std::string> extended;
  std::string chunk_size;
  std::string hints;    // --compress-hints
  std::string metabox;  // -m, "4096:1"
  std::string extent_max;
  std::string uuid;
  std::int64_t tolerance = 2;
  std::optional<std::int64_t> time;
  bool ignore_mtime = false;
  bool mkfs_time = false;
  std::string labels;                  // --file-contexts
  std::string mount_point;             // --mount-point
  std::optional<std::int64_t> newest;  // SOURCE_DATE_EPOCH
  bool hard_links = true;
  std::vector<std::string> excluded;
  std::vector<std::string> excluded_matches;
  std::string tar;  // "f" for a tar archive, "i" for an index of one
  bool aufs = false;
  bool plain_dump = false;
  bool mtree = false;
  bool all_root = false;
  std::optional<std::uint32_t> force_uid;
  std::optional<std::uint32_t> force_gid;
  std::int64_t uid_offset = 0;
  std::int64_t gid_offset = 0;
};

void add_mkfs_options(CLI::App& command, MkfsRequest& request);

// Makes the options of what was given: why they make no image, or nothing.
[[nodiscard]] std::string settle(MkfsRequest& request);

// The tree that the request is about, filters and overrides applied. What
// had to be left out goes to `notes`.
[[nodiscard]] tree::Outcome<tree::Tree> read_source(const MkfsRequest& request,
                                                    tree::Notes& notes);

}  // namespace erofs::cli

#endif  // EROFS_CLI_MKFS_REQUEST_H_
