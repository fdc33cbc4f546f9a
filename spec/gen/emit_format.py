# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Views and builders: one header an area."""

import cpp
from names import camel, literal

TYPES = {(1, "u"): "std::uint8_t", (2, "u"): "std::uint16_t",
         (4, "u"): "std::uint32_t", (8, "u"): "std::uint64_t",
         (8, "s"): "std::int64_t"}
INCLUDES = ("<array>", "<cstddef>", "<cstdint>", "<span>",
            '"format/view.gen.h"')

VIEW = """\
// What every view and builder stands on: little-endian loads and stores at
// places that are known when compiling and lie inside the structure.
namespace detail {

template <class T, std::size_t kAt, std::size_t kSize, std::size_t... kIndex>
constexpr T load_each(std::span<const std::byte, kSize> bytes,
                      std::index_sequence<kIndex...>) noexcept {
  static_assert(kAt + sizeof(T) <= kSize);
  return static_cast<T>(
      (... | (std::to_integer<std::uint64_t>(bytes[kAt + kIndex])
              << (8U * kIndex))));
}

template <class T, std::size_t kAt, std::size_t kSize>
constexpr T load(std::span<const std::byte, kSize> bytes) noexcept {
  return load_each<T, kAt>(bytes, std::make_index_sequence<sizeof(T)>());
}

template <std::size_t kAt, class T, std::size_t kSize>
constexpr void store(std::array<std::byte, kSize>& bytes, T value) noexcept {
  static_assert(kAt + sizeof(T) <= kSize);
  const auto all = static_cast<std::uint64_t>(value);
  for (std::size_t index = 0; index < sizeof(T); ++index) {
    bytes[kAt + index] = static_cast<std::byte>((all >> (8U * index)) & 0xFFU);
  }
}

template <std::size_t kAt, std::size_t kCount, std::size_t kSize>
constexpr void store_bytes(std::array<std::byte, kSize>& bytes,
                           std::span<const std::byte, kCount> value) noexcept {
  static_assert(kAt + kCount <= kSize);
  for (std::size_t index = 0; index < kCount; ++index) {
    bytes[kAt + index] = value[index];
  }
}

// The first byte that is not zero, or 0.
constexpr std::uint64_t first_nonzero(
    std::span<const std::byte> bytes) noexcept {
  for (const std::byte each : bytes) {
    if (each != std::byte{0}) return std::to_integer<std::uint64_t>(each);
  }
  return 0;
}

}  // namespace detail"""


def emit(spec):
    """{file name: content}"""
    out = {"view.gen.h": cpp.header(
        "view", ("<array>", "<cstddef>", "<cstdint>", "<span>", "<utility>"),
        VIEW.split("\n"))}
    for area in spec.areas():
        body = []
        for struct in spec.structs.values():
            if struct.area == area:
                body += [""] * bool(body) + view(struct) + [""] + builder(
                    struct) + [""] + asserts(struct)
        out[f"{area}.gen.h"] = cpp.header(area, INCLUDES, body)
    return out


def value_type(field):
    if field.kind == "b":
        return f"std::span<const std::byte, {field.size}>"
    return TYPES[field.size, field.kind]


def wide_type(field):
    """The type of bit groups: it does not promote to int."""
    return "std::uint64_t" if field.size == 8 else "std::uint32_t"


def groups(field):
    """(accessor name, group) for the bits of the field and its aliases."""
    for bits in field.bits:
        yield f"{field.name}_{bits.name}", bits
    for alias in field.aliases:
        for bits in alias.bits:
            yield f"{alias.name}_{bits.name}", bits


def comment(text, indent=""):
    line, lines = indent + "//", []
    for word in text.split():
        if len(line) + 1 + len(word) > 80:
            lines.append(line)
            line = indent + "//"
        line += " " + word
    return lines + [line]


def getter(returns, name, value):
    head = f"  [[nodiscard]] constexpr {returns} {name}() const noexcept {{"
    return [head, f"    return {value};", "  }"]


