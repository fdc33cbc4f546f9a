// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/names.h"

#include <utf8proc.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "format/limits.gen.h"

namespace erofs::check {
namespace {

// What is to be said about the bytes of a name.
struct Bytes {
  bool control = false;
  bool ascii = true;
};

Bytes look(std::string_view name) noexcept {
  constexpr unsigned char kSpace = 1U << 5;
  constexpr unsigned char kDelete = (1U << 7) - 1;
  Bytes found;
  for (const char each : name) {
    const auto byte = static_cast<unsigned char>(each);
    found.control |= byte < kSpace || byte == kDelete;
    found.ascii &= byte <= kDelete;
  }
  return found;
}

// Folds the case of a name of ASCII.
void fold_ascii(std::string_view name, std::string& into) {
  into = name;
  for (char& each : into) {
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  }
}

// Folds the case of any other name and decomposes it; false where it is no
// UTF-8.
bool fold_unicode(std::string_view name, std::string& into) {
  // A code point becomes at most so many for each of its bytes.
  constexpr std::size_t kPerByte = 8;
  constexpr std::size_t kPointBytes = 4;
  std::array<utf8proc_int32_t, kPerByte * format::kNameMax> points{};
  const auto options = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
  std::array<utf8proc_uint8_t, format::kNameMax> bytes{};
  std::transform(name.begin(), name.end(), bytes.begin(),
                 [](char each) { return static_cast<utf8proc_uint8_t>(each); });
  const utf8proc_ssize_t count = utf8proc_decompose(
      bytes.data(), static_cast<utf8proc_ssize_t>(name.size()), points.data(),
      static_cast<utf8proc_ssize_t>(points.size()), options);
  if (count < 0 || std::cmp_greater(count, points.size())) return false;
  into.clear();
  for (const utf8proc_int32_t point :
       std::span(points).first(static_cast<std::size_t>(count))) {
    std::array<utf8proc_uint8_t, kPointBytes> one{};
    const utf8proc_ssize_t size = utf8proc_encode_char(point, one.data());
    into.append(one.begin(), one.begin() + size);
  }
  return true;
}

// Of a folded name without what systems drop at its end; never 0.
std::uint64_t key_of(std::string_view folded) noexcept {
  const std::size_t last = folded.find_last_not_of(". ");
  const std::size_t size = last == std::string_view::npos ? 0 : last + 1;
  return std::max<std::uint64_t>(XXH3_64bits(folded.data(), size), 1);
}

}  // namespace

Names::~Names() {
  ctx_.budget.release_memory(slots_.size() * sizeof(std::uint64_t));
}

Status Names::grow(Place at) {
  constexpr std::size_t kFirst = std::size_t{1} << 6;
  const std::size_t wanted = std::max(kFirst, 2 * slots_.size());
  EROFS_TRY(ctx_.budget.memory(wanted * sizeof(std::uint64_t), at));
  std::vector<std::uint64_t> old(wanted, 0);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  Status charged;
  for (const std::uint64_t key : old) {
    if (key == 0) continue;
    std::size_t slot = static_cast<std::size_t>(key) & mask;
    while (slots_[slot] != 0) {
      if (charged) charged = ctx_.budget.work(1, at);
      slot = (slot + 1) & mask;
    }
    slots_[slot] = key;
  }
  ctx_.budget.release_memory(old.size() * sizeof(std::uint64_t));
  return charged;
}

Result<bool> Names::keep(std::uint64_t key, Place at) {
  constexpr std::size_t kQuarters = 4;
  if (kQuarters * (size_ + 1) > (kQuarters - 1) * slots_.size()) {
    EROFS_TRY(grow(at));
  }
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(key) & mask;
  while (slots_[slot] != 0) {
    if (slots_[slot] == key) return false;
    EROFS_TRY(ctx_.budget.work(1, at));
    slot = (slot + 1) & mask;
  }
  slots_[slot] = key;
  ++size_;
  return true;
}

void Names::judge(std::string_view name, Place at) {
  if (name.size() > format::kNameMax) return;
  const Bytes bytes = look(name);
  if (bytes.control) {
    ctx_.find(RuleId::directory_name_control, at, name.size());
  }
  if (name.starts_with(".wh.")) {
    ctx_.find(RuleId::directory_name_whiteout, at, name.size());
  }
  fold_ascii(name, folded_);
  if (!bytes.ascii && !fold_unicode(name, folded_)) {
    ctx_.find(RuleId::directory_name_utf8, at, name.size());
  }
  const auto fresh = keep(key_of(folded_), at);
  if (ctx_.ok(fresh) && !*fresh) {
    ctx_.find(RuleId::directory_name_alike, at, name.size());
  }
}

}  // namespace erofs::check
