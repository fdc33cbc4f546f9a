# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Bytes that compressors treat in different ways, made of a seed.

Each function gives `size` bytes; `chance` is a random.Random.
"""

LETTERS = "etaoinshrdlucmfwypvbgk"


def zeros(_, size):
    """The longest extents that there are."""
    return bytes(size)


def text(chance, size):
    """What a strong compressor halves twice."""
    words = ["".join(chance.choices(LETTERS, k=chance.randrange(1, 11)))
             for _ in range(800)]
    out = " ".join(chance.choices(words, k=size // 4 + 1))
    return out.encode()[:size]


def runs(chance, size):
    """Runs of one byte each: matches that overlap themselves."""
    out = bytearray()
    while len(out) < size:
        out += bytes([chance.randrange(256)]) * chance.randrange(1, 900)
    return bytes(out[:size])


def noise(chance, size):
    """What no compressor makes shorter: plain pclusters."""
    return chance.randbytes(size)


def mixed(chance, size):
    """Compressed and plain pclusters in turns, at no round offsets."""
    out = bytearray()
    while len(out) < size:
        out += text(chance, chance.randrange(1, 30_000))
        out += noise(chance, chance.randrange(1, 20_000))
    return bytes(out[:size])


def echo(chance, size):
    """Noise that comes back from far away, at the edge of the window."""
    piece = noise(chance, min(size, 60_000) or 1)
    return (piece * (size // len(piece) + 1))[:size]


KINDS = {"zeros": zeros, "text": text, "runs": runs, "noise": noise,
         "mixed": mixed, "echo": echo}
