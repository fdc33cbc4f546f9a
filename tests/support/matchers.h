// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_MATCHERS_H_
#define EROFS_SUPPORT_MATCHERS_H_

#include <gmock/gmock.h>

#include <cstdint>
#include <ostream>

#include "base/result.h"

namespace erofs {

// GoogleTest finds these by the type's namespace.
inline void PrintTo(const Place& place, std::ostream* out) {
  *out << "{space " << place.space << ", offset " << place.offset << "}";
}

inline void PrintTo(const Fault& fault, std::ostream* out) {
  *out << "{kind " << static_cast<int>(fault.kind) << ", rule "
       << static_cast<int>(fault.rule) << ", where ";
  PrintTo(fault.where, out);
  *out << ", value " << fault.value << "}";
}

}  // namespace erofs

namespace erofs::test {

// Whether a Result or Status has a value; says which fault where not.
MATCHER(Succeeds, "") {
  if (arg.has_value()) return true;
  *result_listener << "faults with " << testing::PrintToString(arg.error());
  return false;
}

// Whether a Result or Status faults with exactly `fault`.
MATCHER_P(FaultsWith, fault, "") {
  if (arg.has_value()) {
    *result_listener << "succeeds";
    return false;
  }
  *result_listener << "faults with " << testing::PrintToString(arg.error());
  return arg.error() == fault;
}

// Whether it faults with `kind` and `rule`, wherever that is.
MATCHER_P2(FaultsAs, kind, rule, "") {
  if (arg.has_value()) {
    *result_listener << "succeeds";
    return false;
  }
  *result_listener << "faults with " << testing::PrintToString(arg.error());
  return arg.error().kind == kind && arg.error().rule == rule;
}

// The whole fault of a broken malformed rule, at byte `offset` of the
// primary device.
inline Fault malformed_at(RuleId rule, std::uint64_t offset,
                          std::uint64_t value) {
  return {FaultKind::kMalformed, rule, {Place::kPrimary, offset}, value};
}

inline auto IsMalformed(RuleId rule, std::uint64_t offset,
                        std::uint64_t value) {
  return FaultsWith(malformed_at(rule, offset, value));
}

inline auto IsUnsupported(RuleId rule, std::uint64_t offset,
                          std::uint64_t value) {
  return FaultsWith(
      Fault{FaultKind::kUnsupported, rule, {Place::kPrimary, offset}, value});
}

inline auto IsLimit(RuleId rule) { return FaultsAs(FaultKind::kLimit, rule); }

// A failure of the host, or of a request that cannot be served.
inline auto IsIo(std::uint64_t offset, int error) {
  return FaultsWith(Fault{FaultKind::kIo,
                          RuleId{},
                          {Place::kPrimary, offset},
                          static_cast<std::uint64_t>(error)});
}

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_MATCHERS_H_
