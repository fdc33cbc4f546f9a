// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "cli/mkfs_request.h"
#include "tree/adjust.h"
#include "tree/composefs_read.h"
#include "tree/digests.h"
#include "tree/host_read.h"
#include "tree/labels.h"
#include "tree/manifest_read.h"
#include "tree/mtree_read.h"
#include "tree/tar_read.h"

namespace erofs::cli {
namespace {

constexpr const char* kStandardInput = "-";

tl::unexpected<tree::Trouble> refused(const std::string& path, int error) {
  return tree::trouble(
      path, std::string("cannot be read: ") + std::strerror(error), error);
}

// The directory that a file is or will be in.
std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

tree::Outcome<tree::Tree> from_tar(const MkfsRequest& request,
                                   tree::Notes& notes) {
  tree::TarOptions how;
  how.scratch = directory_of(request.image);
  how.aufs = request.aufs;
  if (request.source == kStandardInput) {
    how.name = "standard input";
    return tree::read_tar(STDIN_FILENO, how, notes);
  }
  how.name = request.source;
  const int file = ::open(request.source.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return refused(request.source, errno);
  auto out = tree::read_tar(file, how, notes);
  ::close(file);
  return out;
}

tree::Outcome<tree::Tree> from_dump(const MkfsRequest& request,
                                    std::istream& lines) {
  if (request.plain_dump) {
    return tree::read_composefs_dump(lines, tree::DumpUse::kPlain);
  }
  if (!request.xattrs) {
    return tree::trouble(request.source,
                         "says with attributes where content is: without "
                         "them (-x-1), only --plain-dump is possible");
  }
  return tree::read_composefs_dump(lines, tree::DumpUse::kLayer);
}

tree::Outcome<tree::Tree> from_mtree(const MkfsRequest& request,
                                     std::istream& lines, tree::Notes& notes) {
  tree::MtreeOptions how;
  how.directory = directory_of(request.source);
  how.marked = !request.mtree;
  const bool owner = request.all_root || request.force_uid;
  const bool group = request.all_root || request.force_gid;
  how.owners = !owner || !group;
  how.times = !request.options.ignore_mtime;
  return tree::read_mtree(lines, how, notes);
}

// As every dump does.
bool begins_with_root(std::istream& lines) {
  if (lines.peek() != '/') return false;
  lines.get();
  const bool root = lines.peek() == ' ';
  lines.clear();
  lines.unget();
  return root;
}

// A file that is no archive: lines as `manifest`, composefs-info or mtree
// print them.
tree::Outcome<tree::Tree> from_lines(const MkfsRequest& request,
                                     tree::Notes& notes) {
  std::ifstream lines(request.source, std::ios::binary);
  if (!lines) return refused(request.source, EIO);
  const int first = lines.peek();
  if (request.mtree || first == '#') return from_mtree(request, lines, notes);
  if (begins_with_root(lines)) return from_dump(request, lines);
  if (first != '{') {
    return tree::trouble(
        request.source,
        "is neither a directory nor a manifest, dump or mtree: name a "
        "directory, or say --tar=f if it is a tar archive, --mtree if it is "
        "an mtree without its mark");
  }
  return tree::read_manifest(lines, directory_of(request.source));
}

using Excluded = std::shared_ptr<const tree::Exclusion>;

tree::Outcome<tree::Tree> read_any(const MkfsRequest& request,
                                   const Excluded& excluded,
                                   tree::Notes& notes) {
  if (!request.tar.empty()) return from_tar(request, notes);
  struct stat facts {};
  if (::stat(request.source.c_str(), &facts) != 0) {
    return refused(request.source, errno);
  }
  if (!S_ISDIR(facts.st_mode)) return from_lines(request, notes);
  tree::HostOptions how;
  how.xattrs = request.xattrs;
  how.hard_links = request.hard_links;
  if (!excluded->empty()) {
    how.leave_out = [excluded](const std::string& path) {
      return excluded->has(path.substr(1));
    };
  }
  return tree::read_host(request.source, how);
}

tree::Adjustment adjustment_of(const MkfsRequest& request) {
  tree::Adjustment how;
  how.drop_xattrs = !request.xattrs;
  how.uid_offset = static_cast<std::uint32_t>(request.uid_offset);
  how.gid_offset = static_cast<std::uint32_t>(request.gid_offset);
  how.newest_sec = request.newest;
  if (request.all_root) how.uid = how.gid = 0;
  if (request.force_uid) how.uid = request.force_uid;
  if (request.force_gid) how.gid = request.force_gid;
  return how;
}

// Attributes that are in no source.
std::optional<tree::Trouble> complete(const MkfsRequest& request,
                                      tree::Tree& tree) {
  if (!request.labels.empty()) {
    const auto labels = tree::Labels::open(request.labels);
    if (!labels) return labels.error();
    auto reason = tree::set_labels(**labels, request.mount_point, tree);
    if (reason) return reason;
  }
  const std::string& digest = request.options.digest_name;
  if (digest.empty()) return std::nullopt;
  return tree::set_digests(digest, tree);
}

}  // namespace

tree::Outcome<tree::Tree> read_source(const MkfsRequest& request,
                                      tree::Notes& notes) {
  const auto excluded =
      tree::Exclusion::of(request.excluded, request.excluded_matches);
  if (!excluded) return tl::unexpected(excluded.error());
  auto out = read_any(request, *excluded, notes);
  if (!out) return out;
  tree::Adjustment how = adjustment_of(request);
  how.exclude = *excluded;
  tree::adjust(how, *out);
  if (const auto reason = complete(request, *out)) {
    return tl::unexpected(*reason);
  }
  return out;
}

}  // namespace erofs::cli
