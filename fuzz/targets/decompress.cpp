// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: a stream, options behind it (algorithm, then the size of the room,
// then the limit of history). Properties: nothing is written behind the room;
// a stream that fills one room exactly fills no other and ends there; its
// prefixes are the prefixes of the whole.

#include <lz4.h>
#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "decompress/deflate.h"
#include "decompress/deflate_block.h"
#include "decompress/lz4.h"
#include "decompress/lz4_block.h"
#include "decompress/lz4_scan.h"
#include "decompress/lzma.h"
#include "decompress/zstd.h"
#include "support/feed.h"
#include "support/property.h"

namespace {

using erofs::ByteView;
using erofs::MutableBytes;
using erofs::decompress::Demand;
using erofs::decompress::Outcome;

constexpr std::uint32_t kLargestRoom = 1u << 16;
constexpr unsigned kLzmaChoice = 1;
constexpr unsigned kDeflateChoice = 2;

// One algorithm, with a context that is used again and again.
class Codec {
 public:
  Codec(unsigned choice, unsigned history)
      : choice_(choice),
        distance_(history % 2 == 0 ? erofs::decompress::kLz4MaxDistance
                                   : history * 8 + 1),
        lzma_(4096 + history * 64),
        zstd_(10 + history % 11) {}

  Outcome decode(ByteView stream, std::vector<std::byte>& room, Demand demand) {
    const MutableBytes out(room);
    switch (choice_) {
      case 0:
        return erofs::decompress::lz4(stream, out, demand, distance_);
      case kLzmaChoice:
        return lzma_.decode(stream, out, demand);
      case kDeflateChoice:
        return deflate_.decode(stream, out, demand);
      default:
        return zstd_.decode(stream, out, demand);
    }
  }

 private:
  unsigned choice_;
  std::uint32_t distance_;
  erofs::decompress::Lzma lzma_;
  erofs::decompress::Deflate deflate_;
  erofs::decompress::Zstd zstd_;
};

void check_prefix(Codec& codec, ByteView stream,
                  const std::vector<std::byte>& whole, std::size_t size) {
  std::vector<std::byte> part(size);
  const Outcome outcome = codec.decode(stream, part, Demand::kPrefix);
  FUZZ_CHECK(outcome == Outcome::kDone, "a prefix of what decodes decodes");
  FUZZ_CHECK(std::equal(part.begin(), part.end(), whole.begin()),
             "a prefix is the prefix of the whole");
}

void check_whole(Codec& codec, unsigned choice, ByteView stream,
                 const std::vector<std::byte>& whole) {
  for (const std::size_t size :
       {std::size_t{1}, whole.size() / 2 + 1, whole.size()}) {
    check_prefix(codec, stream, whole, size);
  }
  std::vector<std::byte> longer(stream.span().begin(), stream.span().end());
  longer.push_back(std::byte{0});
  std::vector<std::byte> room(whole.size());
  FUZZ_CHECK(
      codec.decode(ByteView(longer), room, Demand::kWhole) != Outcome::kDone,
      "nothing may stand behind a stream");
  // A range coder at rest may stay so for a byte more.
  if (choice == kLzmaChoice) return;
  room.resize(whole.size() + 1);
  FUZZ_CHECK(codec.decode(stream, room, Demand::kWhole) != Outcome::kDone,
             "a stream has one length");
  room.resize(whole.size() - 1);
  FUZZ_CHECK(room.empty() ||
                 codec.decode(stream, room, Demand::kWhole) != Outcome::kDone,
             "a stream has one length");
}

// The decoder of whole LZ4 blocks takes what the library takes, but for
// distances of zero, and makes the same of it.
void check_library(ByteView stream, std::size_t size) {
  constexpr std::uint32_t kAny = erofs::decompress::kLz4MaxDistance;
  std::vector<std::byte> ours(size);
  std::vector<std::byte> theirs(size);
  const int got = LZ4_decompress_safe(
      reinterpret_cast<const char*>(stream.span().data()),
      reinterpret_cast<char*>(theirs.data()), static_cast<int>(stream.size()),
      static_cast<int>(size));
  const bool taken =
      got == static_cast<int>(size) &&
      erofs::decompress::lz4_distances(stream, size, kAny) == Outcome::kDone;
  FUZZ_CHECK(
      erofs::decompress::lz4_block(stream, MutableBytes(ours), kAny) == taken,
      "both decoders take the same blocks");
  FUZZ_CHECK(!taken || ours == theirs, "both decode to the same");
}

// The decoder of whole DEFLATE streams takes what zlib takes, which Linux has.
void check_zlib(ByteView stream, std::size_t size) {
  std::vector<std::byte> ours(size);
  std::vector<std::byte> theirs(size + 1);
  z_stream zlib{};
  FUZZ_CHECK(inflateInit2(&zlib, -MAX_WBITS) == Z_OK, "zlib starts");
  zlib.next_in = reinterpret_cast<const Bytef*>(stream.span().data());
  zlib.avail_in = static_cast<uInt>(stream.size());
  zlib.next_out = reinterpret_cast<Bytef*>(theirs.data());
  zlib.avail_out = static_cast<uInt>(theirs.size());
  const bool taken = inflate(&zlib, Z_SYNC_FLUSH) == Z_STREAM_END &&
                     zlib.avail_in == 0 && zlib.avail_out == 1;
  inflateEnd(&zlib);
  erofs::decompress::DeflateStream decoder;
  FUZZ_CHECK(decoder.decode(stream, MutableBytes(ours)) == taken,
             "both decoders take the same streams");
  FUZZ_CHECK(!taken || std::equal(ours.begin(), ours.end(), theirs.begin()),
             "both decode to the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  erofs::fuzz::Feed feed(data, size);
  const unsigned choice = feed.option() % 4u;
  const std::uint32_t wanted = feed.option32() % kLargestRoom + 1;
  const unsigned history = feed.option();
  const ByteView stream = feed.payload();

  if (choice == 0) check_library(stream, wanted);
  if (choice == kDeflateChoice) check_zlib(stream, wanted);
  Codec codec(choice, history);
  std::vector<std::byte> room(wanted);
  const Outcome outcome = codec.decode(stream, room, Demand::kWhole);
  std::vector<std::byte> again(wanted);
  FUZZ_CHECK(codec.decode(stream, again, Demand::kWhole) == outcome,
             "a context keeps nothing from one stream to the next");
  const Outcome prefix = codec.decode(stream, again, Demand::kPrefix);
  FUZZ_CHECK(prefix != Outcome::kLong && prefix != Outcome::kTrailing,
             "of a prefix nobody asks how it goes on");
  if (outcome == Outcome::kDone) check_whole(codec, choice, stream, room);
  return 0;
}
