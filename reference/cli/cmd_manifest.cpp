// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <array>
#include <cerrno>
#include <cstddef>
#include <memory>

#include "base/escape.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "extract/to_lines.h"
#include "image/memory_source.h"
#include "tree/manifest_write.h"
#include "work/crew.h"

namespace erofs::cli {
namespace {

struct ManifestOptions {
  Common common;
  std::string format = "json";
};

// The library of digests reads its settings when it is used first.
bool open_digests(Session& session) {
  std::array<std::byte, 1> buffer{};
  const auto digest = tree::manifest_digest(image::MemorySource(ByteView()),
                                            MutableBytes(buffer));
  if (digest) return true;
  session.fail(digest.error(), "manifest");
  return false;
}

void print(Session& session) {
  const auto& common = session.common();
  Progress progress(!common.quiet);
  Output& out = session.out();
  extract::LineMaker maker;
  maker.digest = tree::manifest_digest;
  maker.render = tree::manifest_line;
  maker.take = [&](std::string_view text) -> Status {
    // Nobody reads on: the fault only ends the walk, finish() says why.
    if (out.write(text)) return {};
    return io_fault({}, static_cast<std::uint64_t>(out.error()));
  };
  maker.progress = [&](std::uint64_t paths) { progress.show(paths); };
  work::Crew crew(common.threads());
  const extract::Ended ended =
      extract::to_lines(session.volume(), session.budget(), crew, maker);
  progress.clear();
  if (ended.status || out.failed()) return;
  out.flush();
  session.fail(ended.status.error(),
               ended.last.empty()
                   ? std::string("no path was read")
                   : "incomplete, stopped at or behind " + escape(ended.last));
}

}  // namespace

void add_manifest(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "manifest", "Print every path as Linux shows it, one JSON line each");
  const auto options = std::make_shared<ManifestOptions>();
  add_common(*command, options->common);
  add_format(*command, options->format, {"json"}, {"mtree", "composefs-dump"});
  add_teaching(*command,
               "  erofs-ref manifest system.erofs >system.jsonl\n"
               "  erofs-ref manifest a.erofs | diff - b.jsonl\n"
               "  erofs-ref manifest --limit output=1T sparse.erofs\n"
               "\n"
               "Lines are sorted by raw path bytes. Keys: path, type, mode, "
               "uid, gid, nlink,\nsize, ino, mtime_sec, mtime_nsec, then "
               "where they apply rdev, target, sha256,\nxattrs. Paths, "
               "targets and xattr names are percent-encoded, values of "
               "xattrs\nbase64. A fault ends the manifest: it is printed to "
               "standard error, and the\nexit code tells its kind.\n");
  command->callback([options, &chosen] {
    chosen.run = [options] {
      Session::Plan plan;
      plan.open = open_digests;
      return with_session(options->common, print, plan);
    };
  });
}

}  // namespace erofs::cli
