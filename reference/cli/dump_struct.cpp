// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/dump_struct.h"

#include <fmt/core.h>

#include <cstdint>
#include <limits>

#include "base/escape.h"
#include "report/place.h"

namespace erofs::cli {
namespace {

std::uint64_t little_endian(ByteView bytes) {
  std::uint64_t value = 0;
  unsigned shift = 0;
  for (const std::byte b : bytes.span()) {
    value |= std::to_integer<std::uint64_t>(b) << shift;
    shift += std::numeric_limits<std::uint8_t>::digits;
  }
  return value;
}

std::string hex(ByteView bytes) {
  std::string text;
  for (const std::byte b : bytes.span()) {
    text += fmt::format("{:02x}", std::to_integer<unsigned>(b));
  }
  return text;
}

// The number as its type has it.
std::string signed_text(std::uint64_t value, std::uint16_t size) {
  const unsigned unused =
      std::numeric_limits<std::uint64_t>::digits - 8U * size;
  return std::to_string(static_cast<std::int64_t>(value << unused) >> unused);
}

std::string value_text(const format::FieldInfo& field, ByteView bytes) {
  if (field.kind == 'b') {
    const auto nonzero = bytes.find_nonzero();
    if (!nonzero) return "all zero";
    return hex(bytes) + "  " + escape(bytes.text());
  }
  const std::uint64_t value = little_endian(bytes);
  return fmt::format("{:#x}  {}", value,
                     field.kind == 's' ? signed_text(value, field.size)
                                       : std::to_string(value));
}

std::uint64_t bits_of(std::uint64_t value, const format::BitsInfo& bits) {
  const std::uint64_t mask = (std::uint64_t{1} << bits.width) - 1;
  return (value >> bits.shift) & mask;
}

ByteView field_bytes(const format::FieldInfo& field, ByteView bytes) {
  return bytes.slice(field.at, field.size).value_or(ByteView());
}

}  // namespace

std::string struct_text(const format::StructInfo& info, ByteView bytes,
                        Place at) {
  std::string text =
      fmt::format("{} at {}\n", info.name, report::place_text(at));
  for (const auto& field : info.fields) {
    const ByteView stored = field_bytes(field, bytes);
    text += fmt::format("  +{:<4} {:<24} {}{}\n", field.at, field.name,
                        value_text(field, stored),
                        field.reserved ? "  (reserved)" : "");
    for (const auto& bits : field.bits) {
      text += fmt::format("          .{0:<20} {1:#x}  {1}\n", bits.name,
                          bits_of(little_endian(stored), bits));
    }
  }
  return text;
}

Json struct_json(const format::StructInfo& info, ByteView bytes, Place at) {
  Json json;
  json["struct"] = info.name;
  const std::string space = report::space_text(at.space);
  if (!space.empty()) json["space"] = space;
  json["offset"] = at.offset;
  Json fields;
  for (const auto& field : info.fields) {
    const ByteView stored = field_bytes(field, bytes);
    const std::string name(field.name);
    if (field.kind == 'b') {
      fields[name] = hex(stored);
    } else if (field.kind == 's') {
      fields[name] = static_cast<std::int64_t>(
          std::stoll(signed_text(little_endian(stored), field.size)));
    } else {
      fields[name] = little_endian(stored);
    }
  }
  json["fields"] = std::move(fields);
  return json;
}

}  // namespace erofs::cli
