# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Images with something wrong in them, made from those that conform.

A mutant is a seed of randomness and a number, and nothing else: the same two
give the same bytes, as long as the images to begin with are the same.
"""

import random
import zlib

import changes
from seeds import digests


class Mutant:
    """One image, and what was done to which."""

    def __init__(self, number, seed, image, said):
        self.number, self.base = number, seed
        self.image, self.said = image, said


class Mutants:
    """Mutants of these images, by number."""

    def __init__(self, salt, bases):
        self.salt, self.seeds = salt, bases
        self.fields = {}  # (structure, field) -> [(seed, first byte, Field)]
        for seed in bases:
            for what, at in seed.symbols:
                for field in what.fields:
                    self.fields.setdefault((what.name, field.name), []).append(
                        (seed, at + field.at, field))
        self.keys = sorted(self.fields)
        self.streamed = [seed for seed in bases if seed.streams]

    def at(self, number):
        """The mutant of a number."""
        dice = random.Random(f"{self.salt}/{number}")
        kind = dice.choices(("field", "bytes", "stream"), (65, 15, 20))[0]
        if kind == "field":
            return self.by_field(number, dice)
        seed = dice.choice(self.streamed if kind == "stream" else self.seeds)
        image = bytearray(seed.image)
        make = changes.in_stream if kind == "stream" else changes.of_bytes
        said = [make(dice, seed, image)]
        while dice.random() < 0.2:
            said.append(make(dice, seed, image))
        return self.sealed(number, seed, image, said)

    def by_field(self, number, dice):
        """One field of a structure of some kind, sometimes several."""
        key = self.keys[number % len(self.keys)]
        seed, at, field = dice.choice(self.fields[key])
        image = bytearray(seed.image)
        said = [changes.of_field(dice, key, field, at, image)]
        while dice.random() < 0.15:
            what, start = dice.choice(seed.symbols)
            field = dice.choice(what.fields)
            said.append(changes.of_field(dice, (what.name, field.name), field,
                                         start + field.at, image))
        return self.sealed(number, seed, image, said)

    @staticmethod
    def sealed(number, seed, image, said):
        """With the checksum that its bytes have, now and then without."""
        if zlib.crc32(bytes(image)) % 50:
            seal(image, seed.offset)
        return Mutant(number, seed, bytes(image), "; ".join(said))


def seal(image, offset):
    """Mends the checksum of a superblock that says it has one."""
    start = offset + 1024
    head = image[start:start + 128]
    if len(head) < 128 or not head[8] & 1 or head[12] > 16:
        return
    size = 1 << head[12]
    end = start + (size - 1024 if size > 1024 else size)
    covered = bytearray(image[start:end]).ljust(end - start, b"\0")
    covered[4:8] = bytes(4)
    image[start + 4:start + 8] = digests.crc32c(covered).to_bytes(4, "little")
