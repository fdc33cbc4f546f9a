// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/deflate.h"

#define ZLIB_CONST
#include <zlib.h>

#include <array>
#include <limits>

#include "decompress/library.h"

namespace erofs::decompress {

struct Deflate::Library {
  Library() noexcept : ready(inflateInit2(&stream, -MAX_WBITS) == Z_OK) {}
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() {
    if (ready) inflateEnd(&stream);
  }

  // Decodes into `room`, from where the last call stopped.
  int fill(MutableBytes room) noexcept {
    stream.next_out = output<Bytef>(room);
    stream.avail_out = static_cast<uInt>(room.size());
    // All input is there and all room: one call goes as far as it can.
    return inflate(&stream, Z_SYNC_FLUSH);
  }

  z_stream stream{};
  bool ready;
};

Deflate::Deflate() noexcept = default;
Deflate::Deflate(Deflate&&) noexcept = default;
Deflate& Deflate::operator=(Deflate&&) noexcept = default;
Deflate::~Deflate() = default;

Outcome Deflate::decode(ByteView stream, MutableBytes out, Demand demand) {
  // What zlib can count, which is far beyond a pcluster.
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
  if (stream.size() > kMost || out.size() > kMost) return Outcome::kCorrupt;
  if (demand == Demand::kPrefix) return prefix(stream, out);
  if (!whole_) whole_ = std::make_unique<DeflateStream>();
  return whole_->decode(stream, out) ? Outcome::kDone : refusal(stream, out);
}

bool Deflate::start(ByteView stream) {
  if (!library_) library_ = std::make_unique<Library>();
  if (!library_->ready) {
    library_.reset();
    return false;
  }
  z_stream& zlib = library_->stream;
  inflateReset(&zlib);
  zlib.next_in = input<Bytef>(stream);
  zlib.avail_in = static_cast<uInt>(stream.size());
  return true;
}

Outcome Deflate::prefix(ByteView stream, MutableBytes out) {
  if (!start(stream)) return Outcome::kNoMemory;
  const int result = library_->fill(out);
  if (result == Z_MEM_ERROR) return Outcome::kNoMemory;
  if (library_->stream.avail_out == 0) return Outcome::kDone;
  return result == Z_DATA_ERROR || result == Z_NEED_DICT ? Outcome::kCorrupt
                                                         : Outcome::kShort;
}

// What is wrong with a stream that was not taken as a whole.
Outcome Deflate::refusal(ByteView stream, MutableBytes out) {
  const Outcome start_of_it = prefix(stream, out);
  if (start_of_it != Outcome::kDone) return start_of_it;
  std::array<std::byte, 1> more{};
  const int result = library_->fill(MutableBytes(more));
  if (library_->stream.avail_out == 0) return Outcome::kLong;
  if (result != Z_STREAM_END) return Outcome::kCorrupt;
  return library_->stream.avail_in != 0 ? Outcome::kTrailing : Outcome::kDone;
}

}  // namespace erofs::decompress
