// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_sequences.h"

#include <algorithm>

#include "decompress/zstd_bits.h"

namespace erofs::decompress {
namespace {

// Modes of a table.
enum Mode : unsigned { kPredefined, kRun, kCoded, kRepeat };

// The meaning of a symbol: how many bits are added to its base in bits 8..15,
// and the symbol itself from bit 25 on. The bits of a sequence's parts are
// summed up at once, which no carry disturbs.
constexpr unsigned kExtraShift = 8;
constexpr unsigned kSymbolShift = 25;

constexpr unsigned extra_bits(FseEntry entry) noexcept {
  return entry >> kExtraShift & 255U;
}

// Lengths that symbols stand for: where each starts, and its meaning.
template <std::size_t kSymbols>
struct Lengths {
  std::array<std::uint32_t, kSymbols> base;
  std::array<FseEntry, kSymbols> meaning;
};

// The first symbols stand for one length each, the others have extra bits.
template <std::size_t kPlain, std::size_t kRest>
constexpr Lengths<kPlain + kRest> lengths(
    const std::array<unsigned, kRest>& extra, std::uint32_t least) noexcept {
  Lengths<kPlain + kRest> all{};
  std::uint32_t next = least;
  for (std::size_t i = 0; i < kPlain + kRest; ++i) {
    const unsigned bits = i < kPlain ? 0 : extra[i - kPlain];
    all.base[i] = next;
    all.meaning[i] = bits << kExtraShift | static_cast<FseEntry>(i)
                                               << kSymbolShift;
    next += 1U << bits;
  }
  return all;
}

constexpr auto kLiterals =
    lengths<16>(std::array<unsigned, 20>{1, 1, 1, 1,  2,  2,  3,  3,  4,  6,
                                         7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
                0);
constexpr auto kMatches =
    lengths<32>(std::array<unsigned, 21>{1, 1, 1, 1,  2,  2,  3,  3,  4,  4, 5,
                                         7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
                3);
constexpr auto kOffsetMeanings = [] {
  std::array<FseEntry, 32> meanings{};
  FseEntry code = 0;
  for (FseEntry& meaning : meanings) meaning = code++ << kExtraShift;
  return meanings;
}();

// The predefined shares of RFC 8878, 3.1.1.3.2.2.
constexpr std::array<std::int16_t, 36> kLiteralShares{
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1,  1,  2,  2,
    2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1};
constexpr std::array<std::int16_t, 53> kMatchShares{
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1,  1,  1,  1,  1,  1,  1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,  1,  1,  1,  1,  1,  1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1};
constexpr std::array<std::int16_t, 29> kOffsetShares{
    1, 1, 1, 1, 1, 1, 2, 2, 2, 1,  1,  1,  1,  1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1};

// Asks no more of a sequence than how far it reaches back.
class Judge {
 public:
  explicit Judge(std::uint64_t window) noexcept : window_(window) {}

  [[nodiscard]] bool put(std::uint64_t, std::uint64_t offset,
                         std::uint64_t) const noexcept {
    return offset <= window_;
  }

 private:
  std::uint64_t window_;
};

// The offsets that were used last, the newest first.
struct Recent {
  std::array<std::uint64_t, 3> all;

  // What a code and its bits say, in a sequence without literals or with some.
  void use(unsigned code, std::uint64_t added, bool bare) noexcept {
    if (code > 1) {
      push((std::uint64_t{1} << code) + added - 3);
    } else if (code == 0) {
      newest(bare);
    } else {
      repeat(added + (bare ? 2 : 1));
    }
  }

  void push(std::uint64_t offset) noexcept { all = {offset, all[0], all[1]}; }

  // Uses the newest again, or the one before it.
  void newest(bool before) noexcept {
    const std::uint64_t offset = before ? all[1] : all[0];
    all[1] = before ? all[0] : all[1];
    all[0] = offset;
  }

  // Uses one of the three again, or the one below the newest, which is zero
  // where there is none.
  void repeat(std::uint64_t which) noexcept {
    if (which < 2) {
      newest(which == 1);
    } else {
      push(which == 2 ? all[2] : all[0] - 1);
    }
  }
};

// A state, which its bits and a table's next ones choose.
struct State {
  std::uint64_t bits;

  void next(FseEntry entry, std::uint64_t peeked) noexcept {
    bits = fse_next(entry) + ZstdBits::top(peeked, fse_bits(entry));
  }
};

}  // namespace

struct ZstdSequences::Part {
  std::span<const FseEntry> meanings;
  std::span<const std::int16_t> shares;  // the predefined ones
  unsigned predefined;                   // their accuracy
  unsigned most;                         // accuracy of others
};

void ZstdSequences::reset() noexcept {
  for (Table* table : {&literals_, &offsets_, &matches_}) table->known = false;
  recent_ = {1, 4, 8};
}

// Bytes that the table's description takes; nothing where it is none.
std::optional<std::size_t> ZstdSequences::fill(Table& table, const Part& part,
                                               unsigned mode,
                                               ByteView bytes) noexcept {
  if (mode == kRepeat) {
    if (!table.known) return std::nullopt;
    return 0;
  }
  table.known = true;
  if (mode == kPredefined) {
    if (table.predefined) return 0;
    table.predefined = true;
    table.accuracy = part.predefined;
    if (!fse_table(part.shares, part.predefined, part.meanings,
                   table.entries)) {
      return std::nullopt;
    }
    return 0;
  }
  table.predefined = false;
  if (mode == kRun) {
    if (bytes.empty()) return std::nullopt;
    const auto symbol = std::to_integer<std::size_t>(bytes.span().front());
    if (symbol >= part.meanings.size()) return std::nullopt;
    table.accuracy = 0;
    table.entries[0] = part.meanings[symbol];
    return 1;
  }
  const auto found = fse_shares(bytes, part.meanings.size(), part.most);
  if (!found) return std::nullopt;
  table.accuracy = found->accuracy;
  if (!fse_table(std::span(found->share).first(found->symbols), found->accuracy,
                 part.meanings, table.entries)) {
    return std::nullopt;
  }
  return found->size;
}

template <class Sink>
bool ZstdSequences::section(ByteView bytes, Sink& sink) noexcept {
  constexpr std::uint64_t kTwoBytes = 128;
  constexpr std::uint64_t kThreeBytes = 255;
  constexpr std::uint64_t kThreeBytesBase = 32512;
  const auto byte = [&bytes](std::uint64_t at) noexcept {
    const auto found = bytes.fixed<1>(at);
    return found ? std::to_integer<std::uint64_t>(found->front())
                 : std::uint64_t{0};
  };
  std::uint64_t count = byte(0);
  std::uint64_t at = 1;
  if (count == 0) return bytes.size() == 1;
  if (count == kThreeBytes) {
    count = byte(1) + (byte(2) << 8U) + kThreeBytesBase;
    at = 3;
  } else if (count >= kTwoBytes) {
    count = ((count - kTwoBytes) << 8U) + byte(1);
    at = 2;
    // Which no sequences may be long in is told by old libraries otherwise.
    if (count == 0) return false;
  }
  const auto modes = static_cast<unsigned>(byte(at));
  if ((modes & 3U) != 0) return false;
  auto rest = bytes.from(at + 1);
  const std::array<std::pair<Table*, Part>, 3> parts{
      {{&literals_, {kLiterals.meaning, kLiteralShares, 6, 9}},
       {&offsets_, {kOffsetMeanings, kOffsetShares, 5, 8}},
       {&matches_, {kMatches.meaning, kMatchShares, 6, 9}}}};
  unsigned shift = 8;
  for (const auto& [table, part] : parts) {
    if (!rest) return false;
    shift -= 2;
    const auto size = fill(*table, part, modes >> shift & 3U, *rest);
    if (!size) return false;
    rest = rest->from(*size);
  }
  return rest && walk(*rest, count, sink);
}

bool ZstdSequences::judge(ByteView section, std::uint64_t window) noexcept {
  Judge judge(window);
  return this->section(section, judge);
}

bool ZstdSequences::decode(ByteView section, ZstdWriter& writer) noexcept {
  return this->section(section, writer) && writer.finish();
}

template <class Sink>
bool ZstdSequences::walk(ByteView stream, std::uint64_t count,
                         Sink& sink) noexcept {
  ZstdBits bits;
  if (!bits.start(stream)) return false;
  std::uint64_t peeked = bits.peek();
  const auto first = [&](const Table& table) noexcept {
    const State state{ZstdBits::top(peeked, table.accuracy)};
    peeked <<= table.accuracy;
    return state;
  };
  State literals = first(literals_);
  State offsets = first(offsets_);
  State matches = first(matches_);
  if (!bits.drop(literals_.accuracy + offsets_.accuracy + matches_.accuracy)) {
    return false;
  }
  Recent recent{recent_};
  Sink out = sink;
  while (true) {
    const FseEntry literal = literals_.entries[literals.bits];
    const FseEntry offset = offsets_.entries[offsets.bits];
    const FseEntry match = matches_.entries[matches.bits];
    const FseEntry sum = literal + offset + match;
    const unsigned extra = extra_bits(sum);
    const unsigned update = fse_bits(sum);
    peeked = bits.peek();
    const unsigned code = extra_bits(offset);
    const std::uint64_t added = ZstdBits::top(peeked, code);
    const unsigned literal_symbol = literal >> kSymbolShift;
    recent.use(code, added, literal_symbol == 0);
    // For the states, apart from what is taken before them.
    std::uint64_t states = peeked << (extra & 63U);
    peeked <<= code;
    const bool wide = extra + update > kZstdPeek;
    if (wide) [[unlikely]] {
      if (!bits.drop(code)) return false;
      peeked = bits.peek();
      if (!bits.drop(extra - code)) return false;
      states = bits.peek();
    }
    const std::uint64_t matched = kMatches.base[match >> kSymbolShift] +
                                  ZstdBits::top(peeked, extra_bits(match));
    peeked <<= extra_bits(match);
    const std::uint64_t copied = kLiterals.base[literal_symbol] +
                                 ZstdBits::top(peeked, extra_bits(literal));
    const bool last = --count == 0;
    const unsigned now = (wide ? 0 : extra) + (last ? 0 : update);
    if (!bits.drop(now)) return false;
    literals.next(literal, states);
    matches.next(match, states << fse_bits(literal));
    offsets.next(offset, states << fse_bits(literal + match));
    if (recent.all[0] == 0 || !out.put(copied, recent.all[0], matched)) {
      return false;
    }
    if (last) break;
  }
  recent_ = recent.all;
  sink = out;
  return bits.empty();
}

}  // namespace erofs::decompress
