// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FORMAT_FIELD_FAULT_H_
#define EROFS_FORMAT_FIELD_FAULT_H_

#include "base/result.h"
#include "format/checks.gen.h"
#include "format/features.gen.h"

namespace erofs::format {

// The fault of a field that breaks a rule for refusing; `structure` is where
// the structure begins. Its kind is that of the rule's class.
[[nodiscard]] Fault field_fault(const FieldBreach& breach,
                                Place structure) noexcept;

// Faults with the first malformed or unsupported field rule that `view`
// breaks, in field order.
template <class View>
[[nodiscard]] Status accept(const View& view, const Features& features,
                            Place structure) {
  if (const auto breach = refuse(view, features)) {
    return tl::unexpected<Fault>(field_fault(*breach, structure));
  }
  return {};
}

}  // namespace erofs::format

#endif  // EROFS_FORMAT_FIELD_FAULT_H_
