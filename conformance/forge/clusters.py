# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The extents of a compressed inode and the room that they take.

    cluster:
      algorithm: lz4     of HEAD1; `algorithm2`, of HEAD2
      lclusterbits: 0    logical clusters of so many blocks, as a power of 2
      record: 16         bytes of a record (layout `extents`)
      two_byte, big, interlaced: true    h_advise; big where it is needed
      legacy: true       LZ4 of the first form, at the start of its pcluster
      terminator: false  the last entry is another NONHEAD
      entries: {3: {delta0: 9}}          over the entries of the index
      extents:           in file order; one for everything if not given
        - length: 1000   of the content, else all of `data` or all that is left
          data: ...      this part of the content
          as: raw        or lz4, lzma, deflate, zstd, hole, fragment
          head: 2        HEAD2
          options: {}    for the encoder
          decoded: ...   what is encoded instead of the content
          stream: ...    what is stored instead of a stream
          align: left    where in the pcluster
          blocks, stored: size of the pcluster in blocks or in bytes
          partial: true  PARTIAL_REF
          inline: true   behind the index
          from: 0        position in the packed inode (fragment)
          share: 0       the pcluster of that extent, or of [node, extent]
          at: 9          block, or byte for records; `bare`: nothing is written
"""

import compress
from values import RecipeError, data, up

LAYOUTS = {"full": 1, "compact": 3, "extents": 1, "fragment": 1}
KEYS = {"algorithm", "algorithm2", "lclusterbits", "record", "two_byte",
        "big", "interlaced", "terminator", "entries", "extents", "legacy"}
EXTENT_KEYS = {"length", "data", "as", "head", "options", "decoded",
               "stream", "align", "blocks", "stored", "partial", "inline",
               "from", "share", "at", "bare"}


class Extent:
    """A part of a file and the pcluster that it comes from."""

    def __init__(self, doc, owner):
        if set(doc) - EXTENT_KEYS:
            raise RecipeError(f"extent: {set(doc) - EXTENT_KEYS}?")
        self.doc, self.owner = doc, owner
        self.head = doc.get("head", 1)
        name = "algorithm2" if self.head == 2 else "algorithm"
        usual = "fragment" if owner.form == "fragment" else "lz4"
        self.kind = doc.get("as", owner.doc.get(name, usual))
        self.inline = doc.get("inline", False)
        self.content = data(doc["data"]) if "data" in doc else None
        self.start = self.length = self.at = 0

    @property
    def shared(self):
        return "share" in self.doc or self.doc.get("bare", False)

    @property
    def stores(self):
        """Whether it has a pcluster in the blocks of the image."""
        return (not self.inline and not self.shared
                and self.kind not in ("hole", "fragment"))

    def stream(self):
        """What is stored, without padding."""
        if "stream" in self.doc:
            return data(self.doc["stream"])
        raw = (data(self.doc["decoded"]) if "decoded" in self.doc
               else self.content)
        if self.kind in compress.ALGORITHMS:
            return compress.encode(self.kind, raw,
                                   self.doc.get("options", {}))
        if self.owner.doc.get("interlaced") and not self.inline:
            return self.rotated(raw)
        return raw

    def rotated(self, raw):
        """Raw bytes, each at its place in a block."""
        size = self.owner.block_size
        out = bytearray(up(len(raw), size))
        first = raw[:size - self.start % size]
        last = len(out) - size + self.start % size
        out[last:last + len(first)] = first
        out[:len(raw) - len(first)] = raw[len(first):]
        return bytes(out)

    def stored(self):
        """Bytes of the pcluster."""
        if "stored" in self.doc:
            return self.doc["stored"]
        size = self.owner.block_size
        if "blocks" in self.doc:
            return self.doc["blocks"] * size
        if self.content is None and "stream" not in self.doc:
            return size  # the content is not known yet
        length = len(self.stream())
        whole = self.owner.form != "extents" and not self.inline
        return max(up(length, size), size) if whole else length

    def pcluster(self, zero_padded):
        """The bytes of the pcluster."""
        stream, size = self.stream(), self.stored()
        if len(stream) > size:
            raise RecipeError(f"{len(stream)} bytes for a pcluster of {size}")
        right = self.kind in compress.ALGORITHMS and zero_padded
        if self.doc.get("align", "right" if right else "left") == "right":
            return stream.rjust(size, b"\0")
        return stream.ljust(size, b"\0")


class Clusters:
    """All extents of an inode."""

    def __init__(self, doc, form, block_size):
        if set(doc) - KEYS:
            raise RecipeError(f"cluster: {set(doc) - KEYS}?")
        self.doc, self.form, self.block_size = doc, form, block_size
        self.size = block_size << doc.get("lclusterbits", 0)
        self.zero_padded = not doc.get("legacy", False)
        self.extents = [Extent(part, self)
                        for part in doc.get("extents", [{}])]

    def content(self):
        """The content, where the extents give it."""
        return b"".join(bytes(e.doc.get("length", 0)) if e.content is None
                        else e.content for e in self.extents)

    def divide(self, size, content=None):
        """Gives each extent its place, and its part of the content."""
        at = 0
        for extent in self.extents:
            extent.start, given = at, "data" in extent.doc
            left = len(extent.content) if given else size - at
            extent.length = extent.doc.get("length", left)
            at += extent.length
            if not given and content is not None:
                extent.content = content[extent.start:at]

    def count(self, size):
        """Logical clusters of a file."""
        return -(-size // self.size)

    def big(self):
        """Whether some pcluster needs a count of its blocks."""
        return self.doc.get("big", any(
            extent.stores and extent.stored() > self.block_size
            for extent in self.extents) and self.form != "extents")

    def spans(self):
        """Whether records of LZ4 may lie in more than one block each."""
        return self.form == "extents" and "lz4" in self.used()

    def inline(self):
        """The extent that is stored behind the index."""
        return next((e for e in self.extents if e.inline), None)

    def fragment(self):
        """The extent that lies in the packed inode."""
        return next((e for e in self.extents if e.kind == "fragment"), None)

    def advise(self):
        """h_advise."""
        value = 0x10 * bool(self.doc.get("interlaced"))
        value |= 0x20 * (self.fragment() is not None)
        if self.form == "extents":
            return value | 1 | (self.record().bit_length() - 3) << 1
        big = self.big()
        first, second = big, big and self.form == "compact"
        if self.form == "full" and big:
            second = any(e.head == 2 or e.kind == "raw"
                         for e in self.extents if e.stores
                         and e.stored() > self.block_size)
        value |= 0x02 * first | 0x04 * second
        value |= 0x08 * (self.inline() is not None)
        return value | int(self.form == "compact"
                           and self.doc.get("two_byte", False))

    def record(self):
        """Bytes of an extent record."""
        return self.doc.get("record", 16)

    def algorithms(self):
        """Names of the algorithms of HEAD1 and HEAD2."""
        return (self.doc.get("algorithm", "lz4"),
                self.doc.get("algorithm2", "lz4"))

    def used(self):
        """Names of all algorithms that extents use."""
        return {extent.kind for extent in self.extents
                if extent.kind in compress.ALGORITHMS}
