# SPDX-License-Identifier: Apache-2.0 OR MIT
"""MicroLZMA: LZMA without header, its first byte the inverted properties."""

from compress_match import tokens

HALF = 1024
LONGEST = 273


class RangeCoder:
    """Binary arithmetic coder with adaptive probabilities."""

    def __init__(self):
        self.low, self.range = 0, 0xFFFFFFFF
        self.cache, self.pending = 0, 1
        self.out = bytearray()
        self.odds = {}

    def shift(self):
        """Sends the highest byte of the lower bound."""
        if self.low < 0xFF000000 or self.low > 0xFFFFFFFF:
            carry = self.low >> 32
            for number in range(self.pending):
                byte = self.cache if number == 0 else 0xFF
                self.out.append(byte + carry & 0xFF)
            self.pending = 0
            self.cache = self.low >> 24 & 0xFF
        self.pending += 1
        self.low = self.low << 8 & 0xFFFFFFFF

    def normalise(self):
        if self.range < 1 << 24:
            self.range = self.range << 8 & 0xFFFFFFFF
            self.shift()

    def bit(self, key, bit):
        """A bit whose probability is kept under a key."""
        self.normalise()
        odds = self.odds.get(key, HALF)
        bound = (self.range >> 11) * odds
        if bit:
            self.low += bound
            self.range -= bound
            self.odds[key] = odds - (odds >> 5)
        else:
            self.range = bound
            self.odds[key] = odds + (2048 - odds >> 5)

    def direct(self, value, count):
        """Bits of which both values are equally likely."""
        for shift in range(count - 1, -1, -1):
            self.normalise()
            self.range >>= 1
            if value >> shift & 1:
                self.low += self.range

    def tree(self, key, value, count):
        """A number, its highest bit first."""
        node = 1
        for shift in range(count - 1, -1, -1):
            bit = value >> shift & 1
            self.bit((*key, node), bit)
            node = node << 1 | bit

    def tree_reversed(self, key, value, count):
        """A number, its lowest bit first."""
        node = 1
        for shift in range(count):
            bit = value >> shift & 1
            self.bit((*key, node), bit)
            node = node << 1 | bit

    def finish(self):
        """Everything, with the bytes a decoder needs to end at zero."""
        self.normalise()
        for _ in range(5):
            self.shift()
        return bytes(self.out)


class Encoder:
    """Literals and plain matches; no use of earlier distances."""

    def __init__(self, raw, lc, lp, pb):
        self.raw, self.lc, self.lp, self.pb = raw, lc, lp, pb
        self.coder = RangeCoder()
        self.at = self.state = self.last = 0

    def position(self):
        return self.at & (1 << self.pb) - 1

    def literal(self):
        self.coder.bit(("match", self.state, self.position()), 0)
        before = self.raw[self.at - 1] if self.at else 0
        where = (self.at & (1 << self.lp) - 1) << self.lc
        key = ("literal", where | before >> 8 - self.lc)
        byte = self.raw[self.at]
        if self.state < 7:
            self.coder.tree(key, byte, 8)
        else:
            self.against_match(key, byte, self.raw[self.at - self.last])
        self.state = max(0, self.state - (3 if self.state < 10 else 6))
        self.at += 1

    def against_match(self, key, byte, other):
        """A literal that is known to differ from what a match would be."""
        node, same = 1, True
        for shift in range(7, -1, -1):
            bit, expected = byte >> shift & 1, other >> shift & 1
            offset = 0x100 + (expected << 8) if same else 0
            self.coder.bit((*key, offset + node), bit)
            node = node << 1 | bit
            same = same and bit == expected

    def match(self, distance, length):
        self.coder.bit(("match", self.state, self.position()), 1)
        self.coder.bit(("repeat", self.state), 0)
        self.length(length - 2)
        self.distance(distance - 1, min(length - 2, 3))
        self.state = 7 if self.state < 7 else 10
        self.last = distance
        self.at += length

    def length(self, value):
        coder, position = self.coder, self.position()
        coder.bit(("long",), value >= 8)
        if value < 8:
            coder.tree(("short", position), value, 3)
            return
        coder.bit(("longer",), value >= 16)
        if value < 16:
            coder.tree(("middle", position), value - 8, 3)
        else:
            coder.tree(("longest",), value - 16, 8)

    def distance(self, value, kind):
        coder, slot = self.coder, value
        if value >= 4:
            high = value.bit_length() - 1
            slot = high << 1 | value >> high - 1 & 1
        coder.tree(("slot", kind), slot, 6)
        if slot < 4:
            return
        bits = (slot >> 1) - 1
        rest = value - ((2 | slot & 1) << bits)
        if slot < 14:
            coder.tree_reversed(("special", slot), rest, bits)
        else:
            coder.direct(rest >> 4, bits - 4)
            coder.tree_reversed(("aligned",), rest & 15, 4)


def encode(raw, window=1 << 23, lc=3, lp=0, pb=2, marker=False):
    """A stream that decodes to `raw`; `marker` ends it as LZMA may end."""
    encoder = Encoder(raw, lc, lp, pb)
    for literals, distance, length in tokens(raw, window):
        for _ in literals:
            encoder.literal()
        while length:
            part = length if length <= LONGEST else min(LONGEST, length - 2)
            encoder.match(distance, part)
            length -= part
    if marker:
        encoder.match(1 << 32, 2)
    stream = encoder.coder.finish()
    return bytes([~((pb * 5 + lp) * 9 + lc) & 0xFF]) + stream[1:]
