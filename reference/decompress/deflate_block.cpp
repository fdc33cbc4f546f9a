// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/deflate_block.h"

#include <cstring>

#include "decompress/deflate_bits.h"
#include "decompress/library.h"

// The fast loop is compiled twice, with all that it calls.
#define EROFS_INLINED [[gnu::always_inline]] inline
#if defined(__x86_64__)
#define EROFS_WITH_BMI2 [[gnu::target("bmi,bmi2")]]
#else
#define EROFS_WITH_BMI2
#endif

// NOLINTBEGIN(cppcoreguidelines-pro-bounds-pointer-arithmetic): an index for
// each access would halve the speed; every loop states the room that it needs.
namespace erofs::decompress {

struct DeflateStream::Sink {
  std::uint8_t* out;
  std::uint8_t* start;
  std::uint8_t* end;

  [[nodiscard]] std::size_t room() const noexcept {
    return static_cast<std::size_t>(end - out);
  }
  [[nodiscard]] std::size_t written() const noexcept {
    return static_cast<std::size_t>(out - start);
  }
};

namespace {

constexpr unsigned kWordBytes = 8;
// What one round of the fast loop may take and write: a word is read, three
// times; some literals and a match of up to 258 bytes are written by words.
constexpr std::size_t kInputSlack = 3 * std::size_t{kWordBytes};
constexpr std::size_t kOutputSlack = 258 + 4 + 5 * std::size_t{kWordBytes};

constexpr unsigned kCodeLengthBits = 7;
constexpr std::size_t kCodeLengthCodes = 19;

// Fields of an entry.
unsigned taken(DeflateEntry entry) noexcept { return entry & 63U; }
unsigned code_bits(DeflateEntry entry) noexcept { return entry >> 8U & 31U; }
unsigned value_of(DeflateEntry entry) noexcept { return entry >> 16U; }

// The number of a length or distance entry, extra bits and all.
unsigned number(DeflateEntry entry, std::uint64_t word) noexcept {
  const unsigned code = code_bits(entry);
  const std::uint64_t extra =
      (word & ((std::uint64_t{1} << taken(entry)) - 1)) >> code;
  return value_of(entry) + static_cast<unsigned>(extra);
}

EROFS_INLINED void copy_word(std::uint8_t*& to,
                             const std::uint8_t*& from) noexcept {
  std::memcpy(to, from, kWordBytes);
  to += kWordBytes;
  from += kWordBytes;
}
EROFS_INLINED void copy_words(std::uint8_t*& to,
                              const std::uint8_t*& from) noexcept {
  copy_word(to, from);
  copy_word(to, from);
  copy_word(to, from);
  copy_word(to, from);
  copy_word(to, from);
}

// Where an entry for a subtable goes on, with the bits that follow.
std::size_t in_subtable(DeflateEntry entry, std::uint64_t word) noexcept {
  return value_of(entry) + (word & ((1U << code_bits(entry)) - 1));
}

// Copies a match by words; may write up to 39 bytes behind it. Most matches
// are no longer than what is copied before anything is asked.
EROFS_INLINED void copy_fast(std::uint8_t* to, unsigned distance,
                             unsigned length) noexcept {
  const std::uint8_t* from = to - distance;
  const std::uint8_t* const end = to + length;
  if (distance >= kWordBytes) {
    copy_words(to, from);
    while (to < end) copy_words(to, from);
  } else if (distance == 1) {
    std::memset(to, *from, length);
  } else {
    while (to < end) *to++ = *from++;
  }
}

}  // namespace

bool DeflateStream::decode(ByteView stream, MutableBytes out) noexcept {
  DeflateBits bits{input<std::uint8_t>(stream), nullptr};
  bits.end = bits.in + stream.size();
  Sink sink{output<std::uint8_t>(out), nullptr, nullptr};
  sink.start = sink.out;
  sink.end = sink.out + out.size();
  bool last = false;
  while (!last) {
    if (!block(bits, sink, last)) return false;
  }
  bits.align();
  return bits.in == bits.end && sink.out == sink.end;
}

bool DeflateStream::block(DeflateBits& bits, Sink& sink, bool& last) noexcept {
  constexpr unsigned kStored = 0;
  constexpr unsigned kFixed = 1;
  constexpr unsigned kDynamic = 2;
  unsigned head = 0;
  if (!bits.take(3, head)) return false;
  last = (head & 1U) != 0;
  const unsigned type = head >> 1U;
  if (type == kStored) {
    bits.align();
    unsigned sizes = 0;
    if (!bits.take(32, sizes)) return false;
    bits.align();
    const std::size_t size = sizes & 0xFFFFU;
    if ((size ^ sizes >> 16U) != 0xFFFFU || size > sink.room() ||
        size > static_cast<std::size_t>(bits.end - bits.in)) {
      return false;
    }
    if (size != 0) std::memcpy(sink.out, bits.in, size);
    bits.in += size;
    sink.out += size;
    return true;
  }
  if (type == kFixed) return fixed_codes() && symbols(bits, sink);
  return type == kDynamic && dynamic_codes(bits) && symbols(bits, sink);
}

bool DeflateStream::fixed_codes() noexcept {
  if (fixed_) return true;
  std::array<std::uint8_t, kDeflateSymbols> lengths{};
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    lengths.at(i) = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
  }
  std::array<std::uint8_t, 32> distances{};
  distances.fill(5);
  fixed_ =
      deflate_table(DeflateCode::kSymbols, lengths, kSymbolBits, symbols_) &&
      deflate_table(DeflateCode::kDistances, distances, kDistanceBits,
                    distances_);
  return fixed_;
}

