// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <memory>

#include "cli/command.h"
#include "cli/judge.h"
#include "report/html.h"
#include "report/json.h"
#include "report/sarif.h"
#include "report/text.h"

namespace erofs::cli {
namespace {

struct AuditOptions {
  Common common;
  std::string format = "text";
};

int run(const AuditOptions& options) {
  const Common& common = options.common;
  return judge(common, [&](const check::Report& report) {
    if (common.json || options.format == "json") {
      return report::audit_json(report, common.image);
    }
    if (options.format == "html") {
      return report::audit_html(report, common.image);
    }
    if (options.format == "sarif") {
      return report::sarif(report, common.image,
                           {EROFS_VERSION, EROFS_SPECIFICATION_URI});
    }
    return report::audit_text(report, common.image,
                              {use_color(common), common.quiet});
  });
}

}  // namespace

void add_audit(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "audit", "Check an image and tell what it holds and costs");
  const auto options = std::make_shared<AuditOptions>();
  add_common(*command, options->common);
  add_kernel(*command, options->common);
  add_format(*command, options->format, {"text", "json", "sarif", "html"}, {});
  command->get_option("--json")->excludes("--format");
  add_teaching(*command,
               "  erofs-ref audit system.erofs\n"
               "  erofs-ref audit --format json system.erofs | jq "
               ".inventory.types\n"
               "  erofs-ref audit --format html system.erofs >audit.html\n"
               "  erofs-ref audit --offset 1M disk.img\n"
               "\n"
               "Prints the superblock with its features and the Linux they "
               "need, an inventory\nof inodes, how the bytes of the image "
               "are used, and then what 'check' prints.\n");
  command->callback(
      [options, &chosen] { chosen.run = [options] { return run(*options); }; });
}

}  // namespace erofs::cli
