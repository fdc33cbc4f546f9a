# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Repetitions in bytes, found the same way for ever."""


def tokens(raw, window, shortest=4, margin=0, keep=0):
    """[(literals, distance, length)], the last one without a match.

    No match starts in the last `margin` bytes or reaches into the last
    `keep`; distances are at most `window`.
    """
    out, seen, start, at = [], {}, 0, 0
    while at + shortest <= len(raw) - keep and at < len(raw) - margin:
        key = raw[at:at + shortest]
        found = seen.get(key, -1)
        seen[key] = at
        if found < 0 or at - found > window:
            at += 1
            continue
        length = common(raw, found, at, len(raw) - keep - at)
        out.append((raw[start:at], at - found, length))
        at += length
        start = at
    out.append((raw[start:], 0, 0))
    return out


def common(raw, first, second, limit):
    """How many of at most `limit` bytes from two places on are equal."""
    low, step = 0, 16
    while low < limit:
        size = min(step, limit - low)
        if (raw[first + low:first + low + size]
                == raw[second + low:second + low + size]):
            low += size
            step *= 2
        elif size == 1:
            break
        else:
            step = size // 2
            limit = low + size
    return low


class Bits:
    """A bit string, filled from the least significant bit of each byte."""

    def __init__(self):
        self.value = self.count = 0
        self.bytes = bytearray()

    def put(self, value, count):
        self.value |= value << self.count
        self.count += count
        while self.count >= 8:
            self.bytes.append(self.value & 0xFF)
            self.value >>= 8
            self.count -= 8

    def align(self):
        """Fills the last byte with zeros."""
        if self.count:
            self.put(0, 8 - self.count)
