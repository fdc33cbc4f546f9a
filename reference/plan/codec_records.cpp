// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/codec_records.h"

#include <algorithm>
#include <array>
#include <bit>

#include "format/codec.gen.h"
#include "plan/bytes_out.h"

namespace erofs::plan {
namespace {

using format::Algorithm;

constexpr std::uint8_t kDeflateWindowBits = 15;

void append_record(std::vector<std::byte>& out,
                   std::span<const std::byte> settings) {
  pad_to(out, format::kCodecAlign);
  format::CodecRecordBuilder record;
  record.size(static_cast<std::uint16_t>(settings.size()));
  append(out, record.bytes());
  append(out, settings);
}

// The widest dictionary that any of the methods of this algorithm has.
std::uint32_t dictionary_of(std::span<const compress::Settings> methods,
                            Algorithm algorithm) {
  std::uint32_t out = 0;
  for (const compress::Settings& each : methods) {
    if (algorithm_of(each.method) == algorithm) {
      out = std::max(out, each.dictionary);
    }
  }
  return out;
}

}  // namespace

Algorithm algorithm_of(compress::Method method) noexcept {
  switch (method) {
    case compress::Method::kLzma:
      return Algorithm::kLzma;
    case compress::Method::kDeflate:
      return Algorithm::kDeflate;
    case compress::Method::kZstd:
      return Algorithm::kZstd;
    case compress::Method::kLz4:
    case compress::Method::kLz4hc:
      break;
  }
  return Algorithm::kLz4;
}

std::uint16_t algorithm_bits(
    std::span<const compress::Settings> methods) noexcept {
  unsigned bits = 0;
  for (const compress::Settings& each : methods) {
    bits |= 1U << static_cast<unsigned>(algorithm_of(each.method));
  }
  return static_cast<std::uint16_t>(bits);
}

std::vector<std::byte> codec_records(
    std::span<const compress::Settings> methods,
    std::uint16_t pcluster_blocks) {
  const unsigned bits = algorithm_bits(methods);
  const auto has = [&](Algorithm algorithm) {
    return (bits >> static_cast<unsigned>(algorithm) & 1U) != 0;
  };
  std::vector<std::byte> out;
  if (has(Algorithm::kLz4)) {
    format::Lz4ConfigBuilder lz4;
    lz4.max_distance(format::kLz4DistanceDefault)
        .max_pclusterblks(pcluster_blocks);
    append_record(out, lz4.bytes());
  }
  if (has(Algorithm::kLzma)) {
    format::LzmaConfigBuilder lzma;
    lzma.dict_size(dictionary_of(methods, Algorithm::kLzma));
    append_record(out, lzma.bytes());
  }
  if (has(Algorithm::kDeflate)) {
    format::DeflateConfigBuilder deflate;
    deflate.windowbits(kDeflateWindowBits);
    append_record(out, deflate.bytes());
  }
  if (has(Algorithm::kZstd)) {
    const auto log = static_cast<unsigned>(std::bit_width(
        dictionary_of(methods, Algorithm::kZstd) >> format::kZstdWindowBase));
    format::ZstdConfigBuilder zstd;
    zstd.windowlog(static_cast<std::uint8_t>(std::max(log, 1U) - 1));
    append_record(out, zstd.bytes());
  }
  return out;
}

}  // namespace erofs::plan
