// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fmt/core.h>

#include <memory>
#include <string_view>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/node_text.h"
#include "cli/output.h"
#include "format/rules.gen.h"
#include "format/writers.gen.h"
#include "report/known_bugs.h"
#include "report/paint.h"

namespace erofs::cli {
namespace {

struct RulesOptions {
  Common common;
  std::string id;
  bool writers = false;
};

Json bug_json(const format::WriterBug& bug) {
  Json json;
  json["id"] = bug.id;
  json["writer"] = bug.writer;
  json["affected"] = bug.affected;
  if (!bug.fixed.empty()) json["fixed"] = bug.fixed;
  json["says"] = bug.says;
  json["lost"] = bug.lost;
  json["rules"] = Json::array();
  for (const std::string_view rule : bug.rules) json["rules"].push_back(rule);
  if (!bug.when.empty()) json["when"] = bug.when;
  if (!bug.unseen.empty()) json["unseen"] = bug.unseen;
  json["telling"] = bug.telling;
  return json;
}

Json rule_json(const format::RuleInfo& rule) {
  Json json;
  json["id"] = rule.id;
  json["class"] = format::class_name(rule.cls);
  json["says"] = rule.says;
  json["why"] = rule.why;
  json["linux"] = rule.linux_does;
  json["fsck"] = rule.fsck_does;
  json["since"] = rule.since;
  json["source"] = rule.source;
  json["section"] = rule.section;
  json["bugs"] = Json::array();
  for (const format::WriterBug* bug : report::bugs_behind(rule.id)) {
    json["bugs"].push_back(bug->id);
  }
  return json;
}

std::string_view class_meaning(format::RuleClass cls) {
  switch (cls) {
    case format::RuleClass::kMalformed:
      return "a reader must refuse the image or fail";
    case format::RuleClass::kInvalid:
      return "breaks the format, though a reader may cope";
    case format::RuleClass::kAdvisory:
      return "allowed, but worth a look; never changes the verdict";
    case format::RuleClass::kUnsupported:
      return "this version cannot judge it";
    case format::RuleClass::kLimit:
      return "says nothing about the image, only about its cost";
    case format::RuleClass::kIo:
      break;
  }
  return "bytes could not be had";
}

std::string explained(const format::RuleInfo& rule,
                      const report::Paint& paint) {
  const auto label = [&](std::string_view text) {
    return paint(report::Ink::kFaint, fmt::format("{:<12}", text));
  };
  std::string text = paint(report::Ink::kBold, rule.id) + '\n';
  text += fmt::format("  {}\n\n", rule.says);
  text += fmt::format(
      "{}{} ({})\n", label("class"),
      paint(report::class_ink(rule.cls), format::class_name(rule.cls)),
      class_meaning(rule.cls));
  text += label("why") + std::string(rule.why) + '\n';
  text += label("Linux") + std::string(rule.linux_does) + '\n';
  text += label("fsck.erofs") + std::string(rule.fsck_does) + '\n';
  text += fmt::format("{}Linux {}\n", label("since"), rule.since);
  text += label("source") + std::string(rule.source) + '\n';
  text +=
      fmt::format("{}spec/FORMAT.md#{}\n", label("specified"), rule.section);
  for (const format::WriterBug* bug : report::bugs_behind(rule.id)) {
    text += '\n' + label("known from") +
            fmt::format("{} ({})\n", report::bug_versions(*bug), bug->id);
    text += label("") + fmt::format("{} Trace: {}\n", bug->says, bug->when);
  }
  return text;
}

std::string explained(const format::WriterBug& bug,
                      const report::Paint& paint) {
  const auto label = [&](std::string_view text) {
    return paint(report::Ink::kFaint, fmt::format("  {:<10}", text));
  };
  std::string text = paint(report::Ink::kBold, bug.id) + '\n';
  text += label("writer") + report::bug_versions(bug) + '\n';
  text += label("fault") + std::string(bug.says) + '\n';
  text += label("lost") + std::string(bug.lost) + '\n';
  for (const std::string_view rule : bug.rules) {
    text += label("breaks") + std::string(rule) + '\n';
  }
  const bool seen = bug.unseen.empty();
  text += label(seen ? "when" : "unseen");
  return text + std::string(seen ? bug.when : bug.unseen) + '\n';
}

int print_bugs(const RulesOptions& options, Output& out) {
  const report::Paint paint(use_color(options.common));
  Json list = Json::array();
  for (const auto& bug : format::writer_bugs()) {
    if (options.common.json) {
      list.push_back(bug_json(bug));
    } else {
      out.write((&bug == format::writer_bugs().data() ? "" : "\n") +
                explained(bug, paint));
    }
  }
  if (options.common.json) out.write(list.dump(2) + '\n');
  return finish(out, kDone);
}

// "superblock" and "superblock.checksum" name every rule below them.
bool below(std::string_view id, std::string_view prefix) {
  return prefix.empty() ||
         (id.starts_with(prefix) && id.size() > prefix.size() &&
          id[prefix.size()] == '.');
}

void complain_unknown(const std::string& asked) {
  std::string text = asked + ": there is no such rule";
  for (const auto& rule : format::rules()) {
    if (rule.id.find(asked) == std::string_view::npos) continue;
    complain(text + ": did you mean " + std::string(rule.id) + "?");
    return;
  }
  complain(text + ": 'erofs-ref rules' lists them all");
}

int print_below(const RulesOptions& options, Output& out) {
  const report::Paint paint(use_color(options.common));
  bool found = false;
  Json list = Json::array();
  for (const auto& rule : format::rules()) {
    if (!below(rule.id, options.id)) continue;
    found = true;
    if (options.common.json) {
      list.push_back(rule_json(rule));
      continue;
    }
    const std::string cls = fmt::format("{:<11}", format::class_name(rule.cls));
    out.write(fmt::format("{} {}\n            {}\n",
                          paint(report::class_ink(rule.cls), cls), rule.id,
                          rule.says));
  }
  if (!found) {
    complain_unknown(options.id);
    return kUsage;
  }
  if (options.common.json) out.write(list.dump(2) + '\n');
  return finish(out, kDone);
}

int run(const RulesOptions& options) {
  Output out;
  if (options.writers) return print_bugs(options, out);
  const auto id = format::find_rule(options.id);
  if (!id || options.id.empty()) return print_below(options, out);
  const auto& rule = format::rule(*id);
  const report::Paint paint(use_color(options.common));
  out.write(options.common.json ? rule_json(rule).dump(2) + '\n'
                                : explained(rule, paint));
  return finish(out, kDone);
}

}  // namespace

void add_rules(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "rules", "The rules an image is held to; one of them explained");
  const auto options = std::make_shared<RulesOptions>();
  auto* id = command->add_option("ID", options->id,
                                 "A rule, or what its name begins with");
  command
      ->add_flag("--writers", options->writers,
                 "What released writers got wrong, and which rules tell")
      ->excludes(id);
  command->add_flag("--json", options->common.json, "Print JSON");
  command
      ->add_option("--color", options->common.color,
                   "auto: on a terminal, unless NO_COLOR is set")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  add_teaching(*command,
               "  erofs-ref rules\n"
               "  erofs-ref rules directory\n"
               "  erofs-ref rules superblock.checksum.match\n"
               "  erofs-ref rules --writers\n");
  command->callback(
      [options, &chosen] { chosen.run = [options] { return run(*options); }; });
}

}  // namespace erofs::cli
