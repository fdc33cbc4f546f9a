// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/deflate.h"

#include <libdeflate.h>

#include "compress/search.h"

namespace erofs::compress {
namespace {

class Deflate : public Encoder {
 public:
  explicit Deflate(int level)
      : compressor_(libdeflate_alloc_compressor(level)),
        search_(~std::size_t{0}) {}
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;
  ~Deflate() override { libdeflate_free_compressor(compressor_); }

  [[nodiscard]] bool made() const { return compressor_ != nullptr; }

  void reset() override { search_.reset(); }

  Encoded fill(ByteView in, MutableBytes out) override {
    const Encoded got =
        search_.fill(in, out, [this](ByteView part, MutableBytes room) {
          return libdeflate_deflate_compress(compressor_, part.span().data(),
                                             part.size(), room.span().data(),
                                             room.size());
        });
    // A first byte of zero is a stored block whose unused bits are zero:
    // one of those bits set keeps the byte from passing for padding.
    constexpr std::byte kUnused{0x08};
    const auto bytes = out.span();
    if (got.made != 0 && bytes[0] == std::byte{0}) bytes[0] |= kUnused;
    return got;
  }

 private:
  libdeflate_compressor* compressor_;
  Search search_;
};

}  // namespace

std::unique_ptr<Encoder> make_deflate(const Settings& settings) {
  auto out = std::make_unique<Deflate>(settings.level);
  if (!out->made()) return nullptr;
  return out;
}

}  // namespace erofs::compress
