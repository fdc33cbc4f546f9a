// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_ADVICE_H_
#define EROFS_REPORT_ADVICE_H_

#include <cstddef>
#include <string_view>

namespace erofs::report {

// What a user can do where the rule `id` is broken; empty where there is
// nothing better than to tell the writer's authors.
[[nodiscard]] std::string_view advice(std::string_view id) noexcept;

// Number of rules with advice, for the test that each of them exists.
[[nodiscard]] std::size_t advice_count() noexcept;

}  // namespace erofs::report

#endif  // EROFS_REPORT_ADVICE_H_
