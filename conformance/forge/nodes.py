# SPDX-License-Identifier: Apache-2.0 OR MIT
"""One inode of a recipe: what it holds and how many bytes that takes."""

import clusters
from values import RecipeError, data, number, up

# type: (i_mode.type, file_type, permissions)
TYPES = {"fifo": (1, 5, 0o644), "chr": (2, 3, 0o644), "dir": (4, 2, 0o755),
         "blk": (6, 4, 0o644), "reg": (8, 1, 0o644), "lnk": (10, 7, 0o777),
         "sock": (12, 6, 0o644)}
LAYOUTS = {"plain": 0, "inline": 2, "chunk": 4, **clusters.LAYOUTS}
KEYS = {"type", "form", "space", "nid", "mode", "data", "size", "entries",
        "blocks", "target", "layout", "fields", "xattrs", "chunk", "block",
        "rdev", "format", "cluster"}


def numbered(entries):
    """An entry with `times: N` stands for N entries, numbered in their
    names, each name `width` bytes long."""
    for entry in entries:
        if not isinstance(entry, dict):
            yield entry
            continue
        for number_ in range(entry["times"]):
            digits = str(number_).zfill(entry["width"] - len(entry["name"]))
            yield [entry["name"] + digits, entry["target"]]


class Node:
    """Sizes and positions; `plan` fills in the positions."""

    def __init__(self, name, doc, block_size):
        unknown = set(doc) - KEYS
        if unknown:
            raise RecipeError(f"node {name}: unknown keys {unknown}")
        self.name, self.doc, self.block_size = name, doc, block_size
        self.type = doc["type"]
        self.extended = doc.get("form", "compact") == "extended"
        self.body = 64 if self.extended else 32
        self.metabox = doc.get("space") == "metabox"
        self.at = self.nid = None
        self.start = 0  # first block of the content
        self.clusters = None
        if doc.get("layout") in clusters.LAYOUTS:
            self.clusters = clusters.Clusters(
                doc.get("cluster", {}), doc["layout"], block_size)
        self.content = self.pieces()
        self.size = doc.get("size", len(self.content))
        self.layout = doc.get("layout") or self.usual_layout()
        if self.clusters:
            self.clusters.divide(
                self.size, None if self.type == "dir" else self.content)

    def usual_layout(self):
        """Inline where something would be left for the last block."""
        left = self.size % self.block_size
        return "inline" if left and self.type in ("dir", "reg",
                                                  "lnk") else "plain"

    def pieces(self):
        """The content; a directory's with targets still to be resolved."""
        if self.type == "dir":
            return bytes(self.directory_size())
        if self.type == "lnk":
            return data(self.doc.get("target"))
        if self.clusters and "data" not in self.doc:
            return self.clusters.content()
        return data(self.doc.get("data"))

    def directory_blocks(self):
        """[[(name, target, overrides)]]: the entries of each block."""
        if "blocks" in self.doc:
            blocks = self.doc["blocks"]
        else:
            blocks, used = [], self.block_size
            for entry in numbered(self.doc.get("entries", [])):
                need = 12 + len(data(entry[0]))
                if used + need > self.block_size:
                    blocks.append([])
                    used = 0
                blocks[-1].append(entry)
                used += need
        return [[(data(e[0]), e[1], e[2] if len(e) > 2 else {})
                 for e in block] for block in blocks]

    def directory_size(self):
        """Bytes of all blocks but the last, and of what the last one uses."""
        blocks = self.directory_blocks()
        if not blocks:
            return 0
        last = sum(12 + len(name) for name, _, _ in blocks[-1])
        return (len(blocks) - 1) * self.block_size + last

    def tail(self):
        """The part of the content behind the inode."""
        if self.layout != "inline" or not self.size:
            return b""
        return self.content[(up(self.size, self.block_size)
                             - self.block_size):]

    def full(self):
        """The part of the content in blocks of its own."""
        if self.layout == "chunk" or self.clusters:
            return b""
        return self.content[:len(self.content) - len(self.tail())]

    def chunk_size(self):
        return self.block_size << self.doc["chunk"].get("blkbits", 0)

    def chunk_unit(self):
        return 8 if self.doc["chunk"].get("indexes") else 4

    def chunk_table(self):
        """One value a chunk: data, hole, a number or a mapping."""
        count = -(-self.size // self.chunk_size())
        return self.doc["chunk"].get("table", ["data"] * count)

    def i_format(self):
        """Bit groups of i_format."""
        return {"version": int(self.extended),
                "layout": LAYOUTS[self.layout],
                **self.doc.get("format", {})}

    def mode(self):
        """i_mode: type and permissions."""
        kind, _, permissions = TYPES[self.type]
        return kind << 12 | number(self.doc.get("mode", permissions), {})
