// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "compress/encoder.h"

#include <algorithm>
#include <bit>

#include "compress/deflate.h"
#include "compress/lz4.h"
#include "compress/lzma.h"
#include "compress/zstd.h"

namespace erofs::compress {
namespace {

constexpr std::uint32_t kWindowMin = 1U << 10;
constexpr std::uint32_t kLzmaMax = 8U << 20;
constexpr std::uint32_t kLzmaMin = 4U << 10;
constexpr std::uint32_t kLzmaUsual = 32U << 10;
constexpr std::uint32_t kZstdMax = 1U << 20;
constexpr std::uint32_t kDeflateWindow = 32U << 10;

struct Levels {
  int first;
  int last;
  int usual;
  const char* complaint;
};

Levels levels_of(Method method) noexcept {
  switch (method) {
    case Method::kLz4:
      return {0, 0, 0, "lz4 has no levels: lz4hc has"};
    case Method::kLz4hc:
      return {1, 12, 9, "levels of lz4hc are 1 to 12"};
    case Method::kLzma:
      return {0, 109, 6, "levels of lzma are 0 to 9 and 100 to 109"};
    case Method::kDeflate:
      return {1, 12, 1, "levels of deflate are 1 to 12"};
    case Method::kZstd:
      break;
  }
  return {1, 22, 3, "levels of zstd are 1 to 22"};
}

const char* bad_dictionary(const Settings& settings) noexcept {
  const std::uint32_t size = settings.dictionary;
  if (size == 0) return nullptr;
  switch (settings.method) {
    case Method::kLzma:
      return size < kLzmaMin || size > kLzmaMax
                 ? "a dictionary of lzma has 4 KiB to 8 MiB"
                 : nullptr;
    case Method::kZstd:
      return size < kWindowMin || size > kZstdMax || !std::has_single_bit(size)
                 ? "a dictionary of zstd is a power of two from 1 KiB to 1 MiB"
                 : nullptr;
    case Method::kDeflate:
      return size != kDeflateWindow ? "the dictionary of deflate has 32 KiB"
                                    : nullptr;
    case Method::kLz4:
    case Method::kLz4hc:
      break;
  }
  return "lz4 has no dictionary size";
}

}  // namespace

const char* complaint(const Settings& settings) noexcept {
  const Levels levels = levels_of(settings.method);
  if (settings.level != Settings::kDefaultLevel) {
    const bool gap = settings.method == Method::kLzma && settings.level > 9 &&
                     settings.level < 100;
    if (settings.level < levels.first || settings.level > levels.last || gap) {
      return levels.complaint;
    }
  }
  return bad_dictionary(settings);
}

Settings settled(const Settings& settings) noexcept {
  Settings out = settings;
  if (out.level == Settings::kDefaultLevel) {
    out.level = levels_of(out.method).usual;
  }
  if (out.dictionary != 0) return out;
  const std::uint64_t pcluster = std::max<std::uint64_t>(out.largest_out, 1);
  switch (out.method) {
    case Method::kLzma:
      out.dictionary = static_cast<std::uint32_t>(
          std::clamp<std::uint64_t>(4 * pcluster, kLzmaUsual, kLzmaMax));
      break;
    case Method::kZstd:
      out.dictionary = static_cast<std::uint32_t>(std::bit_ceil(
          std::clamp<std::uint64_t>(8 * pcluster, kWindowMin, kZstdMax)));
      break;
    case Method::kDeflate:
      out.dictionary = kDeflateWindow;
      break;
    case Method::kLz4:
    case Method::kLz4hc:
      break;
  }
  return out;
}

std::unique_ptr<Encoder> make_encoder(const Settings& settings) {
  const Settings all = settled(settings);
  switch (all.method) {
    case Method::kLz4:
      return make_lz4();
    case Method::kLz4hc:
      return make_lz4hc(all.level);
    case Method::kLzma:
      return make_lzma(all);
    case Method::kDeflate:
      return make_deflate(all);
    case Method::kZstd:
      break;
  }
  return make_zstd(all);
}

}  // namespace erofs::compress
