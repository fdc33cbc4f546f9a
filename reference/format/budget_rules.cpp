// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "format/budget_rules.h"

#include "format/rule_ids.gen.h"

namespace erofs::format {

const LimitRules& budget_rules() noexcept {
  static constexpr LimitRules kRules = {
      RuleId::limit_work_reached, RuleId::limit_memory_reached,
      RuleId::limit_depth_reached, RuleId::limit_output_reached,
      RuleId::limit_time_reached};
  return kRules;
}

}  // namespace erofs::format
