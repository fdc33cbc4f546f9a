# SPDX-License-Identifier: Apache-2.0 OR MIT
"""How names of the specification are spelled in C++."""

KEYWORDS = frozenset("""
    alignas alignof and and_eq asm auto bitand bitor bool break case catch
    char class co_await co_return co_yield compl concept const consteval
    constexpr constinit const_cast continue decltype default delete do double
    dynamic_cast else enum explicit export extern false float for friend goto
    if inline int long mutable namespace new noexcept not not_eq nullptr
    operator or or_eq private protected public register reinterpret_cast
    requires return short signed sizeof static static_assert static_cast
    struct switch template this thread_local throw true try typedef typeid
    typename union unsigned using virtual void volatile wchar_t while xor
    xor_eq""".split())


def camel(name):
    """rootnid_8b -> Rootnid8b, LZ4_0PADDING -> Lz40padding."""
    return "".join(word[:1].upper() + word[1:].lower()
                   for word in name.split("_"))


def constant(name):
    return "k" + camel(name)


def enumerator(rule_id):
    """device.high.needs-48bit -> device_high_needs_48bit."""
    return rule_id.replace(".", "_").replace("-", "_")


def literal(value):
    """An unsigned integer literal of at least 32 bits."""
    if value < 0:
        raise ValueError(f"negative literal {value}")
    suffix = "U" if value <= 0xFFFFFFFF else "ULL"
    return (f"0x{value:X}" if value > 0xFFFF else str(value)) + suffix


def quoted(text):
    """A C++ string literal of ASCII text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
