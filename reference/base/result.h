// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_BASE_RESULT_H_
#define EROFS_BASE_RESULT_H_

#include <tl/expected.hpp>
#include <utility>

#include "base/fault.h"

namespace erofs {

// A value, or the one fault that kept it from being made. A class of its own
// because [[nodiscard]] needs one: no caller drops a fault unseen.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Fault> {
 public:
  using Base = tl::expected<T, Fault>;
  using Base::Base;
  Result() = default;
  Result(Base base) : Base(std::move(base)) {}  // what map() and co. return
};

using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Fault> malformed(RuleId rule, Place where,
                                                     std::uint64_t value) {
  return tl::unexpected<Fault>(
      Fault{FaultKind::kMalformed, rule, where, value});
}

[[nodiscard]] inline tl::unexpected<Fault> unsupported(RuleId rule, Place where,
                                                       std::uint64_t value) {
  return tl::unexpected<Fault>(
      Fault{FaultKind::kUnsupported, rule, where, value});
}

[[nodiscard]] inline tl::unexpected<Fault> io_fault(
    Place where, std::uint64_t error_number) {
  return tl::unexpected<Fault>(
      Fault{FaultKind::kIo, RuleId{}, where, error_number});
}

}  // namespace erofs

#define EROFS_JOIN_INNER(a, b) a##b
#define EROFS_JOIN(a, b) EROFS_JOIN_INNER(a, b)

// Hands the fault of a Status to the caller.
#define EROFS_TRY(expr)                                                  \
  do {                                                                   \
    if (auto status_ = (expr); !status_) {                               \
      return tl::unexpected<::erofs::Fault>(std::move(status_).error()); \
    }                                                                    \
  } while (false)

// `EROFS_ASSIGN(auto x, f());` binds the value of a Result, or hands its
// fault to the caller.
#define EROFS_ASSIGN(target, expr) \
  EROFS_ASSIGN_INNER(EROFS_JOIN(result_, __LINE__), target, expr)
#define EROFS_ASSIGN_INNER(name, target, expr)                      \
  auto name = (expr);                                               \
  if (!name) {                                                      \
    return tl::unexpected<::erofs::Fault>(std::move(name).error()); \
  }                                                                 \
  target = std::move(*name)

#endif  // EROFS_BASE_RESULT_H_
