# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Raw DEFLATE streams of stored blocks or of one block of fixed codes."""

from compress_match import Bits, tokens

# (first value, extra bits) of each code.
LENGTHS = [(3 + n, 0) for n in range(8)] + [
    (start + n * (1 << bits), bits)
    for bits, start in ((1, 11), (2, 19), (3, 35), (4, 67), (5, 131))
    for n in range(4)] + [(258, 0)]
DISTANCES = [(1, 0), (2, 0), (3, 0), (4, 0)] + [
    ((2 + n << bits) + 1, bits) for bits in range(1, 14) for n in range(2)]


def encode(raw, window=32768, stored=False, final=True):
    """A stream that decodes to `raw`; without `final` it never ends."""
    bits = Bits()
    if stored:
        for at in range(0, max(len(raw), 1), 0xFFFF):
            last = at + 0xFFFF >= len(raw)
            part = raw[at:at + 0xFFFF]
            bits.put(int(final and last), 1)
            # Padding bits count for nothing, but a stream must not begin
            # with a zero byte.
            bits.put(0b10000 << 2, 7)
            bits.put(len(part), 16)
            bits.put(len(part) ^ 0xFFFF, 16)
            bits.bytes += part
        return bytes(bits.bytes)
    bits.put(int(final), 1)
    bits.put(1, 2)
    for literals, distance, length in tokens(raw, window, 3):
        for byte in literals:
            symbol(bits, byte)
        for part in parts(length):
            put(bits, LENGTHS, part, lambda n: symbol(bits, 257 + n))
            put(bits, DISTANCES, distance,
                lambda n: bits.put(reverse(n, 5), 5))
    symbol(bits, 256)
    bits.align()
    return bytes(bits.bytes)


def parts(length):
    """A match as matches of 3 to 258 bytes."""
    while length:
        part = length if length <= 258 else min(258, length - 3)
        yield part
        length -= part


def put(bits, table, value, code):
    """The code of a value and its extra bits."""
    number = max(n for n, (start, _) in enumerate(table) if start <= value)
    start, extra = table[number]
    code(number)
    bits.put(value - start, extra)


def symbol(bits, value):
    """A literal or length in the fixed code, highest bit first."""
    for last, size, start in ((143, 8, 0x30), (255, 9, 0x190),
                              (279, 7, 0), (287, 8, 0xC0)):
        if value <= last:
            first = {143: 0, 255: 144, 279: 256, 287: 280}[last]
            bits.put(reverse(start + value - first, size), size)
            return


def reverse(value, size):
    """The low bits of a value in the opposite order."""
    return int(format(value, f"0{size}b")[::-1], 2)
