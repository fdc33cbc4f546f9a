// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/deflate_block.h"

#include <bit>
#include <cstring>

#include "decompress/library.h"

// NOLINTBEGIN(cppcoreguidelines-pro-bounds-pointer-arithmetic): an index for
// each access would halve the speed; every loop states the room that it needs.
namespace erofs::decompress {

static_assert(std::endian::native == std::endian::little,
              "words are read as they stand");

// Bits that are not taken yet, the next one lowest.
struct DeflateStream::Bits {
  const std::uint8_t* in;
  const std::uint8_t* end;
  std::uint64_t word = 0;
  unsigned count = 0;

  // At least 56 bits, where eight bytes are left.
  void refill_fast() noexcept {
    std::uint64_t next = 0;
    std::memcpy(&next, in, sizeof(next));
    word |= next << count;
    in += (63 - count) >> 3U;
    count |= 56U;
  }
  // As many as there are, up to 56 and more.
  void refill() noexcept {
    while (count <= 56 && in != end) {
      word |= std::uint64_t{*in++} << count;
      count += 8;
    }
  }
  void drop(unsigned bits) noexcept {
    word >>= bits;
    count -= bits;
  }
  [[nodiscard]] unsigned peek(unsigned bits) const noexcept {
    return static_cast<unsigned>(word & ((std::uint64_t{1} << bits) - 1));
  }
  // False where so many do not exist. At most 32.
  [[nodiscard]] bool take(unsigned bits, unsigned& value) noexcept {
    if (count < bits) refill();
    if (count < bits) return false;
    value = peek(bits);
    drop(bits);
    return true;
  }
  // Gives whole bytes back, and drops the rest of the one that was begun.
  void align() noexcept {
    in -= count >> 3U;
    word = 0;
    count = 0;
  }
};

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

// Copies a match by words; may write up to 39 bytes behind it. Most matches
// are no longer than what is copied before anything is asked.
void copy_fast(std::uint8_t* to, unsigned distance, unsigned length) noexcept {
  const std::uint8_t* from = to - distance;
  const std::uint8_t* const end = to + length;
  if (distance >= kWordBytes) {
    for (unsigned i = 0; i < 5; ++i) {
      std::memcpy(to, from, kWordBytes);
      to += kWordBytes;
      from += kWordBytes;
    }
    while (to < end) {
      for (unsigned i = 0; i < 5; ++i) {
        std::memcpy(to, from, kWordBytes);
        to += kWordBytes;
        from += kWordBytes;
      }
    }
  } else if (distance == 1) {
    std::memset(to, *from, length);
  } else {
    while (to < end) *to++ = *from++;
  }
}

}  // namespace

bool DeflateStream::decode(ByteView stream, MutableBytes out) noexcept {
  Bits bits{input<std::uint8_t>(stream), nullptr};
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

bool DeflateStream::block(Bits& bits, Sink& sink, bool& last) noexcept {
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
bool DeflateStream::dynamic_codes(Bits& bits) noexcept {
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
bool DeflateStream::code_lengths(Bits& bits, unsigned all,
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

// What the fast loop works on. All of it is copied, because each byte written
// could be one of what is referred to.
struct DeflateStream::Fast {
  Bits bits;
  std::uint8_t* out = nullptr;
  const DeflateEntry* table = nullptr;  // of symbols
  DeflateEntry entry = 0;               // of the next symbol

  void next() noexcept { entry = table[bits.peek(kSymbolBits)]; }
  void refill() noexcept {
    bits.refill_fast();
    next();
  }
  void literal() noexcept {
    bits.drop(taken(entry));
    *out++ = static_cast<std::uint8_t>(value_of(entry));
  }
  // Takes the literals of the first table that come next, and leaves bits
  // enough for a length. True: there were three, and the entry is new.
  bool three_literals() noexcept {
    if ((entry & kDeflateLiteral) == 0) return false;
    literal();
    next();
    if ((entry & kDeflateLiteral) == 0) return false;
    literal();
    next();
    if ((entry & kDeflateLiteral) == 0) return false;
    literal();
    refill();
    return true;
  }
  // Takes a length, whose entry is here, and the distance behind it. False:
  // there is no such distance.
  bool match(const DeflateEntry* distances,
             const std::uint8_t* start) noexcept {
    const unsigned length = number(entry, bits.word);
    bits.drop(taken(entry));
    bits.refill_fast();
    entry = distances[bits.peek(kDistanceBits)];
    if ((entry & kDeflateSubtable) != 0) {
      bits.drop(kDistanceBits);
      entry = distances[value_of(entry) + bits.peek(code_bits(entry))];
    }
    const unsigned distance = number(entry, bits.word);
    if ((entry & kDeflateSpecial) != 0 ||
        distance > static_cast<std::size_t>(out - start)) {
      return false;
    }
    bits.drop(taken(entry));
    // Looked up before the match is copied, which takes as long.
    refill();
    copy_fast(out, distance, length);
    out += length;
    return true;
  }
};

bool DeflateStream::fast(Bits& bits, Sink& sink, bool& end) const noexcept {
  if (static_cast<std::size_t>(bits.end - bits.in) < kInputSlack ||
      sink.room() < kOutputSlack) {
    return true;
  }
  const std::uint8_t* const start = sink.start;
  const std::uint8_t* const in_limit = bits.end - kInputSlack;
  const std::uint8_t* const out_limit = sink.end - kOutputSlack;
  const DeflateEntry* const distances = distances_.data();
  Fast at{bits, sink.out, symbols_.data(), 0};
  bool good = true;
  at.refill();
  do {
    if (at.three_literals()) continue;
    if ((at.entry & kDeflateSpecial) != 0) {
      if ((at.entry & kDeflateSubtable) != 0) {
        at.bits.drop(kSymbolBits);
        at.entry =
            at.table[value_of(at.entry) + at.bits.peek(code_bits(at.entry))];
      }
      if ((at.entry & kDeflateLiteral) != 0) {
        at.literal();
        at.refill();
        continue;
      }
      if ((at.entry & kDeflateSpecial) != 0) {
        at.bits.drop(taken(at.entry));
        end = (at.entry & kDeflateEnd) != 0;
        good = end;
        break;
      }
    }
    good = at.match(distances, start);
  } while (good && at.bits.in <= in_limit && at.out <= out_limit);
  bits = at.bits;
  sink.out = at.out;
  return good;
}

bool DeflateStream::symbols(Bits& bits, Sink& sink) const noexcept {
  bool end = false;
  if (!fast(bits, sink, end)) return false;
  // What fast() has not counted of its last word is read again.
  bits.word &= (std::uint64_t{1} << bits.count) - 1;
  const auto entry_of = [&bits](const DeflateEntry* table,
                                unsigned first) noexcept {
    bits.refill();
    DeflateEntry entry = table[bits.peek(first)];
    if ((entry & kDeflateLiteral) == 0 && (entry & kDeflateSpecial) != 0 &&
        (entry & kDeflateSubtable) != 0) {
      if (bits.count < first) return kDeflateSpecial;
      bits.drop(first);
      entry = table[value_of(entry) + bits.peek(code_bits(entry))];
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
