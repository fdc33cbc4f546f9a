// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/lz4.h"

#define LZ4_HC_STATIC_LINKING_ONLY
#include <lz4.h>
#include <lz4hc.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace erofs::compress {
namespace {

constexpr std::size_t kMax = std::numeric_limits<int>::max();

// The libraries' state, aligned as they ask for it.
std::vector<std::max_align_t> state_of(int bytes) {
  const auto size = static_cast<std::size_t>(bytes);
  return std::vector<std::max_align_t>(size / sizeof(std::max_align_t) + 1);
}

const char* input_of(ByteView in) { return in.text().data(); }

char* output_of(MutableBytes out) {
  return static_cast<char*>(static_cast<void*>(out.span().data()));
}

Encoded outcome(int taken, int made) {
  if (made <= 0 || taken <= 0) return {};
  return {static_cast<std::size_t>(taken), static_cast<std::size_t>(made)};
}

class Lz4 : public Encoder {
 public:
  Encoded fill(ByteView in, MutableBytes out) override {
    int taken = static_cast<int>(std::min(in.size(), kMax));
    const int made = LZ4_compress_destSize(input_of(in), output_of(out), &taken,
                                           static_cast<int>(out.size()));
    return outcome(taken, made);
  }
};

class Lz4hc : public Encoder {
 public:
  explicit Lz4hc(int level)
      : level_(level), state_(state_of(LZ4_sizeofStateHC())) {}

  Encoded fill(ByteView in, MutableBytes out) override {
    int taken = static_cast<int>(std::min(in.size(), kMax));
    const int made =
        LZ4_compress_HC_destSize(state_.data(), input_of(in), output_of(out),
                                 &taken, static_cast<int>(out.size()), level_);
    return outcome(taken, made);
  }

 private:
  int level_;
  std::vector<std::max_align_t> state_;
};

}  // namespace

std::unique_ptr<Encoder> make_lz4() { return std::make_unique<Lz4>(); }

std::unique_ptr<Encoder> make_lz4hc(int level) {
  return std::make_unique<Lz4hc>(level);
}

}  // namespace erofs::compress
