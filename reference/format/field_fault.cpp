// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "format/field_fault.h"

#include "format/rules.gen.h"

namespace erofs::format {

Fault field_fault(const FieldBreach& breach, Place structure) noexcept {
  const bool unsupported = rule(breach.rule).cls == RuleClass::kUnsupported;
  return {unsupported ? FaultKind::kUnsupported : FaultKind::kMalformed,
          breach.rule, structure.plus(breach.at), breach.value};
}

}  // namespace erofs::format
