// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/zstd.h"

#include <zstd.h>

#include <bit>

#include "compress/search.h"

namespace erofs::compress {
namespace {

class Zstd : public Encoder {
 public:
  explicit Zstd(std::size_t largest) : search_(largest) {}
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;
  ~Zstd() override { ZSTD_freeCCtx(context_); }

  bool set(const Settings& settings) {
    const int window =
        static_cast<int>(std::bit_width(settings.dictionary)) - 1;
    return context_ != nullptr &&
           put(ZSTD_c_compressionLevel, settings.level) &&
           put(ZSTD_c_windowLog, window);
  }

  void reset() override { search_.reset(); }

  Encoded fill(ByteView in, MutableBytes out) override {
    return search_.fill(in, out, [this](ByteView part, MutableBytes room) {
      const std::size_t made =
          ZSTD_compress2(context_, room.span().data(), room.size(),
                         part.span().data(), part.size());
      return ZSTD_isError(made) != 0 ? 0 : made;
    });
  }

 private:
  bool put(ZSTD_cParameter parameter, int value) {
    return ZSTD_isError(ZSTD_CCtx_setParameter(context_, parameter, value)) ==
           0;
  }

  ZSTD_CCtx* context_ = ZSTD_createCCtx();
  Search search_;
};

}  // namespace

std::unique_ptr<Encoder> make_zstd(const Settings& settings) {
  auto out = std::make_unique<Zstd>(~std::size_t{0});
  if (!out->set(settings)) return nullptr;
  return out;
}

}  // namespace erofs::compress
