// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_COMPRESS_ENCODER_H_
#define EROFS_COMPRESS_ENCODER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/bytes.h"

namespace erofs::compress {

// What makes streams; two of them make the same kind.
enum class Method : std::uint8_t { kLz4, kLz4hc, kLzma, kDeflate, kZstd };

struct Settings {
  static constexpr int kDefaultLevel = -1;

  Method method = Method::kLz4;
  int level = kDefaultLevel;
  std::uint32_t dictionary = 0;   // bytes; 0 for the method's own choice
  std::uint32_t largest_out = 0;  // bytes of the largest pcluster
};

// How much of the input a stream stands for, and its length; taken is 0
// where not one byte fits.
struct Encoded {
  std::size_t taken = 0;
  std::size_t made = 0;
};

// Makes streams that fill a given room. Used by one thread at a time; the
// same calls since reset() give the same streams.
class Encoder {
 public:
  Encoder() = default;
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
  virtual ~Encoder() = default;

  // Forgets what earlier calls taught it, so that those to come give the
  // same as with a new encoder.
  virtual void reset() {}

  // Encodes the longest prefix of `in` that it finds to fit in `out`, as one
  // stream at the start of `out`.
  [[nodiscard]] virtual Encoded fill(ByteView in, MutableBytes out) = 0;
};

// What is wrong with the settings, or nullptr: a sentence for people.
[[nodiscard]] const char* complaint(const Settings& settings) noexcept;

// The settings with every choice made that they leave open.
[[nodiscard]] Settings settled(const Settings& settings) noexcept;

// nullptr where there is no memory. Requires settings without complaint.
[[nodiscard]] std::unique_ptr<Encoder> make_encoder(const Settings& settings);

}  // namespace erofs::compress

#endif  // EROFS_COMPRESS_ENCODER_H_
