// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <memory>

#include "check/checker.h"
#include "check/survey.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/limits.h"
#include "cli/open_image.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/sandbox.h"
#include "cli/timer.h"
#include "format/rules.gen.h"
#include "report/map_json.h"
#include "report/map_text.h"
#include "report/map_totals.h"
#include "report/place.h"

namespace erofs::cli {
namespace {

struct MapOptions {
  Common common;
  bool full = false;
  bool totals = false;
};

// Writes the map as it comes.
class MapWriter {
 public:
  MapWriter(const MapOptions& options, Output& out)
      : options_(options), out_(out), text_(options.full) {}

  void piece(const check::Piece& piece, const check::Bounds& bounds,
             std::string_view path) {
    totals_.note(piece);
    if (options_.totals) return;
    out_.write(options_.common.json ? report::map_piece_json(piece, path)
                                    : text_.piece(piece, bounds, path));
  }
  void end(bool whole) {
    if (options_.common.json) {
      out_.write(report::map_totals_json(totals_, whole));
      return;
    }
    const std::string totals = report::map_totals_text(totals_);
    const std::string rows = text_.end();
    const bool first = options_.totals && !totals.empty();
    out_.write(rows + (first ? totals.substr(1) : totals));
  }

 private:
  const MapOptions& options_;
  Output& out_;
  report::MapText text_;
  report::MapTotals totals_;
};

// Why some bytes may be more than the map says.
int complain_unknown(const Common& common, const check::Report& report) {
  for (const check::Finding& finding : report.findings()) {
    const auto& rule = format::rule(finding.rule);
    if (rule.cls == format::RuleClass::kAdvisory) continue;
    complain(common.image +
             ": not all of it can be mapped: " + std::string(rule.id) +
             " does not hold at " + report::place_text(finding.where) +
             ": see 'erofs-ref check' for all that is wrong");
    return report.exit_code();
  }
  complain(common.image + ": not all of it can be mapped");
  return kBroken;
}

int run(const MapOptions& options) {
  const Common& common = options.common;
  const auto image = open_image(common);
  if (!image) return kIo;
  if (!enter_sandbox(common)) return kUsage;
  const auto input = image->input();
  const Timer timer(time_limit(common.limits));
  Limits limits = with_limits(check::default_limits(input), common.limits);
  limits.deadline = timer.deadline();
  Progress progress(!common.quiet);
  Output out;
  MapWriter writer(options, out);
  if (common.json) {
    out.write(report::map_head_json(common.image, input.primary.size()));
  }
  const auto found = check::survey(
      input, limits,
      [&](const check::Piece& piece, const check::Bounds& bounds,
          std::string_view path) {
        progress.clear();
        writer.piece(piece, bounds, path);
      },
      [&](std::uint64_t inodes, std::uint64_t bytes) {
        progress.show(inodes, bytes);
      });
  writer.end(found.whole);
  const std::string changed = image->changed();
  if (!changed.empty()) {
    complain_changed(changed);
    return finish(out, kIo);
  }
  out.flush();
  const int code =
      found.whole ? int{kDone} : complain_unknown(common, found.report);
  return finish(out, code);
}

}  // namespace

void add_map(CLI::App& app, Chosen& chosen) {
  auto* command =
      app.add_subcommand("map", "Tell what every byte of the image is");
  const auto options = std::make_shared<MapOptions>();
  add_common(*command, options->common);
  command->add_flag("--full", options->full,
                    "A line for each cluster, however many are alike");
  command->add_flag("--totals", options->totals, "Only the sums by kind");
  add_teaching(
      *command,
      "  erofs-ref map system.erofs\n"
      "  erofs-ref map --totals system.erofs\n"
      "  erofs-ref map system.erofs | grep unreferenced\n"
      "  erofs-ref map --json system.erofs | jq -c 'select(.uses > 1)'\n"
      "\n"
      "Pieces are disjoint, in order, and add up to the size of the image, of "
      "each\n--device, and of the metabox and the packed inode, whose decoded "
      "content is a\nspace of its own. 'x3 of 2': three extents of two files "
      "use the bytes; the one\nof them that is named is the first. Padding is "
      "what is unused in a block with\nsomething in it; of an unreferenced "
      "block nothing is used. 'check' tells where\nunused bytes are not "
      "zero.\n");
  command->callback(
      [options, &chosen] { chosen.run = [options] { return run(*options); }; });
}

}  // namespace erofs::cli
