# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Zstandard frames of raw and run-length blocks, and of compressed blocks
with one sequence each, so that no entropy coder is needed."""

from compress_match import Bits, tokens
from digests import xxh64

MAGIC = 0xFD2FB528
BLOCK = 1 << 17
LITERALS = [(n, 0) for n in range(16)] + [
    (16, 1), (18, 1), (20, 1), (22, 1), (24, 2), (28, 2), (32, 3), (40, 3),
    (48, 4), (64, 6), (128, 7), (256, 8), (512, 9), (1024, 10), (2048, 11),
    (4096, 12), (8192, 13), (16384, 14), (32768, 15), (65536, 16)]
MATCHES = [(3 + n, 0) for n in range(32)] + [
    (35, 1), (37, 1), (39, 1), (41, 1), (43, 2), (47, 2), (51, 3), (59, 3),
    (67, 4), (83, 4), (99, 5), (131, 7), (259, 8), (515, 9), (1027, 10),
    (2051, 11), (4099, 12), (8195, 13), (16387, 14), (32771, 15),
    (65539, 16)]
RAW, RUN, COMPRESSED = 0, 1, 2


def encode(raw, window=None, size=True, checksum=False, dictionary=0,
           plain=False):
    """A frame that decodes to `raw`.

    window: the byte of the window descriptor; without it one segment.
    size: true, false or another number; the content size of the header.
    checksum: true, false or another number. plain: raw blocks alone.
    """
    out = bytearray(header(len(raw), window, size, checksum, dictionary))
    out += blocks(raw, plain)
    if checksum is not False:
        value = xxh64(raw) if checksum is True else checksum
        out += (value & 0xFFFFFFFF).to_bytes(4, "little")
    return bytes(out)


def header(length, window, size, checksum, dictionary):
    """Magic number and frame header."""
    if size is not False:
        length = length if size is True else size
    single = window is None
    code, wide = 0, 0
    if size is not False or single:
        code, wide = next(
            (code, wide) for code, wide, least, most in (
                (0, 1, 0 if single else 256, 255), (1, 2, 256, 65791),
                (2, 4, 0, (1 << 32) - 1), (3, 8, 0, (1 << 64) - 1))
            if least <= length <= most)
    out = MAGIC.to_bytes(4, "little")
    named = 0 if not dictionary else 3
    out += bytes([code << 6 | single << 5 | (checksum is not False) << 2
                  | named])
    if not single:
        out += bytes([window])
    if named:
        out += dictionary.to_bytes(4, "little")
    if wide == 2:
        length -= 256
    return out + (length if wide else 0).to_bytes(wide, "little")


def blocks(raw, plain):
    """The blocks of a frame."""
    if not plain and len(raw) > 3 and raw == raw[:1] * len(raw):
        parts = [(RUN, raw[:1], min(BLOCK, len(raw) - at))
                 for at in range(0, len(raw), BLOCK)]
    elif plain:
        parts = literal_blocks(raw)
    else:
        parts = []
        for literals, distance, length in tokens(raw, 1 << 20):
            parts += literal_blocks(literals) if not length else []
            while length:
                step = length if length <= 65000 else min(65000, length - 3)
                parts += literal_blocks(literals[:-60000])
                parts.append(sequence(literals[-60000:], distance, step))
                literals, length = b"", length - step
    out = bytearray()
    for number, (kind, content, size) in enumerate(parts or [(RAW, b"", 0)]):
        last = number + 1 >= len(parts)
        out += (last | kind << 1 | size << 3).to_bytes(3, "little") + content
    return out


def literal_blocks(raw):
    """Raw blocks."""
    return [(RAW, raw[at:at + BLOCK], len(raw[at:at + BLOCK]))
            for at in range(0, len(raw), BLOCK)]


def sequence(literals, distance, length):
    """A compressed block: raw literals and one match."""
    out = bytearray()
    if len(literals) < 32:
        out.append(len(literals) << 3)
    elif len(literals) < 4096:
        out += (len(literals) << 4 | 1 << 2).to_bytes(2, "little")
    else:
        out += (len(literals) << 4 | 3 << 2).to_bytes(3, "little")
    out += literals
    first, first_bits, first_more = code(LITERALS, len(literals))
    match, match_bits, match_more = code(MATCHES, length)
    offset = (distance + 3).bit_length() - 1
    # One sequence; each of the three tables has one symbol.
    out += bytes([1, 0b01010100, first, offset, match])
    bits = Bits()
    bits.put(first_more, first_bits)
    bits.put(match_more, match_bits)
    bits.put(distance + 3 - (1 << offset), offset)
    bits.put(1, 1)
    bits.align()
    out += bits.bytes
    return COMPRESSED, bytes(out), len(out)


def code(table, value):
    """(code, count of extra bits, extra bits) of a length."""
    number = max(n for n, (start, _) in enumerate(table) if start <= value)
    start, bits = table[number]
    return number, bits, value - start
