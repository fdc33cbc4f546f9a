# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Images to begin with: what conforms, and where its structures lie."""

import csv
import functools
import pathlib
import shlex
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
SUITE, ROOT = HERE.parent, HERE.parents[1]
sys.path[:0] = [str(SUITE / "forge"), str(ROOT / "spec" / "gen")]

import digests  # noqa: E402,F401  (for those who use this module)
import model  # noqa: E402
import structures  # noqa: E402
from recipe import Forged  # noqa: E402

LARGEST = 100 * 1024
BLOCK_BITS_AT, FEATURES_AT = 1024 + 12, 1024 + 80
PAGE_BITS = 12


class Seed:
    """One image with its devices, its structures and its streams."""

    def __init__(self, name, image, devices, offset):
        self.name, self.image = name, image
        self.devices, self.offset = devices, offset
        self.symbols = []  # (Struct, first byte)
        self.streams = []  # (first byte, end) of what is compressed

    @property
    def features(self):
        """Incompatible features, as the superblock has them."""
        return struct.unpack_from("<I", self.image,
                                  self.offset + FEATURES_AT)[0]

    def known_to(self, features):
        """Whether a kernel with these features reads it at all."""
        bits = self.image[self.offset + BLOCK_BITS_AT]
        return not self.features & ~features and bits <= PAGE_BITS


def rows(folder):
    """Rows of an index whose images have to be read, if they are small."""
    with open(folder / "index.tsv", encoding="ascii", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t",
                                  quoting=csv.QUOTE_NONE):
            if (row["verdict"] in ("valid", "advisory")
                    and row["path"].endswith(".erofs")
                    and int(row["bytes"]) <= LARGEST):
                yield row


def arguments(folder, row):
    """(devices, offset) of a row; none where a device is kept packed."""
    devices, offset = [], 0
    for word in shlex.split(row["args"]):
        name, _, value = word.partition("=")
        if name == "--offset":
            offset = int(value, 0)
        elif name == "--device":
            if value.endswith(".zst"):
                return None
            devices.append((folder / value).read_bytes())
    return devices, offset


def place(seed, canvas):
    """Structures and streams of an image that the forge has built."""
    size, before = len(seed.image), seed.offset
    for what, at in canvas.symbols.values():
        if before + at + what.size <= size:
            seed.symbols.append((what, before + at))
    for start, end, what in canvas.claims:
        if what.startswith("pcluster") and before + end <= size:
            seed.streams.append((before + start, before + end))


def vectors(spec):
    """The suite's own images, as their recipes say."""
    for row in rows(SUITE):
        path = SUITE / row["path"]
        seed = Seed(row["path"], path.read_bytes(), *arguments(SUITE, row))
        canvas = Forged(spec, path.with_suffix(".yaml")).canvas
        if canvas is not None:
            place(seed, canvas)
        yield seed


def corpus():
    """What other writers have made."""
    folder = ROOT / "corpus" / "images"
    for row in rows(folder):
        given = arguments(folder, row)
        if given is not None:
            yield Seed(row["path"], (folder / row["path"]).read_bytes(),
                       *given)


def load_all():
    """The specification and every seed, in one order."""
    spec = model.load(str(ROOT / "spec"))
    seeds = [*vectors(spec), *corpus()]
    for seed in seeds:
        if not seed.symbols:
            seed.symbols = structures.Walk(spec, seed.image,
                                           seed.offset).symbols
    return spec, seeds
