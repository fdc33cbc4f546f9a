// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/report.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/checked.h"

namespace erofs::check {
namespace {

using format::RuleClass;

constexpr std::array kWorstFirst = {
    std::pair(RuleClass::kMalformed, Verdict::kMalformed),
    std::pair(RuleClass::kInvalid, Verdict::kInvalid),
    std::pair(RuleClass::kIo, Verdict::kIo),
    std::pair(RuleClass::kLimit, Verdict::kLimit),
    std::pair(RuleClass::kUnsupported, Verdict::kUnsupported),
};

// Rank of a class among findings: as verdicts, with advice last.
std::size_t rank(RuleClass cls) noexcept {
  std::size_t at = 0;
  while (at < kWorstFirst.size() && kWorstFirst[at].first != cls) ++at;
  return at;
}

auto sort_key(const Finding& finding) noexcept {
  return std::tuple(rank(format::rule(finding.rule).cls), finding.where.space,
                    finding.where.offset, finding.rule);
}

// Sums of what an image claims; they stop at the last number.
void sum(std::uint64_t& into, std::uint64_t more) noexcept {
  into = checked::add(into, more).value_or(~std::uint64_t{0});
}

}  // namespace

void ClusterUse::note(std::uint64_t bytes, std::uint64_t of_content) noexcept {
  ++extents;
  sum(stored, bytes);
  sum(content, of_content);
}

std::string_view verdict_name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::kMalformed:
      return "malformed";
    case Verdict::kInvalid:
      return "invalid";
    case Verdict::kIo:
      return "io";
    case Verdict::kLimit:
      return "limit";
    case Verdict::kUnsupported:
      return "unsupported";
    case Verdict::kConforming:
      return "conforming";
  }
  return "";
}

void Report::add(Finding finding) {
  if (++per_rule_[finding.rule] > kKeptPerRule) return;
  // Long paths are cheap to nest in an image and dear to keep.
  const std::uint64_t room = kPathBytes - path_bytes_;
  if (finding.path.size() > std::min(kPathMax, room)) {
    finding.path = std::string();  // clear() would keep the allocation
  }
  path_bytes_ += finding.path.size();
  findings_.push_back(std::move(finding));
}

void Report::add(const Fault& fault, std::optional<std::uint64_t> nid,
                 std::string_view path) {
  const RuleId rule =
      fault.rule == RuleId::none ? RuleId::io_read_failed : fault.rule;
  const bool kept = count_of(rule) < kKeptPerRule;
  add(Finding{rule, fault.where, fault.value, nid,
              kept ? std::string(path) : std::string()});
}

void Report::absorb(const Report& other) {
  const std::size_t own = findings_.size();
  for (const Finding& finding : other.findings_) {
    const auto known = std::find_if(
        findings_.begin(), findings_.begin() + static_cast<std::ptrdiff_t>(own),
        [&](const Finding& each) {
          return each.rule == finding.rule && each.where == finding.where;
        });
    if (known == findings_.begin() + static_cast<std::ptrdiff_t>(own)) {
      add(finding);
    }
  }
  for (const auto& [rule, count] : other.per_rule_) {
    static_cast<void>(count);
    per_rule_[rule] += other.dropped(rule);
  }
}

void Report::finish() {
  std::stable_sort(findings_.begin(), findings_.end(),
                   [](const Finding& a, const Finding& b) {
                     return sort_key(a) < sort_key(b);
                   });
}

std::uint64_t Report::count_of(RuleId rule) const noexcept {
  const auto found = per_rule_.find(rule);
  return found == per_rule_.end() ? 0 : found->second;
}

std::uint64_t Report::count(RuleClass cls) const noexcept {
  std::uint64_t sum = 0;
  for (const auto& [rule, count] : per_rule_) {
    if (format::rule(rule).cls == cls) sum += count;
  }
  return sum;
}

std::uint64_t Report::dropped(RuleId rule) const noexcept {
  const std::uint64_t count = count_of(rule);
  return count > kKeptPerRule ? count - kKeptPerRule : 0;
}

bool Report::has(RuleId rule) const noexcept { return count_of(rule) != 0; }

Verdict Report::verdict() const noexcept {
  for (const auto& [cls, verdict] : kWorstFirst) {
    if (count(cls) != 0) return verdict;
  }
  return Verdict::kConforming;
}

int Report::exit_code() const noexcept {
  switch (verdict()) {
    case Verdict::kMalformed:
    case Verdict::kInvalid:
      return 1;
    case Verdict::kIo:
      return 5;
    case Verdict::kLimit:
      return 4;
    case Verdict::kUnsupported:
      return 3;
    case Verdict::kConforming:
      break;
  }
  return 0;
}

}  // namespace erofs::check
