// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/deflate.h"

#include <libdeflate.h>
#define ZLIB_CONST
#include <zlib.h>

#include <limits>

#include "decompress/library.h"

namespace erofs::decompress {

struct Deflate::Fast {
  Fast() noexcept : context(libdeflate_alloc_decompressor()) {}
  Fast(const Fast&) = delete;
  Fast& operator=(const Fast&) = delete;
  ~Fast() { libdeflate_free_decompressor(context); }

  libdeflate_decompressor* context;
};

struct Deflate::Slow {
  Slow() noexcept : ready(inflateInit2(&stream, -MAX_WBITS) == Z_OK) {}
  Slow(const Slow&) = delete;
  Slow& operator=(const Slow&) = delete;
  ~Slow() {
    if (ready) inflateEnd(&stream);
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
  return demand == Demand::kWhole ? whole(stream, out) : prefix(stream, out);
}

Outcome Deflate::whole(ByteView stream, MutableBytes out) {
  if (!fast_) fast_ = std::make_unique<Fast>();
  if (fast_->context == nullptr) {
    fast_.reset();
    return Outcome::kNoMemory;
  }
  std::size_t taken = 0;
  std::size_t given = 0;
  switch (libdeflate_deflate_decompress_ex(fast_->context, stream.span().data(),
                                           stream.size(), out.span().data(),
                                           out.size(), &taken, &given)) {
    case LIBDEFLATE_SUCCESS:
      if (given < out.size()) return Outcome::kShort;
      return taken < stream.size() ? Outcome::kTrailing : Outcome::kDone;
    case LIBDEFLATE_INSUFFICIENT_SPACE:
      return Outcome::kLong;
    default:
      break;
  }
  // Only the other library tells a stream that is cut off from a bad one.
  const Outcome reason = prefix(stream, out);
  return reason == Outcome::kDone ? Outcome::kCorrupt : reason;
}

Outcome Deflate::prefix(ByteView stream, MutableBytes out) {
  if (!slow_) slow_ = std::make_unique<Slow>();
  if (!slow_->ready) {
    slow_.reset();
    return Outcome::kNoMemory;
  }
  z_stream& zlib = slow_->stream;
  inflateReset(&zlib);
  zlib.next_in = input<Bytef>(stream);
  zlib.avail_in = static_cast<uInt>(stream.size());
  zlib.next_out = output<Bytef>(out);
  zlib.avail_out = static_cast<uInt>(out.size());
  // All input is there and all room: one call goes as far as it can.
  const int result = inflate(&zlib, Z_SYNC_FLUSH);
  if (result == Z_MEM_ERROR) return Outcome::kNoMemory;
  if (zlib.avail_out == 0) return Outcome::kDone;
  return result == Z_DATA_ERROR || result == Z_NEED_DICT ? Outcome::kCorrupt
                                                         : Outcome::kShort;
}

}  // namespace erofs::decompress
