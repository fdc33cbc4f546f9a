# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The images that a benchmark reads, packed once and kept in build/bench."""

import collections
import hashlib
import os
import re
import shutil
import subprocess

import trees

# bytes: of content, which every reader of the whole image must produce.
Image = collections.namedtuple("Image", "name path size files bytes options")

LIBRARY = "/usr/lib"
SEED = 1
STAMP = "-T1700000000"

# name: (tree, options of mkfs.erofs). 64 KiB pclusters are what the strong
# compressors are used with; 4 KiB is what LZ4 images of phones have. Of small
# files, nothing would be compressed but for packed tails.
CASES = {
    "plain": ("library", []),
    "lz4": ("library", ["-zlz4"]),
    "lz4-64k": ("library", ["-zlz4", "-C65536"]),
    "lz4hc": ("library", ["-zlz4hc", "-C65536"]),
    "lzma": ("library", ["-zlzma", "-C65536"]),
    "deflate": ("library", ["-zdeflate", "-C65536"]),
    "zstd": ("library", ["-zzstd", "-C65536"]),
    "small-plain": ("small", []),
    "small-lz4": ("small", ["-zlz4", "-Eztailpacking"]),
    "small-zstd": ("small", ["-zzstd", "-Eztailpacking"]),
    "small-packed": ("small", ["-zzstd", "-C65536",
                               "-Efragments,dedupe"]),
}


class CannotPack(Exception):
    """This mkfs.erofs does not make such an image."""


def outcome(*command):
    return subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)


def version(tool):
    """What a tool calls itself; some of old do not say."""
    said = outcome(tool, "-V").stdout.decode(errors="replace")
    found = re.search(r"erofs\S*(?: \(erofs-utils\))? v?(\d+\.[\w.-]+)", said)
    return found.group(1) if found else "of unknown version"


def measure_tree(top):
    """(files, bytes) of the regular files below a directory."""
    files = size = 0
    for folder, _, leaves in os.walk(top):
        for leaf in leaves:
            path = os.path.join(folder, leaf)
            if not os.path.islink(path):
                files, size = files + 1, size + os.path.getsize(path)
    return files, size


class Store:
    """Trees and images below one folder; `quick` makes them a tenth."""

    def __init__(self, folder, mkfs, quick, say):
        self.folder, self.mkfs, self.say = folder, mkfs, say
        self.limit = (50 if quick else 500) << 20
        self.count = 20_000 if quick else 200_000
        self.facts = {}
        where = shutil.which(mkfs)
        if where is None:
            raise CannotPack(f"there is no {mkfs}")
        with open(where, "rb") as program:
            self.writer = hashlib.sha256(program.read()).hexdigest()

    def tree(self, kind):
        """The directory of a tree, made if it is not there."""
        amount = self.limit if kind == "library" else self.count
        top = os.path.join(self.folder, "trees", f"{kind}-{amount}")
        if not os.path.isdir(top):
            self.say(f"making the tree '{kind}'")
            shutil.rmtree(top + ".part", ignore_errors=True)
            if kind == "library":
                trees.library(top + ".part", LIBRARY, amount)
            else:
                trees.small(top + ".part", amount, SEED)
            os.rename(top + ".part", top)
        if top not in self.facts:
            self.facts[top] = measure_tree(top)
        return top

    def image(self, name):
        """The image of a case, packed if it is not there."""
        kind, options = CASES[name]
        top = self.tree(kind)
        key = "\n".join([self.writer, top, STAMP, *options])
        digest = hashlib.sha256(key.encode()).hexdigest()[:12]
        path = os.path.join(self.folder, "images", f"{name}-{digest}.erofs")
        if not os.path.exists(path):
            self.say(f"packing '{name}'")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            made = outcome(self.mkfs, STAMP, *options, path + ".part", top)
            if made.returncode != 0:
                if os.path.exists(path + ".part"):
                    os.unlink(path + ".part")
                raise CannotPack(reason(made))
            os.rename(path + ".part", path)
        files, size = self.facts[top]
        return Image(name, path, os.path.getsize(path), files, size,
                     " ".join(options))


def reason(made):
    """The line of mkfs.erofs that tells most."""
    lines = made.stdout.decode(errors="replace").strip().splitlines()
    errors = [line for line in lines if "<E>" in line] or lines
    return errors[0] if errors else f"exit {made.returncode}"


def given(path):
    """An image that somebody else packed; its content is not known."""
    name = os.path.basename(path)
    return Image(name.removesuffix(".erofs"), path, os.path.getsize(path),
                 None, None, "")
