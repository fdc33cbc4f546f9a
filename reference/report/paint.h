// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_PAINT_H_
#define EROFS_REPORT_PAINT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "format/rules.gen.h"

namespace erofs::report {

enum class Ink : std::uint8_t { kBold, kFaint, kRed, kGreen, kYellow, kBlue };

// Colours text for a terminal, or leaves it alone.
class Paint {
 public:
  explicit Paint(bool on) noexcept : on_(on) {}
  [[nodiscard]] std::string operator()(Ink ink, std::string_view text) const;

 private:
  bool on_;
};

[[nodiscard]] Ink class_ink(format::RuleClass cls) noexcept;

}  // namespace erofs::report

#endif  // EROFS_REPORT_PAINT_H_
