// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_FAILURE_H_
#define EROFS_EXTRACT_FAILURE_H_

#include <cstdint>

#include "base/fault.h"
#include "base/result.h"

namespace erofs::extract {

// Why something could not be extracted: a fault of the image, or what the
// host refused.
struct Failure {
  Fault fault;                  // host: kIo with errno
  const char* doing = nullptr;  // host: "create", "write" ...; else none
};

// A value, or the failure that kept it from being made.
template <class T>
class [[nodiscard]] Attempt : public tl::expected<T, Failure> {
 public:
  using Base = tl::expected<T, Failure>;
  using Base::Base;
  Attempt() = default;
};

using Done = Attempt<void>;

[[nodiscard]] inline tl::unexpected<Failure> refused(const char* doing,
                                                     int error) {
  const auto number = static_cast<std::uint64_t>(error);
  return tl::unexpected<Failure>(
      Failure{Fault{FaultKind::kIo, RuleId{}, Place{}, number}, doing});
}

[[nodiscard]] inline tl::unexpected<Failure> faulty(const Fault& fault) {
  return tl::unexpected<Failure>(Failure{fault, nullptr});
}

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_FAILURE_H_
