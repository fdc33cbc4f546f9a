// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/deflate_table.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace erofs::decompress {
namespace {

using Counts = std::array<std::uint16_t, kDeflateLongestCode + 1>;

// RFC 1951, 3.2.5: what a symbol begins with, and the bits that follow it.
struct Range {
  std::uint16_t base;
  std::uint8_t extra;
};

constexpr std::size_t kEndSymbol = 256;
constexpr std::size_t kLengthSymbols = 29;
constexpr std::size_t kDistanceSymbols = 30;

constexpr std::array<Range, kLengthSymbols> length_ranges() {
  std::array<Range, kLengthSymbols> out{};
  unsigned base = 3;
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    const unsigned extra = i < 8 ? 0 : static_cast<unsigned>(i) / 4 - 1;
    out[i] = {static_cast<std::uint16_t>(base),
              static_cast<std::uint8_t>(extra)};
    base += 1U << extra;
  }
  out.back() = {258, 0};
  return out;
}

constexpr std::array<Range, kDistanceSymbols> distance_ranges() {
  std::array<Range, kDistanceSymbols> out{};
  unsigned base = 1;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const unsigned extra = i < 4 ? 0 : static_cast<unsigned>(i) / 2 - 1;
    out[i] = {static_cast<std::uint16_t>(base),
              static_cast<std::uint8_t>(extra)};
    base += 1U << extra;
  }
  return out;
}

constexpr DeflateEntry number(Range range) noexcept {
  return DeflateEntry{range.base} << 16U | range.extra;
}

// The entry of each symbol, its extra bits counted and its code not.
using Meanings = std::array<DeflateEntry, kDeflateSymbols>;

constexpr Meanings symbol_meanings() {
  constexpr auto kRanges = length_ranges();
  Meanings out{};
  out.fill(kDeflateSpecial);
  for (std::size_t symbol = 0; symbol < kEndSymbol; ++symbol) {
    out[symbol] = kDeflateLiteral | static_cast<DeflateEntry>(symbol) << 16U;
  }
  out[kEndSymbol] = kDeflateSpecial | kDeflateEnd;
  for (std::size_t length = 0; length < kLengthSymbols; ++length) {
    out[kEndSymbol + 1 + length] = number(kRanges[length]);
  }
  return out;
}

constexpr Meanings distance_meanings() {
  constexpr auto kRanges = distance_ranges();
  Meanings out{};
  out.fill(kDeflateSpecial);
  for (std::size_t symbol = 0; symbol < kDistanceSymbols; ++symbol) {
    out[symbol] = number(kRanges[symbol]);
  }
  return out;
}

constexpr Meanings kSymbolMeanings = symbol_meanings();
constexpr Meanings kDistanceMeanings = distance_meanings();

DeflateEntry with_code(DeflateEntry entry, unsigned length) noexcept {
  return entry + (length << 8U) + length;
}

Counts count(DeflateLengths lengths) noexcept {
  Counts counts{};
  for (const std::uint8_t length : lengths) ++counts.at(length);
  counts[0] = 0;
  return counts;
}

unsigned longest(const Counts& counts) noexcept {
  unsigned length = kDeflateLongestCode;
  while (length > 0 && counts.at(length) == 0) --length;
  return length;
}

// Codes that are left over, in units of the longest code; below 0: too many.
int spare(const Counts& counts) noexcept {
  int left = 1;
  for (unsigned length = 1; length <= kDeflateLongestCode; ++length) {
    left = left * 2 - counts.at(length);
    if (left < 0) return left;
  }
  return left;
}

// Symbols that have no code.
std::size_t without_code(DeflateLengths lengths,
                         const Counts& counts) noexcept {
  return lengths.size() -
         std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

// Symbols by the length of their code and then by their number; those that
// have none come first, because asking each would cost more.
using Sorted = std::array<std::uint16_t, kDeflateSymbols>;

Sorted sort(DeflateLengths lengths, const Counts& counts) noexcept {
  std::array<std::uint16_t, kDeflateLongestCode + 1> next{};
  next[1] = static_cast<std::uint16_t>(without_code(lengths, counts));
  for (unsigned length = 1; length < kDeflateLongestCode; ++length) {
    next.at(length + 1) =
        static_cast<std::uint16_t>(next.at(length) + counts.at(length));
  }
  Sorted sorted{};
  for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
    sorted.at(next.at(lengths[symbol])++) = static_cast<std::uint16_t>(symbol);
  }
  return sorted;
}