def view(struct):
    name, lines = f"{struct.name}View", comment(struct.says)
    lines += [f"class {name} {{", " public:",
              f"  static constexpr std::size_t kSize = {struct.size};"]
    for field in struct.fields:
        for what, value in (("At", field.at), ("Size", field.size)):
            lines.append(f"  static constexpr std::size_t k{camel(field.name)}"
                         f"{what} = {value};")
        for must in field.must:
            if must.predicate == "equals" and not must.bits:
                lines += ["  // The one value it has.",
                          f"  static constexpr {value_type(field)} "
                          f"k{camel(field.name)}Equals = 0x{must.value:X}U;"]
    lines += ["", f"  explicit constexpr {name}(",
              "      std::span<const std::byte, kSize> bytes) noexcept",
              "      : bytes_(bytes) {}", "",
              *getter("std::span<const std::byte, kSize>", "bytes", "bytes_")]
    for field in struct.fields:
        lines += comment(field.says or "Reserved.", "  ") + read(field)
        for alias in field.aliases:
            lines += comment(alias.says, "  ")
            lines += getter(value_type(field), alias.name, f"{field.name}()")
        wide = wide_type(field)
        for accessor, bits in groups(field):
            lines += comment(bits.says, "  ") + getter(
                wide, accessor, f"({wide}{{{field.name}()}} >> {bits.shift}U)"
                f" & {literal(bits.mask)}")
    return lines + ["", " private:",
                    "  std::span<const std::byte, kSize> bytes_;", "};"]


def read(field):
    at = f"k{camel(field.name)}At"
    if field.kind == "b":
        call = f"bytes_.subspan<{at}, k{camel(field.name)}Size>()"
    else:
        call = f"detail::load<{value_type(field)}, {at}>(bytes_)"
    return getter(value_type(field), field.name, call)


def builder(struct):
    name, of = f"{struct.name}Builder", f"{struct.name}View"
    lines = [f"// The bytes of a {struct.name}, zero where nothing is set.",
             f"class {name} {{", " public:",
             f"  static constexpr std::size_t kSize = {of}::kSize;", "",
             f"  constexpr {name}() noexcept = default;",
             f"  explicit constexpr {name}({of} view) noexcept {{",
             "    detail::store_bytes<0>(bytes_, view.bytes());", "  }", "",
             *getter("std::span<const std::byte, kSize>", "bytes", "bytes_"),
             *getter(of, "view", f"{of}(bytes_)")]
    for field in struct.fields:
        lines += write(name, of, field)
    return lines + ["", " private:", "  std::array<std::byte, kSize> bytes_{};",
                    "};"]


def write(name, of, field):
    store = "store_bytes" if field.kind == "b" else "store"
    lines = setter(name, field.name, value_type(field), [
        f"detail::{store}<{of}::k{camel(field.name)}At>(bytes_, v);"])
    for alias in field.aliases:
        lines += setter(name, alias.name, value_type(field),
                        [f"{field.name}(v);"])
    wide = wide_type(field)
    for accessor, bits in groups(field):
        mask = literal(bits.mask)
        lines += setter(name, accessor, wide, [
            f"const {wide} others =",
            f"    {wide}{{view().{field.name}()}} &"
            f" ~({mask} << {bits.shift}U);",
            f"{field.name}(static_cast<{value_type(field)}>(",
            f"    others | ((v & {mask}) << {bits.shift}U)));"])
    return lines


def setter(name, field, takes, body):
    return [f"  constexpr {name}& {field}({takes} v) noexcept {{",
            *(f"    {line}" for line in body), "    return *this;", "  }"]


def asserts(struct):
    """The fields tile the structure, said once more to the compiler."""
    of, lines = f"{struct.name}View", []
    ends = [f"{of}::k{camel(f.name)}At" for f in struct.fields[1:]]
    for field, end in zip(struct.fields, ends + [f"{of}::kSize"]):
        base = f"{of}::k{camel(field.name)}"
        lines += [f"static_assert({base}At +",
                  f"                  {base}Size ==",
                  f"              {end});"]
    return lines + [f"static_assert({struct.name}Builder().bytes().size() =="
                    f" {struct.size});"]
