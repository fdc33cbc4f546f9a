// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/html.h"

#include <fmt/core.h>

#include <cstdint>

#include "report/advice.h"
#include "report/cluster_table.h"
#include "report/facts.h"
#include "report/findings_text.h"
#include "report/groups.h"
#include "report/hazards.h"
#include "report/markup.h"
#include "report/paint.h"
#include "report/usage_drawing.h"

namespace erofs::report {
namespace {

// No script, nothing from elsewhere: also for who opens it.
constexpr std::string_view kHead =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
    "'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n";

constexpr std::string_view kStyle =
    "<style>\n"
    ":root{color-scheme:light dark}\n"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem "
    "auto;padding:0 1rem}\n"
    "h1{overflow-wrap:anywhere}\n"
    "table{border-collapse:collapse}\n"
    "th,td{text-align:left;padding:.1rem 1rem .1rem 0;vertical-align:top;"
    "font-weight:normal}\n"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}\n"
    "pre,code,li{font-family:ui-monospace,monospace;overflow-wrap:anywhere}\n"
    "svg{width:100%;height:3rem}\n"
    ".verdict{display:inline-block;padding:.2rem .8rem;border-radius:.3rem;"
    "color:#fff;background:#8a6100}\n"
    ".conforming{background:#1a7f37}.malformed,.invalid{background:#b3261e}\n"
    "article{border-left:.3rem solid #8a6100;padding-left:1rem;margin:1rem "
    "0}\n"
    "article.malformed,article.invalid{border-color:#b3261e;background:none}\n"
    "article.advisory{border-color:#3465a4}\n"
    ".swatch{display:inline-block;width:1em;height:1em}\n"
    "</style>\n";

std::string verdict(const check::Report& report) {
  const std::string_view name = check::verdict_name(report.verdict());
  const std::string counts = counts_text(report);
  return fmt::format("<p><strong class=\"verdict {0}\">{0}</strong> {1}</p>\n",
                     name, counts.empty() ? "no finding" : counts);
}

std::string facts(const check::Summary& summary) {
  std::string text = "<h2>Image</h2>\n<table>\n";
  for (const Fact& fact : image_facts(summary)) {
    text += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", markup(fact.name),
                        markup(fact.text));
  }
  return text + "</table>\n";
}

std::string inventory(const check::Inventory& inventory) {
  std::string text = "<h2>Inventory</h2>\n<table>\n";
  for (const Count& count : inventory_counts(inventory)) {
    std::string name = markup(count.name);
    if (name.starts_with("  ")) name = "&emsp;" + name.substr(2);
    text += fmt::format("<tr><th>{}</th><td class=\"n\">{}</td></tr>\n", name,
                        count.number);
  }
  text += "</table>\n";
  const std::string clusters = cluster_table(inventory);
  if (clusters.empty()) return text;
  return text + "<h2>Compressed content</h2>\n<pre>" + markup(clusters) +
         "</pre>\n";
}

std::string usage(const check::Report& report) {
  std::string text = "<h2>Use of bytes</h2>\n";
  if (report.usage_known) return text + usage_drawing(report.usage);
  return text + "<p>Unknown: the image was not read to its end.</p>\n";
}

// What the text says of them, columns and all.
std::string hazards(const check::Report& report) {
  const std::string text = hazards_text(report, Paint(false));
  if (text.empty()) return {};
  return "<h2>Hazards and devices</h2>\n<pre>" + markup(text) + "</pre>\n";
}

std::string places(const check::Report& report, const Group& group) {
  std::string text = "<ul>\n";
  for (const check::Finding* finding : group.findings) {
    text += fmt::format("<li>{}</li>\n", markup(finding_text(*finding)));
  }
  const std::uint64_t more = report.dropped(group.rule);
  if (more != 0) text += fmt::format("<li>... and {} more</li>\n", more);
  return text + "</ul>\n";
}

std::string article(const check::Report& report, const Group& group) {
  const auto& rule = format::rule(group.rule);
  std::string text = fmt::format(
      "<article class=\"{}\">\n<h4><code>{}</code></h4>\n<p>{}</p>\n",
      format::class_name(rule.cls), markup(rule.id), markup(rule.says));
  text += places(report, group);
  const std::string_view hint = advice(rule.id);
  if (!hint.empty()) {
    text +=
        fmt::format("<p><strong>What to do:</strong> {}</p>\n", markup(hint));
  }
  text += fmt::format(
      "<details><summary>Why, and what others do</summary>\n<p>{}</p>\n"
      "<p>Linux: {}</p>\n<p>fsck.erofs: {}</p>\n"
      "<p>Specified in <code>spec/FORMAT.md#{}</code></p>\n</details>\n",
      markup(rule.why), markup(rule.linux_does), markup(rule.fsck_does),
      markup(rule.section));
  return text + "</article>\n";
}

std::string findings(const check::Report& report) {
  std::string text = "<h2>Findings</h2>\n";
  if (report.findings().empty()) return text + "<p>none</p>\n";
  for (const auto& [cls, meaning] : kClasses) {
    const auto groups = groups_of(report, cls);
    if (groups.empty()) continue;
    text += fmt::format("<h3>{} ({}): {}</h3>\n", format::class_name(cls),
                        report.count(cls), markup(meaning));
    for (const Group& group : groups) text += article(report, group);
  }
  return text;
}

}  // namespace

std::string audit_html(const check::Report& report, std::string_view image) {
  std::string text(kHead);
  text += fmt::format("<title>{}: {}</title>\n", markup(image),
                      check::verdict_name(report.verdict()));
  text += kStyle;
  text += "</head>\n<body>\n";
  text += fmt::format("<h1>{}</h1>\n", markup(image));
  text += verdict(report) + facts(report.summary);
  if (report.summary.known) text += inventory(report.inventory) + usage(report);
  text += hazards(report);
  return text + findings(report) + "</body>\n</html>\n";
}

}  // namespace erofs::report
