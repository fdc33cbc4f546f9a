# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Where the structures of a conforming image lie, found by walking it.

Only for images that no recipe describes. What is compressed is not walked
into, and an image is trusted: it has been checked before.
"""

import struct

PLAIN, FULL, INLINE, COMPACT, CHUNK = range(5)
DIRECTORY, TYPES = 0o040000, 0o170000


def up(value, unit):
    return -(-value // unit) * unit


class Walk:
    """[(Struct, first byte)] of an image."""

    def __init__(self, spec, image, start):
        self.structs, self.image, self.start = spec.structs, image, start
        self.symbols, self.seen = [], set()
        head = self.add("Superblock", start + 1024)
        self.block = 1 << head["blkszbits"]
        self.meta = head["meta_blkaddr"] * self.block
        for number in range(head["extra_devices"]):
            self.add("DeviceSlot", start + 128 * (head["devt_slotoff"]
                                                  + number))
        root = head["rootnid_2b"]
        if head["feature_incompat"] & 0x80 and head["rootnid_8b"]:
            root = head["rootnid_8b"]
        todo = [root]
        if head["packed_nid"]:
            todo.append(head["packed_nid"])
        while todo:
            todo += self.inode(todo.pop())
        self.shared(head)

    def add(self, name, at):
        """Notes a structure, where all of it is there; its fields."""
        what = self.structs[name]
        data = self.image[at:at + what.size]
        if len(data) < what.size:
            return None
        self.symbols.append((what, at))
        return what.unpack(data)

    def inode(self, nid):
        """One inode and what belongs to it; the NIDs that it names."""
        at = self.start + self.meta + 32 * nid
        if nid in self.seen or nid >> 63 or \
                at + 32 > len(self.image):
            return []
        self.seen.add(nid)
        form = struct.unpack_from("<H", self.image, at)[0]
        name = "InodeExtended" if form & 1 else "InodeCompact"
        fields = self.add(name, at)
        if fields is None:
            return []
        layout, size = form >> 1 & 7, fields["i_size"]
        end = at + self.structs[name].size
        if fields["i_xattr_icount"]:
            area = 12 + 4 * (fields["i_xattr_icount"] - 1)
            self.attributes(end, end + area)
            end += area
        if layout == CHUNK:
            self.chunks(end, size, fields["i_u"])
        elif layout in (FULL, COMPACT):
            self.clusters(end, size, layout)
        elif fields["i_mode"] & TYPES == DIRECTORY:
            return self.directory(fields["i_u"], size,
                                  end if layout == INLINE else None)
        return []

    def attributes(self, at, end):
        """The area of attributes behind an inode."""
        head = self.add("XattrHeader", at)
        at += 12
        for _ in range(head["h_shared_count"]):
            self.add("XattrSharedId", at)
            at += 4
        while at < end:
            at = self.entry(at)

    def entry(self, at):
        entry = self.add("XattrEntry", at)
        return at + up(4 + entry["e_name_len"] + entry["e_value_size"], 4)

    def shared(self, head):
        """Those shared entries that inodes refer to."""
        base = self.start + head["xattr_blkaddr"] * self.block
        ids = {struct.unpack_from("<I", self.image, at)[0]
               for what, at in self.symbols if what.name == "XattrSharedId"}
        for number in sorted(ids):
            if base + 4 * number + 4 <= len(self.image):
                self.add("XattrEntry", base + 4 * number)

    def chunks(self, at, size, form):
        unit = 8 if form & 0x20 else 4
        step = self.block << (form & 0x1F)
        at = up(at - self.start, unit) + self.start
        for number in range(up(size, step) // step):
            self.add("ChunkIndex" if unit == 8 else "ChunkMapEntry",
                     at + unit * number)

    def clusters(self, at, size, layout):
        """Map header and full index; packs of the compact one, 8 bytes."""
        at = up(at - self.start, 8) + self.start
        head = self.add("ClusterHeader", at)
        if head is None or head["h_clusterbits"] & 0x80:
            return
        step = self.block << (head["h_clusterbits"] & 0xF)
        count = up(size, step) // step
        if layout == FULL and not head["h_advise"] & 1:
            for number in range(count):
                self.add("FullIndex", at + 16 + 8 * number)
        elif layout == COMPACT:
            for number in range(min(count // 2, 8)):
                self.add("CompactPack4", at + 8 + 8 * number)

    def directory(self, first, size, tail):
        """The entries of a directory whose last block may be a tail."""
        found = []
        for number in range(up(size, self.block) // self.block):
            left = size - number * self.block
            at = self.start + (first + number) * self.block
            if tail is not None and left < self.block:
                at = tail
            count = struct.unpack_from("<H", self.image, at + 8)[0] // 12
            for slot in range(count):
                entry = self.add("Dirent", at + 12 * slot)
                if entry:
                    found.append(entry["nid"])
        return found
