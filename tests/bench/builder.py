# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Images made by a few lines of code, quickly, however large they are.

The forge of the suite checks what it is told; this does not.
"""

import pathlib
import struct
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "conformance/forge"), str(ROOT / "spec/gen")]

import compress  # noqa: E402,F401  (for those who use this module)
import model  # noqa: E402

SPEC = model.load(str(ROOT / "spec"))
BLOCK = 4096
PLAIN, FULL, INLINE, CHUNK = 0, 1, 2, 4
DIRECTORY, REGULAR = 0o040755, 0o100644
NONHEAD, HEAD = 2, 1


def up(value, unit):
    return -(-value // unit) * unit


class Image:
    """Blocks of content first, then inodes; an inode can wait for its bytes."""

    def __init__(self):
        self.blocks = bytearray(BLOCK)  # the first holds the superblock
        self.inodes, self.sizes = {}, {}
        self.cursor = 64  # NID 0 means none in some places

    def content(self, data):
        """Stores blocks; the number of the first."""
        first = len(self.blocks) // BLOCK
        self.blocks += data + bytes(-len(data) % BLOCK)
        return first

    def reserve(self, behind):
        """The NID of an inode with so many bytes behind its 64."""
        at = up(self.cursor, 32)
        if at % BLOCK + 64 + behind > BLOCK:
            at = up(at, BLOCK)  # no tail may cross a block
        self.cursor = at + 64 + behind
        self.sizes[at // 32] = behind
        return at // 32

    def fill(self, nid, mode, layout, size, behind=b"", **fields):
        """The inode and what lies behind it."""
        if len(behind) > self.sizes[nid]:
            raise ValueError(f"{len(behind)} bytes behind inode {nid}")
        self.inodes[nid] = SPEC.structs["InodeExtended"].pack({
            "i_format": 1 | layout << 1, "i_mode": mode, "i_size": size,
            "i_nlink": fields.pop("links", 1), "i_ino": nid + 1,
            **fields}) + behind

    def add(self, mode, layout, size, behind=b"", **fields):
        nid = self.reserve(len(behind))
        self.fill(nid, mode, layout, size, behind, **fields)
        return nid

    def folder(self, nid, parent, entries, links=2):
        """A directory in the space that was reserved for it."""
        data = listing([(b".", nid, 2), (b"..", parent, 2), *entries])
        whole = len(data) // BLOCK * BLOCK
        start = self.content(data[:whole]) if whole else 0xFFFFFFFF
        self.fill(nid, DIRECTORY, INLINE if data[whole:] else PLAIN,
                  len(data), data[whole:], i_u=start, links=links)

    def finish(self, root, **fields):
        """All bytes."""
        meta = len(self.blocks) // BLOCK
        out = bytearray(self.blocks) + bytes(up(self.cursor, BLOCK))
        for nid, data in self.inodes.items():
            at = meta * BLOCK + 32 * nid
            out[at:at + len(data)] = data
        packed = SPEC.structs["Superblock"].pack({
            "magic": 0xE0F5E1E2, "blkszbits": 12, "rootnid_2b": root,
            "inos": len(self.inodes), "blocks_lo": len(out) // BLOCK,
            "meta_blkaddr": meta, **fields})
        out[1024:1024 + len(packed)] = packed
        return bytes(out)


def listing(entries):
    """The content of a directory: [(name, nid, type)], split in blocks."""
    parts, part, used = [], [], 0
    for name, nid, kind in sorted(entries):
        if used + 12 + len(name) > BLOCK:
            parts, part, used = [*parts, part], [], 0
        part.append((name, nid, kind))
        used += 12 + len(name)
    out = b""
    for part in [*parts, part]:
        at, heads, names = 12 * len(part), b"", b""
        for name, nid, kind in part:
            heads += struct.pack("<QHBB", nid, at + len(names), kind, 0)
            names += name
        out = out + bytes(-len(out) % BLOCK) + heads + names
    return out


def names(count, nid, kind=1):
    """So many entries that all refer to one inode."""
    return [(b"%06d" % number, nid, kind) for number in range(count)]


def left(entries):
    """Bytes of a directory with these that its last block takes."""
    return len(listing([(b".", 0, 2), (b"..", 0, 2), *entries])) % BLOCK


def rooted(image, entries, **fields):
    """The image with a root that lists these."""
    root = image.reserve(left(entries))
    folders = sum(kind == 2 for _, _, kind in entries)
    image.folder(root, root, entries, 2 + folders)
    return image.finish(root, **fields)


def flat(image, files, **fields):
    """The image with a root that lists these files."""
    return rooted(image, [(b"%06d" % number, nid, 1)
                          for number, nid in enumerate(files)], **fields)
