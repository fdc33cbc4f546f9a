# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Feature bits, constants, enumerations, and the table of all fields."""

import cpp
from names import camel, constant, literal, quoted

FEATURES = """\
// The two feature words of a superblock.
struct Features {
  std::uint32_t compat = 0;
  std::uint32_t incompat = 0;

  [[nodiscard]] constexpr bool compat_has(std::uint32_t mask) const noexcept {
    return (compat & mask) == mask;
  }
  [[nodiscard]] constexpr bool incompat_has(std::uint32_t mask) const noexcept {
    return (incompat & mask) == mask;
  }
};

// A name of a feature bit; several names may share one mask.
struct FeatureInfo {
  std::uint32_t mask;
  bool incompat;
  std::string_view name;
  std::string_view since;  // the first Linux version that knows it
};
"""

FIELDS_HEADER = """\
struct BitsInfo {
  std::string_view name;
  std::uint8_t shift;
  std::uint8_t width;
};

struct FieldInfo {
  std::string_view name;
  std::uint16_t at;
  std::uint16_t size;
  char kind;  // 'u' unsigned, 's' signed, 'b' bytes
  bool reserved;
  std::span<const BitsInfo> bits;
};

struct StructInfo {
  std::string_view name;
  std::uint16_t size;
  std::span<const FieldInfo> fields;
};

// Every structure, in the order of the specification.
[[nodiscard]] std::span<const StructInfo> structures() noexcept;

// The structure of that name, or a null pointer.
[[nodiscard]] const StructInfo* find_structure(
    std::string_view name) noexcept;"""

FIELDS_END = """\
std::span<const StructInfo> structures() noexcept { return kStructures; }

const StructInfo* find_structure(std::string_view name) noexcept {
  for (const StructInfo& each : kStructures) {
    if (each.name == name) return &each;
  }
  return nullptr;
}"""


def emit(spec):
    """{file name: content}"""
    table = ("<cstdint>", "<span>", "<string_view>")
    return {
        "features.gen.h": cpp.header(
            "features", ("<array>", *table), features(spec)),
        "limits.gen.h": cpp.header(
            "limits", ("<cstdint>", "<string_view>"), limits(spec)),
        "fields.gen.h": cpp.header("fields", table, FIELDS_HEADER.split("\n")),
        "fields.gen.cpp": cpp.source("fields", ("<array>",), fields(spec)),
    }


def features(spec):
    lines = FEATURES.split("\n")
    for family in ("compat", "incompat"):
        mine = [f for f in spec.features if f.family == family]
        lines += [f"namespace {family} {{"]
        lines += [f"inline constexpr std::uint32_t {constant(f.name)} ="
                  f" 0x{f.mask:X}U;" for f in mine]
        lines += ["// Every bit that has a name.",
                  "inline constexpr std::uint32_t kKnown ="
                  f" 0x{spec.known(family):X}U;",
                  f"}}  // namespace {family}", ""]
    lines += ["inline constexpr std::array<FeatureInfo, "
              f"{len(spec.features)}> kFeatures = {{{{"]
    lines += ["    {%s::%s, %s, %s, %s}," % (
        f.family, constant(f.name),
        "true" if f.family == "incompat" else "false",
        quoted(f.name), quoted(f.since)) for f in spec.features]
    return lines + [
        "}};", "",
        "// Every name, compat before incompat, low bits before high ones.",
        "[[nodiscard]] constexpr std::span<const FeatureInfo> features()"
        " noexcept {", "  return kFeatures;", "}"]


def limits(spec):
    lines = []
    for limit in spec.limits.values():
        lines += [f"// {limit.says}" + (f" ({limit.unit})"
                                        if limit.unit else ""),
                  f"inline constexpr std::{limit.type.replace('u', 'uint')}_t"
                  f" {constant(limit.name)} = {literal(limit.value)};"]
    for enum in spec.enums.values():
        lines += ["", f"// {enum.says}",
                  f"enum class {enum.name} : std::uint8_t {{"]
        lines += [f"  {constant(v.name)} = {v.value},  // {v.says}"
                  for v in enum.values]
        lines += ["};", "", "// Its name in the specification, \"\" for"
                  " other values."]
        lines += switch("name_of", enum, lambda value: value.name)
        if enum.prefixes:
            lines += ["", "// The short prefix it stands for, \"\" for other"
                      " values."]
            lines += switch(enum.prefixes, enum, lambda value: value.prefix)
        if all(value.since for value in enum.values):
            lines += ["", "// The first Linux version that knows it, \"\" for"
                      " other values."]
            lines += switch("since_of", enum, lambda value: value.since)
    return lines


def switch(function, enum, text):
    return [f"[[nodiscard]] constexpr std::string_view {function}(",
            f"    {enum.name} value) noexcept {{", "  switch (value) {",
            *(f"    case {enum.name}::{constant(v.name)}: return"
              f" {quoted(text(v))};" for v in enum.values),
            "  }", '  return "";', "}"]


def fields(spec):
    lines = ["namespace {", ""]
    for struct in spec.structs.values():
        for field in struct.fields:
            if field.bits:
                lines += [f"constexpr std::array<BitsInfo, {len(field.bits)}> "
                          f"k{struct.name}{camel(field.name)} = {{{{"]
                lines += [f"    {{{quoted(b.name)}, {b.shift}, {b.width}}},"
                          for b in field.bits] + ["}};", ""]
        lines += [f"constexpr std::array<FieldInfo, {len(struct.fields)}> "
                  f"k{struct.name} = {{{{"]
        for f in struct.fields:
            bits = f"k{struct.name}{camel(f.name)}" if f.bits else "{}"
            reserved = "true" if f.reserved else "false"
            lines.append(f"    {{{quoted(f.name)}, {f.at}, {f.size},"
                         f" '{f.kind}', {reserved}, {bits}}},")
        lines += ["}};", ""]
    lines += ["constexpr std::array<StructInfo, "
              f"{len(spec.structs)}> kStructures = {{{{"]
    lines += [f"    {{{quoted(s.name)}, {s.size}, k{s.name}}},"
              for s in spec.structs.values()]
    return lines + ["}};", "", "}  // namespace", "", *FIELDS_END.split("\n")]
