// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/lzma.h"

#include <lzma.h>

namespace erofs::compress {
namespace {

// From this level on the slower variant of level - kExtreme.
constexpr int kExtreme = 100;

// MicroLZMA: its encoder stops by itself where the room is full.
class Lzma : public Encoder {
 public:
  Lzma() = default;
  Lzma(const Lzma&) = delete;
  Lzma& operator=(const Lzma&) = delete;
  ~Lzma() override { lzma_end(&stream_); }

  bool set(const Settings& settings) {
    auto preset = static_cast<std::uint32_t>(settings.level);
    if (settings.level >= kExtreme) {
      preset = static_cast<std::uint32_t>(settings.level - kExtreme) |
               LZMA_PRESET_EXTREME;
    }
    if (lzma_lzma_preset(&options_, preset)) return false;
    options_.dict_size = settings.dictionary;
    return true;
  }

  Encoded fill(ByteView in, MutableBytes out) override {
    if (lzma_microlzma_encoder(&stream_, &options_) != LZMA_OK) return {};
    stream_.next_in = static_cast<const std::uint8_t*>(
        static_cast<const void*>(in.span().data()));
    stream_.avail_in = in.size();
    stream_.next_out =
        static_cast<std::uint8_t*>(static_cast<void*>(out.span().data()));
    stream_.avail_out = out.size();
    if (lzma_code(&stream_, LZMA_FINISH) != LZMA_STREAM_END) return {};
    return {static_cast<std::size_t>(stream_.total_in),
            static_cast<std::size_t>(stream_.total_out)};
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  lzma_options_lzma options_{};
};

}  // namespace

std::unique_ptr<Encoder> make_lzma(const Settings& settings) {
  auto out = std::make_unique<Lzma>();
  if (!out->set(settings)) return nullptr;
  return out;
}

}  // namespace erofs::compress
