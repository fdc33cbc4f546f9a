// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// libFuzzer's custom mutator for whole images: changes one field of one
// structure, where such a structure plausibly is, to a value that decoders
// disagree about; and mends the superblock's checksum nine times in ten, so
// that what lies behind that check is reached.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string_view>

#include "decode/superblock.h"
#include "format/fields.gen.h"
#include "format/limits.gen.h"
#include "format/superblock.gen.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                        std::size_t max_size);

namespace {

using Random = std::minstd_rand;
using erofs::format::FieldInfo;
using erofs::format::StructInfo;
using erofs::format::SuperblockView;

std::size_t below(Random& random, std::size_t bound) {
  return bound == 0 ? 0 : random() % bound;
}

// Where a structure of this kind may start: the superblock at its fixed
// place, inodes on their slots, everything else on any four bytes.
std::size_t place(const StructInfo& structure, std::size_t size,
                  Random& random) {
  const std::string_view name = structure.name;
  if (name == "Superblock") return erofs::format::kSuperblockOffset;
  std::size_t unit = 4;
  if (name == "InodeCompact" || name == "InodeExtended") {
    unit = std::size_t{1} << erofs::format::kInodeSlotBits;
  }
  if (name == "DeviceSlot") unit = erofs::format::kDevtSlotUnit;
  return below(random, size / unit) * unit;
}

std::uint64_t value(std::span<std::uint8_t> field, Random& random) {
  std::uint64_t old = 0;
  for (std::size_t i = field.size(); i-- > 0;) old = old << 8 | field[i];
  const std::uint64_t top = std::uint64_t{1} << (field.size() * 8 - 1);
  const std::array<std::uint64_t, 10> values{
      0,
      1,
      old + 1,
      old - 1,
      ~std::uint64_t{0},
      top,
      top - 1,
      old ^ std::uint64_t{1} << below(random, field.size() * 8),
      old << 1,
      below(random, 4096)};
  return values[below(random, values.size())];
}

void change_field(std::span<std::uint8_t> image, Random& random) {
  const auto structures = erofs::format::structures();
  const StructInfo& structure = structures[below(random, structures.size())];
  const FieldInfo& field =
      structure.fields[below(random, structure.fields.size())];
  const std::size_t at = place(structure, image.size(), random) + field.at;
  const std::size_t width = std::min<std::size_t>(field.size, 8);
  if (at > image.size() || image.size() - at < width) return;
  const auto bytes = image.subspan(at, width);
  std::uint64_t number = value(bytes, random);
  for (std::uint8_t& byte : bytes) {
    byte = static_cast<std::uint8_t>(number & 0xff);
    number >>= 8;
  }
}

void seal(std::span<std::uint8_t> image) {
  const erofs::ByteView bytes{std::as_bytes(image)};
  const auto tail = bytes.from(erofs::format::kSuperblockOffset);
  if (!tail) return;
  const auto superblock = erofs::decode::superblock(*tail);
  if (!superblock) return;
  const auto covered =
      tail->slice(0, erofs::decode::checksum_span(superblock->geometry));
  if (!covered) return;
  std::uint32_t sum = erofs::decode::superblock_checksum(*covered);
  const auto field = image.subspan(
      erofs::format::kSuperblockOffset + SuperblockView::kChecksumAt,
      SuperblockView::kChecksumSize);
  for (std::uint8_t& byte : field) {
    byte = static_cast<std::uint8_t>(sum & 0xff);
    sum >>= 8;
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t max_size,
                                               unsigned int seed) {
  Random random(seed);
  if (below(random, 3) == 0) {
    size = LLVMFuzzerMutate(data, size, max_size);
  } else {
    const std::size_t changes = 1 + below(random, 3);
    for (std::size_t i = 0; i < changes; ++i) {
      change_field({data, size}, random);
    }
  }
  if (below(random, 10) != 0) seal({data, size});
  return size;
}
