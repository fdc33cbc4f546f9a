// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fmt/core.h>
#include <unistd.h>

#include <memory>
#include <system_error>

#include "base/escape.h"
#include "cli/command.h"
#include "cli/left_out_text.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "extract/to_archive.h"
#include "tree/tar_write.h"

namespace erofs::cli {
namespace {

struct TarOptions {
  Common common;
  std::string output;
};

using Writer = std::unique_ptr<tree::TarWriter>;

// Opens all that the archive takes, the library's own files included.
bool open_tar(Session& session, const TarOptions& options, Writer& writer) {
  Output& out = session.out();
  if (!options.output.empty() && !out.redirect(options.output)) {
    session.fail(kIo,
                 fmt::format("{}: cannot write it: {}: see who may write there",
                             options.output,
                             std::generic_category().message(out.error())));
    return false;
  }
  auto opened = tree::TarWriter::open([&out](ByteView piece) {
    return out.write(piece.text()) ? 0 : out.error();
  });
  if (!opened) {
    session.fail(opened.error(), "tar");
    return false;
  }
  writer = std::move(*opened);
  return true;
}

void write_tar(Session& session, const TarOptions& options,
               tree::TarWriter& writer) {
  Output& out = session.out();
  Progress progress(!options.common.quiet);
  extract::LeftOut left_out;
  extract::ArchiveTaker taker;
  taker.take = [&](const tree::Entry& entry) { return writer.add(entry); };
  taker.progress = [&](std::uint64_t paths) { progress.show(paths); };
  const extract::Ended ended =
      extract::to_archive(session.volume(), session.budget(), left_out, taker);
  Status status = ended.status;
  if (status) status = writer.finish();
  progress.clear();
  if (!status && !out.failed()) {
    out.flush();
    session.fail(status.error(), ended.last.empty()
                                     ? std::string("nothing was written")
                                     : "incomplete, stopped at or behind " +
                                           escape(ended.last));
  }
  if (!options.common.quiet) tell_left_out(options.common.image, left_out);
}

int run(const TarOptions& options) {
  if (options.output.empty() && ::isatty(STDOUT_FILENO) == 1) {
    complain(
        "tar: an archive is nothing for a terminal: send it elsewhere, "
        "or name a file with -o FILE");
    return kUsage;
  }
  Writer writer;
  Session::Plan plan;
  plan.open = [&](Session& session) {
    return open_tar(session, options, writer);
  };
  return with_session(
      options.common,
      [&](Session& session) { write_tar(session, options, *writer); }, plan);
}

}  // namespace

void add_tar(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "tar", "Write all files of the image as a tar archive");
  const auto options = std::make_shared<TarOptions>();
  add_common(*command, options->common);
  command->remove_option(command->get_option("--json"));
  command
      ->add_option("-o,--output", options->output,
                   "Where to; standard output if absent")
      ->type_name("FILE");
  add_teaching(*command,
               "  erofs-ref tar system.erofs >system.tar\n"
               "  erofs-ref tar system.erofs | tar -x --xattrs -C tree\n"
               "  erofs-ref tar -o system.tar system.erofs\n"
               "\n"
               "The archive is of the pax format, in the order of paths, and "
               "the same each time:\nowners, modes, times to the nanosecond, "
               "links, devices, attributes, holes. Sockets,\nwhich tar does "
               "not know, are left out; that is told on standard error.\n");
  command->callback(
      [options, &chosen] { chosen.run = [options] { return run(*options); }; });
}

}  // namespace erofs::cli
