// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/fault_text.h"

#include <system_error>

#include "format/rules.gen.h"
#include "report/advice.h"
#include "report/place.h"

namespace erofs::cli {
namespace {

// "; value 300", where there is a number to show.
std::string value_text(const Fault& fault) {
  return ", value " + std::to_string(fault.value);
}

std::string plain_io(const Fault& fault) {
  const auto error = static_cast<int>(fault.value);
  return "cannot read: " + std::generic_category().message(error) + " (" +
         report::place_text(fault.where) +
         "): " + std::string(report::advice("io.read.failed"));
}

std::string what_to_do(const format::RuleInfo& rule) {
  const std::string_view hint = report::advice(rule.id);
  if (!hint.empty()) return std::string(hint);
  return "'erofs-ref rules " + std::string(rule.id) + "' tells more";
}

}  // namespace

std::string fault_text(const Fault& fault) {
  if (fault.rule == RuleId::none) return plain_io(fault);
  const auto& rule = format::rule(fault.rule);
  return std::string(rule.id) + " (" +
         std::string(format::class_name(rule.cls)) +
         ") does not hold: " + std::string(rule.says) + " (" +
         report::place_text(fault.where) + value_text(fault) +
         "): " + what_to_do(rule);
}

}  // namespace erofs::cli
