# SPDX-License-Identifier: Apache-2.0 OR MIT
"""LZ4 blocks."""

from compress_match import tokens

# The last match starts so far before the end, and ends so far before it.
MARGIN, KEEP = 12, 5


def encode(raw, window=65535):
    """A block that decodes to `raw`."""
    return sequences(tokens(raw, window, 4, MARGIN, KEEP))


def sequences(parts):
    """A block of (literals, distance, length); 0, 0 for no match."""
    out = bytearray()
    for literals, distance, length in parts:
        long_literals = min(len(literals), 15)
        long_match = min(length - 4, 15) if length else 0
        out.append(long_literals << 4 | long_match)
        if long_literals == 15:
            out += extension(len(literals) - 15)
        out += literals
        if length:
            out += distance.to_bytes(2, "little")
            if long_match == 15:
                out += extension(length - 4 - 15)
    return bytes(out)


def extension(value):
    """What is left of a length that does not fit its four bits."""
    return b"\xff" * (value // 255) + bytes([value % 255])
