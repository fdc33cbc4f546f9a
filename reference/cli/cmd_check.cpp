// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <memory>

#include "cli/command.h"
#include "cli/judge.h"
#include "report/json.h"
#include "report/junit.h"
#include "report/sarif.h"
#include "report/text.h"

namespace erofs::cli {
namespace {

struct CheckOptions {
  Common common;
  std::string format = "text";
};

int run(const CheckOptions& options) {
  const Common& common = options.common;
  return judge(common, [&](const check::Report& report) {
    if (common.json || options.format == "json") {
      return report::check_json(report, common.image);
    }
    if (options.format == "sarif") {
      return report::sarif(report, common.image,
                           {EROFS_VERSION, EROFS_SPECIFICATION_URI});
    }
    if (options.format == "junit") {
      return report::check_junit(report, common.image);
    }
    return report::check_text(report, common.image,
                              {use_color(common), common.quiet});
  });
}

}  // namespace

void add_check(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "check", "Judge an image by every rule: findings and a verdict");
  const auto options = std::make_shared<CheckOptions>();
  add_common(*command, options->common);
  add_kernel(*command, options->common);
  add_format(*command, options->format, {"text", "json", "sarif", "junit"}, {});
  command->get_option("--json")->excludes("--format");
  add_teaching(
      *command,
      "  erofs-ref check system.erofs\n"
      "  erofs-ref check --json layer.erofs | jq .verdict\n"
      "  erofs-ref check --format sarif system.erofs >check.sarif\n"
      "  erofs-ref check --format junit system.erofs >check.xml\n"
      "  erofs-ref check --device a.blob --device b.blob meta.erofs\n"
      "  erofs-ref check --quiet x.erofs && echo fit to mount\n"
      "\n"
      "Verdicts, worst first:\n"
      "  malformed    a reader must refuse it or fail (exit 1)\n"
      "  invalid      it breaks the format, though a reader may "
      "cope (exit 1)\n"
      "  io           bytes could not be read (exit 5)\n"
      "  limit        it costs more than --limit grants (exit 4)\n"
      "  unsupported  it needs what this version, or that of --kernel, "
      "lacks (exit 3)\n"
      "  conforming   no rule is broken (exit 0); advisory findings "
      "may exist\n");
  command->callback(
      [options, &chosen] { chosen.run = [options] { return run(*options); }; });
}

}  // namespace erofs::cli