// RFC 1951, 3.2.7, with the limits of zlib.
bool DeflateStream::dynamic_codes(DeflateBits& bits) noexcept {
  constexpr std::array<std::uint8_t, kCodeLengthCodes> kOrder{
      16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  constexpr std::size_t kEnd = 256;
  unsigned counts = 0;
  if (!bits.take(14, counts)) return false;
  const unsigned symbols = (counts & 31U) + 257;
  const unsigned distances = (counts >> 5U & 31U) + 1;
  const unsigned codes = (counts >> 10U) + 4;
  if (symbols > kMostSymbols || distances > kMostDistances) return false;

  std::array<std::uint8_t, kCodeLengthCodes> own{};
  for (unsigned i = 0; i < codes; ++i) {
    unsigned length = 0;
    if (!bits.take(3, length)) return false;
    own.at(kOrder.at(i)) = static_cast<std::uint8_t>(length);
  }
  fixed_ = false;
  // The table of distances is not in use yet.
  if (!deflate_table(DeflateCode::kLengths, own, kCodeLengthBits, distances_)) {
    return false;
  }
  CodeLengths lengths{};
  if (!code_lengths(bits, symbols + distances, lengths)) return false;
  if (lengths.at(kEnd) == 0) return false;
  const DeflateLengths found(lengths);
  return deflate_table(DeflateCode::kSymbols, found.first(symbols), kSymbolBits,
                       symbols_) &&
         deflate_table(DeflateCode::kDistances,
                       found.subspan(symbols, distances), kDistanceBits,
                       distances_);
}

// The lengths of `all` codes, by the code that distances_ holds.
bool DeflateStream::code_lengths(DeflateBits& bits, unsigned all,
                                 CodeLengths& lengths) const noexcept {
  for (unsigned have = 0; have < all;) {
    bits.refill();
    const DeflateEntry entry = distances_.at(bits.peek(kCodeLengthBits));
    if ((entry & kDeflateSpecial) != 0 || taken(entry) > bits.count) {
      return false;
    }
    bits.drop(taken(entry));
    const unsigned symbol = value_of(entry) & 0xFFU;
    if (symbol < 16) {
      lengths.at(have++) = static_cast<std::uint8_t>(symbol);
      continue;
    }
    // The last length again, or zeros.
    if (symbol == 16 && have == 0) return false;
    const std::uint8_t value = symbol == 16 ? lengths.at(have - 1) : 0;
    unsigned times = 0;
    if (!bits.take(symbol == 16 ? 2 : symbol == 17 ? 3 : 7, times)) {
      return false;
    }
    times += symbol == 18 ? 11 : 3;
    if (times > all - have) return false;
    for (; times != 0; --times) lengths.at(have++) = value;
  }
  return true;
}

// Symbols while neither end is near. Its state is in variables, because members
// of anything could be what the bytes written are; and in one piece, for the
// same reason.
// NOLINTNEXTLINE(readability-function-size)
EROFS_INLINED bool DeflateStream::loop(DeflateBits& bits, Sink& sink,
                                       bool& end) const noexcept {
  if (static_cast<std::size_t>(bits.end - bits.in) < kInputSlack ||
      sink.room() < kOutputSlack) {
    return true;
  }
  const std::uint8_t* const in_limit = bits.end - kInputSlack;
  const std::uint8_t* const out_limit = sink.end - kOutputSlack;
  const std::uint8_t* const start = sink.start;
  const DeflateEntry* const table = symbols_.data();
  const DeflateEntry* const distances = distances_.data();
  const std::uint8_t* in = bits.in;
  std::uint8_t* out = sink.out;
  std::uint64_t word = bits.word;
  unsigned count = bits.count;  // in its lowest byte
  DeflateEntry entry = 0;
  std::uint64_t before = 0;  // what `word` was before `entry` was taken
  bool good = true;

  const auto refill = [&]() noexcept {
    std::uint64_t more = 0;
    std::memcpy(&more, in, sizeof(more));
    word |= more << (count & 63U);
    in += kWordBytes - 1 - (count >> 3U & 7U);
    count |= 56U;
  };
  const auto look_up = [&]() noexcept {
    entry = table[word & ((1U << kSymbolBits) - 1)];
  };
  const auto take = [&]() noexcept {
    before = word;
    word >>= taken(entry);
    count -= entry;
  };
  const auto literal = [&]() noexcept {
    return static_cast<std::uint8_t>(value_of(entry));
  };

  refill();
  look_up();
  do {
    // Up to three literals of the first table leave bits for a length.
    take();
    if ((entry & kDeflateLiteral) != 0) {
      const std::uint8_t first = literal();
      look_up();
      take();
      *out++ = first;
      if ((entry & kDeflateLiteral) != 0) {
        const std::uint8_t second = literal();
        look_up();
        take();
        *out++ = second;
        if ((entry & kDeflateLiteral) != 0) {
          *out++ = literal();
          look_up();
          refill();
          continue;
        }
      }
    }
    if ((entry & kDeflateSpecial) != 0) {
      if ((entry & kDeflateSubtable) != 0) {
        entry = table[in_subtable(entry, word)];
        take();
      }
      if ((entry & kDeflateLiteral) != 0) {
        *out++ = literal();
        refill();
        look_up();
        continue;
      }
      if ((entry & kDeflateSpecial) != 0) {
        end = (entry & kDeflateEnd) != 0;
        good = end;
        break;
      }
    }
    const unsigned length = number(entry, before);
    entry = distances[word & ((1U << kDistanceBits) - 1)];
    // Whether bits are wanted cannot be foretold: asking costs more.
    refill();
    if ((entry & kDeflateSubtable) != 0) {
      word >>= kDistanceBits;
      count -= kDistanceBits;
      entry = distances[in_subtable(entry, word)];
    }
    take();
    const unsigned distance = number(entry, before);
    if ((entry & kDeflateSpecial) != 0 ||
        distance > static_cast<std::size_t>(out - start)) {
      good = false;
      break;
    }
    // Looked up before the match is copied, which takes as long.
    look_up();
    refill();
    copy_fast(out, distance, length);
    out += length;
  } while (in <= in_limit && out <= out_limit);
  bits.in = in;
  bits.word = word;
  bits.count = count & 63U;
  sink.out = out;
  return good;
}

bool DeflateStream::loop_anywhere(DeflateBits& bits, Sink& sink,
                                  bool& end) const noexcept {
  return loop(bits, sink, end);
}

// Shifts by any number of bits take one step there.
EROFS_WITH_BMI2 bool DeflateStream::loop_bmi2(DeflateBits& bits, Sink& sink,
                                              bool& end) const noexcept {
  return loop(bits, sink, end);
}

bool DeflateStream::has_bmi2() noexcept {
#if defined(__x86_64__)
  return __builtin_cpu_supports("bmi2") != 0;
#else
  return false;
#endif
}

bool DeflateStream::symbols(DeflateBits& bits, Sink& sink) const noexcept {
  bool end = false;
  if (!(bmi2_ ? loop_bmi2(bits, sink, end) : loop_anywhere(bits, sink, end))) {
    return false;
  }
  const auto entry_of = [&bits](const DeflateEntry* table,
                                unsigned first) noexcept {
    bits.refill();
    DeflateEntry entry = table[bits.peek(first)];
    if ((entry & kDeflateLiteral) == 0 && (entry & kDeflateSpecial) != 0 &&
        (entry & kDeflateSubtable) != 0) {
      if (bits.count < first) return kDeflateSpecial;
      bits.drop(first);
      entry = table[in_subtable(entry, bits.word)];
    }
    return taken(entry) > bits.count ? kDeflateSpecial : entry;
  };
  while (!end) {
    DeflateEntry entry = entry_of(symbols_.data(), kSymbolBits);
    if ((entry & kDeflateLiteral) != 0) {
      if (sink.room() == 0) return false;
      bits.drop(taken(entry));
      *sink.out++ = static_cast<std::uint8_t>(value_of(entry));
      continue;
    }
    if ((entry & kDeflateSpecial) != 0) {
      if ((entry & kDeflateEnd) == 0) return false;
      bits.drop(taken(entry));
      return true;
    }
    const unsigned length = number(entry, bits.word);
    bits.drop(taken(entry));
    entry = entry_of(distances_.data(), kDistanceBits);
    if ((entry & kDeflateSpecial) != 0) return false;
    const unsigned distance = number(entry, bits.word);
    bits.drop(taken(entry));
    if (distance > sink.written() || length > sink.room()) return false;
    const std::uint8_t* from = sink.out - distance;
    for (unsigned i = 0; i < length; ++i) *sink.out++ = *from++;
  }
  return true;
}

}  // namespace erofs::decompress
// NOLINTEND(cppcoreguidelines-pro-bounds-pointer-arithmetic)
