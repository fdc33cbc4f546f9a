// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fmt/core.h>
#include <malloc.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include "base/escape.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/mkfs_hints.h"
#include "cli/mkfs_request.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "emit/write_image.h"
#include "image/file_target.h"
#include "work/crew.h"

namespace erofs::cli {
namespace {

// What is said of a file the writer could not open or complete.
int cannot(const std::string& path, const char* what, int error) {
  complain(fmt::format("{}: cannot {} it: {}", path, what,
                       std::generic_category().message(error)));
  return kIo;
}

// Names of things and paths alike, blanks as they are.
std::string readable(const std::string& where) {
  std::string out = escape(where);
  constexpr std::string_view kBlank = "%20";
  for (std::size_t at = out.find(kBlank); at != std::string::npos;
       at = out.find(kBlank, at)) {
    out.replace(at, kBlank.size(), " ");
  }
  return out;
}

int tell(const tree::Trouble& trouble) {
  complain(fmt::format("{}: {}", readable(trouble.where), trouble.reason));
  return trouble.number != 0 ? kIo : kUsage;
}

// The targets beside the image that its options need.
struct Others {
  std::unique_ptr<image::FileTarget> blob;
  std::unique_ptr<image::FileTarget> packed;
  std::unique_ptr<image::FileTarget> metabox;
};

int open_others(const MkfsRequest& request, emit::Options& options,
                Others& others) {
  int error = 0;
  if (!request.blob.empty()) {
    others.blob = image::FileTarget::open(request.blob, 0, error);
    if (!others.blob) return cannot(request.blob, "write", error);
    options.blob = others.blob.get();
  }
  const std::size_t slash = request.image.rfind('/');
  const std::string directory =
      slash == std::string::npos ? "." : request.image.substr(0, slash + 1);
  if (options.fragments || options.all_fragments || options.pack_directories) {
    others.packed = image::FileTarget::scratch(directory, error);
    if (!others.packed) return cannot(directory, "write in", error);
    options.packed = others.packed.get();
  }
  if (!request.metabox.empty()) {
    others.metabox = image::FileTarget::scratch(directory, error);
    if (!others.metabox) return cannot(directory, "write in", error);
    options.metabox = others.metabox.get();
  }
  return kDone;
}

void summarize(const MkfsRequest& request, const emit::Written& written) {
  std::string uuid;
  for (std::size_t i = 0; i < written.uuid.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    uuid += fmt::format("{:02x}", std::to_integer<unsigned>(written.uuid[i]));
  }
  fmt::print("{}: {} bytes, {} inodes, UUID {}\n", request.image, written.bytes,
             written.inodes, uuid);
}

int write(const MkfsRequest& request) {
  tree::Notes notes;
  const auto source = read_source(request, notes);
  if (!source) return tell(source.error());
  for (const tree::Trouble& note : notes) {
    complain(fmt::format("{}: {}", readable(note.where), note.reason));
  }
  emit::Options options = request.options;
  if (request.tar == "i") {
    std::error_code error;
    options.archive_bytes = std::filesystem::file_size(request.source, error);
    if (error) return cannot(request.source, "measure", error.value());
  }
  if (!request.hints.empty()) {
    const auto read = read_hints(request.hints, *source, options);
    if (!read) return tell(read.error());
  }
  options.jobs = request.workers != 0 ? request.workers : work::Crew::cores();
  Others others;
  if (const int code = open_others(request, options, others); code != kDone) {
    return code;
  }
  int error = 0;
  const auto target =
      image::FileTarget::open(request.image, request.offset, error);
  if (!target) return cannot(request.image, "write", error);
  Progress progress(!request.quiet);
  options.progress = [&](std::uint64_t done, std::uint64_t /*all*/) {
    progress.show(source->nodes().size(), done);
  };
  const auto written = emit::write_image(*source, options, *target);
  progress.clear();
  if (!written) return tell(written.error());
  if (others.blob) {
    error = others.blob->commit(written->blob_bytes);
    if (error != 0) return cannot(request.blob, "complete", error);
  }
  error = target->commit(written->bytes);
  if (error != 0) return cannot(request.image, "complete", error);
  if (!request.quiet) summarize(request, *written);
  return kDone;
}

// Buffers of a file come and go: memory that the system takes back between
// two of them, it clears again for each.
void keep_memory() {
  constexpr int kMost = 1 << 30;
  ::mallopt(M_MMAP_THRESHOLD, kMost);
  ::mallopt(M_TRIM_THRESHOLD, kMost);
}

int run(MkfsRequest& request) {
  keep_memory();
  const std::string reason = settle(request);
  if (!reason.empty()) {
    complain("mkfs: " + reason);
    return kUsage;
  }
  return write(request);
}

}  // namespace

void add_mkfs(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("mkfs", "Write an image");
  const auto request = std::make_shared<MkfsRequest>();
  add_mkfs_options(*command, *request);
  add_teaching(
      *command,
      "  erofs-ref mkfs system.erofs tree\n"
      "  erofs-ref mkfs -zlz4hc,level=12 -C65536 -Eztailpacking a.erofs tree\n"
      "  erofs-ref mkfs --chunksize=65536 --blobdev=b.blob b.erofs tree\n"
      "  erofs-ref mkfs layer.cfs layer.dump       # composefs-dump(5)\n"
      "  erofs-ref mkfs --all-root a.erofs a.mtree # mtree(5)\n"
      "\n"
      "Options are those of mkfs.erofs 1.9; one that is not supported is "
      "refused. The same\ntree and options give the same bytes, whatever the "
      "machine: unless -U says\notherwise, the UUID is made of the content, "
      "and times of building are not kept.\nThe image appears under its name "
      "only when it is complete and on the disk.\n");
  command->callback(
      [request, &chosen] { chosen.run = [request] { return run(*request); }; });
}

}  // namespace erofs::cli