// The code behind `code`, both with their first bit lowest.
unsigned successor(unsigned code, unsigned length) noexcept {
  const unsigned zeros = ~code & ((1U << length) - 1);
  if (zeros == 0) return 0;
  const unsigned highest = std::bit_floor(zeros);
  return (code & (highest - 1)) | highest;
}

// Bits of the subtable for codes that begin as one of `length` bits does;
// `counts`: codes that are not placed yet.
unsigned subtable_bits(const Counts& counts, unsigned length,
                       unsigned bits) noexcept {
  unsigned size = length - bits;
  unsigned used = counts.at(length);
  while (used < 1U << size && size + bits < kDeflateLongestCode) {
    ++size;
    used = used * 2 + counts.at(size + bits);
  }
  return size;
}

class Filler {
 public:
  // `first`: of the sorted symbols, the first one with a code.
  Filler(const Meanings& meanings, std::size_t first, unsigned bits,
         std::span<DeflateEntry> table) noexcept
      : meanings_(meanings), bits_(bits), table_(table), next_(first) {}

  // Entries of codes that fit the first table. It is filled for one bit
  // first, and doubled for each bit more.
  void first(const Counts& counts, const Sorted& sorted) noexcept {
    // In variables, because entries could be what the members are.
    const std::span<DeflateEntry> table = table_;
    std::size_t filled = 1;
    unsigned at = 0;
    std::size_t next = next_;
    table[0] = kDeflateSpecial;
    for (unsigned length = 1; length <= bits_; ++length) {
      std::copy_n(table.begin(), filled,
                  table.begin() + static_cast<std::ptrdiff_t>(filled));
      filled *= 2;
      for (unsigned i = 0; i < counts.at(length); ++i) {
        table[at] = with_code(meanings_.at(sorted.at(next++)), length);
        at = successor(at, length);
      }
    }
    at_ = at;
    next_ = next;
    end_ = filled;
  }

  // Entries of longer codes. False: there is no room for them.
  bool rest(Counts counts, const Sorted& sorted) noexcept {
    unsigned prefix = ~0U;
    unsigned size = 0;
    std::size_t start = 0;
    for (unsigned length = bits_ + 1; length <= kDeflateLongestCode; ++length) {
      for (; counts.at(length) != 0; --counts.at(length)) {
        const unsigned head = at_ & ((1U << bits_) - 1);
        if (head != prefix) {
          prefix = head;
          start = end_;
          size = subtable_bits(counts, length, bits_);
          if (table_.size() - start < std::size_t{1} << size) return false;
          end_ = start + (std::size_t{1} << size);
          table_[head] = kDeflateSpecial | kDeflateSubtable |
                         static_cast<DeflateEntry>(start) << 16U | size << 8U |
                         bits_;
        }
        const DeflateEntry entry =
            with_code(meanings_.at(sorted.at(next_++)), length - bits_);
        const std::size_t step = std::size_t{1} << (length - bits_);
        for (std::size_t i = at_ >> bits_; i < std::size_t{1} << size;
             i += step) {
          table_[start + i] = entry;
        }
        at_ = successor(at_, length);
      }
    }
    return true;
  }

 private:
  const Meanings& meanings_;
  unsigned bits_;
  std::span<DeflateEntry> table_;
  unsigned at_ = 0;      // the next code, its first bit lowest
  std::size_t next_;     // of the sorted symbols
  std::size_t end_ = 0;  // of what is filled
};

}  // namespace

bool deflate_table(DeflateCode code, DeflateLengths lengths, unsigned bits,
                   std::span<DeflateEntry> table) noexcept {
  if (lengths.size() > kDeflateSymbols || bits > kDeflateLongestCode ||
      table.size() < std::size_t{1} << bits) {
    return false;
  }
  const Counts counts = count(lengths);
  const int left = spare(counts);
  if (left < 0) return false;
  if (left > 0 && (code == DeflateCode::kLengths || longest(counts) > 1)) {
    return false;
  }
  const Sorted sorted = sort(lengths, counts);
  Filler filler(
      code == DeflateCode::kDistances ? kDistanceMeanings : kSymbolMeanings,
      without_code(lengths, counts), bits, table);
  filler.first(counts, sorted);
  return filler.rest(counts, sorted);
}

}  // namespace erofs::decompress
