# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Which options a mkfs.erofs has, so that no case forgets one.

Its --help names options and compressors. Words of -E it does not list, and
some versions ignore words that they do not know; so those are tried: a word
that changes the image is one that the tool has.
"""

import os
import re
import subprocess

import trees

# Options that no case needs to use, and why.
IDLE = {
    "--help": "makes no image", "-h": "makes no image",
    "--version": "makes no image", "-V": "makes no image",
    "--tar": "reads another source", "--ungzip": "goes with --tar",
    "--unxz": "goes with --tar", "--gzinfo": "goes with --tar",
    "--sort": "goes with --tar", "--aufs": "goes with --tar",
    "--ovlfs-strip": "goes with --tar",
    "--offset": "the image begins elsewhere",
    "--incremental": "needs an image to begin with",
    "--clean": "what is done without it", "--all-time": "likewise",
    "--vmdk-desc": "writes another file",
}

# Words of -E, of any version, and what must stand beside them to show.
WORDS = {
    "legacy-compress": ["-zlz4"],
    "force-inode-compact": [],
    "force-inode-extended": ["-T1"],
    "nosbcrc": [],
    "noinline_data": [],
    "force-chunk-indexes": ["--chunksize=4096"],
    "ztailpacking": ["-zlz4"],
    "fragments": ["-zlz4"],
    "all-fragments": ["-zlz4"],
    "dedupe": ["-zlz4"],
    "dot-omitted": [],
    "xattr-name-filter": [],
    "48bit": ["-zlz4"],
}
# What every version has, and what changes nothing: a chunked file of one
# device is made so anyway.
INVISIBLE = {"force-inode-blockmap"}

# Where the superblock keeps the time of writing and what follows from it.
CHECKSUM, BUILT = slice(1028, 1032), slice(1048, 1060)


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)


def listed(text):
    """({options}, {compressors}) of what --help prints."""
    options, compressors = set(), set()
    here = False  # below the head of a list of compressors
    for line in text.splitlines():
        name = re.fullmatch(r"\s+([a-z][a-z0-9]+)", line)
        if re.match(r" {0,4}-", line):
            here = False
            usage = re.split(r"\s{2,}", line.strip())[0]
            options |= {name[:2] if name[1] != "-" else name for name in
                        re.findall(r"(?:^|, )(-[A-Za-z]|--[\w-]+)", usage)}
        elif line.startswith("Available compressors are:"):
            compressors |= set(re.split(r"[,:\s]+", line.strip())[3:])
        elif "supported compressors" in line:
            here = True
        elif here and name:
            compressors.add(name.group(1))
    return options - set(IDLE), compressors - {""}


def used(lines):
    """The same of command lines, and the words of -E."""
    options, compressors, words = set(), set(), set()
    for word in (word for line in lines for word in line):
        options.add(word.split("=")[0] if word.startswith("--")
                    else word[:2])
        if word.startswith("-z"):
            compressors |= {each.split(",")[0]
                            for each in word[2:].split(":")}
        if word.startswith("-E"):
            words |= {each.split("=")[0] for each in word[2:].split(",")}
    return options, compressors, words


class Probe:
    """Tries words of -E on one small tree."""

    def __init__(self, mkfs, fixed, scratch):
        self.mkfs, self.fixed = mkfs, fixed
        self.source = os.path.join(scratch, "probe")
        self.image = os.path.join(scratch, "probe.erofs")
        trees.grow(self.source, "probe", 1)

    def pack(self, *options):
        """The image but for the time, or nothing where mkfs.erofs fails."""
        made = run(self.mkfs, self.fixed, *options, self.image, self.source)
        if made.returncode != 0 or not os.path.exists(self.image):
            return None
        with open(self.image, "rb") as file:
            data = bytearray(file.read())
        os.unlink(self.image)
        for part in (CHECKSUM, BUILT):
            data[part] = bytes(part.stop - part.start)
        return data

    def has(self, word):
        """Whether the word changes anything."""
        base = WORDS[word]
        with_it = self.pack(*base, "-E" + word)
        return with_it is not None and with_it != self.pack(*base)


class Tool:
    """What one mkfs.erofs can do: sets of options, compressors, words."""

    def __init__(self, mkfs, fixed, scratch):
        said = run(mkfs, "--help")
        self.options, self.compressors = listed(
            (said.stdout + said.stderr).decode())
        probe = Probe(mkfs, fixed, scratch)
        self.words = {word for word in WORDS if probe.has(word)} | INVISIBLE
        self.fixed = fixed

    def able(self, line):
        """Whether it has all that a command line asks for."""
        options, compressors, words = used([line])
        return (options <= self.options and words <= self.words
                and compressors <= self.compressors)

    def unused(self, lines):
        """What it has and no command line uses: sentences."""
        if not self.options or not self.compressors:
            return ["--help lists nothing that looks like options"]
        lines = [line for line in lines if self.able(line)] + [[self.fixed]]
        pairs = zip(("the option", "the compressor", "-E"),
                    (self.options, self.compressors, self.words),
                    used(lines))
        return [f"has {what} {name}, which no case uses"
                for what, has, uses in pairs for name in sorted(has - uses)]
