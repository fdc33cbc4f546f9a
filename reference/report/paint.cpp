// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/paint.h"

namespace erofs::report {
namespace {

constexpr std::string_view kPlain = "\033[0m";

std::string_view start(Ink ink) noexcept {
  switch (ink) {
    case Ink::kBold:
      return "\033[1m";
    case Ink::kFaint:
      return "\033[2m";
    case Ink::kRed:
      return "\033[1;31m";
    case Ink::kGreen:
      return "\033[1;32m";
    case Ink::kYellow:
      return "\033[1;33m";
    case Ink::kBlue:
      break;
  }
  return "\033[1;34m";
}

}  // namespace

std::string Paint::operator()(Ink ink, std::string_view text) const {
  if (!on_) return std::string(text);
  std::string painted(start(ink));
  painted += text;
  painted += kPlain;
  return painted;
}

Ink class_ink(format::RuleClass cls) noexcept {
  switch (cls) {
    case format::RuleClass::kMalformed:
    case format::RuleClass::kInvalid:
      return Ink::kRed;
    case format::RuleClass::kAdvisory:
      return Ink::kBlue;
    case format::RuleClass::kUnsupported:
    case format::RuleClass::kLimit:
    case format::RuleClass::kIo:
      break;
  }
  return Ink::kYellow;
}

}  // namespace erofs::report
