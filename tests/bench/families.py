# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Images that cost much for their size, in families: name -> image of size n.

Not all conform: what refers to one thing from everywhere, or to itself, is
what a reader must survive.
"""

import struct

from builder import (BLOCK, CHUNK, FULL, HEAD, INLINE, NONHEAD, PLAIN, REGULAR,
                     Image, compress, flat, left, names, rooted)


def directory_graph(count):
    """Each directory lists the next one twice: 2^n paths."""
    image = Image()
    nids = [image.reserve(60) for _ in range(count)]
    for nid, after in zip(nids, nids[1:]):
        image.folder(nid, nid, [(b"a", after, 2), (b"b", after, 2)], 4)
    image.folder(nids[-1], nids[-1], [])
    return image.finish(nids[0])


def shared_folder(count):
    """n directories, all with one subdirectory of n names: n^2 paths."""
    image = Image()
    file = image.add(REGULAR, INLINE, 3, b"hi\n", links=count)
    inner = image.reserve(left(names(count, file)))
    image.folder(inner, inner, names(count, file))
    outer = []
    for number in range(count):
        nid = image.reserve(64)
        image.folder(nid, nid, [(b"in", inner, 2)], 3)
        outer.append((b"%06d" % number, nid, 2))
    return rooted(image, outer)


def one_inode(count):
    """n names of one file of 64 KiB."""
    image = Image()
    start = image.content(b"content " * 8192)
    file = image.add(REGULAR, PLAIN, 65536, i_u=start, links=count)
    return rooted(image, names(count, file))


def shared_blocks(count):
    """n files on the same n blocks."""
    image = Image()
    start = image.content(b"x" * BLOCK * (count // 8))
    files = [image.add(REGULAR, PLAIN, BLOCK * (count // 8), i_u=start)
             for _ in range(count)]
    return flat(image, files)


def chunk_table(count):
    """n tables of 128 chunks that are all the same block."""
    image = Image()
    table = struct.pack("<I", image.content(b"y" * BLOCK)) * 128
    return flat(image, [image.add(REGULAR, CHUNK, BLOCK * 128, table)
                        for _ in range(count)], feature_incompat=4)


def sparse(count):
    """n files, each a hole of 8 TiB."""
    image = Image()
    files = [image.add(REGULAR, CHUNK, 1 << 43, b"\xFF" * 4, i_u=31)
             for _ in range(count)]
    return flat(image, files, feature_incompat=4)


def deep(count):
    """Directories within one another."""
    image = Image()
    nids = [image.reserve(50) for _ in range(count)]
    for place, nid in enumerate(nids):
        inner = [(b"a", nids[place + 1], 2)] if place + 1 < count else []
        image.folder(nid, nids[max(place - 1, 0)], inner, 2 + len(inner))
    return image.finish(nids[0])


def shared_value(count):
    """n inodes that refer 200 times each to one value of 60000 bytes."""
    image = Image()
    entry = struct.pack("<BBH", 1, 1, 60000) + b"v" + b"V" * 60000
    start = image.content(entry)
    area = struct.pack("<IBxxxxxxx", 0, 200) + bytes(800)
    files = [image.add(REGULAR, PLAIN, 0, area, i_xattr_icount=201)
             for _ in range(count)]
    return flat(image, files, xattr_blkaddr=start)


def full_index(entries):
    """Map header and full index of LZ4."""
    body = struct.pack("<HHHBB", 0, 0, 0, 0, 0) + bytes(8)
    for kind, offset, value in entries:
        body += struct.pack("<HHI", kind, offset, value)
    return body


def lookback(count):
    """One extent of n clusters; each but the first leads one back."""
    image = Image()
    stream = compress.encode("lz4", bytes(BLOCK * 400), {})
    start = image.content(stream.rjust(BLOCK, b"\0"))
    entries = [(HEAD, 0, start)] + [(NONHEAD, 0, 1 | 1 << 16)] * 399
    files = [image.add(REGULAR, FULL, BLOCK * 400, full_index(entries),
                       i_u=1) for _ in range(count // 64)]
    return flat(image, files, feature_incompat=1)


def shared_stream(count):
    """n files, all of one physical cluster that becomes 800 KiB."""
    image = Image()
    stream = compress.encode("lz4", bytes(BLOCK * 200), {})
    start = image.content(stream.rjust(BLOCK, b"\0"))
    entries = [(HEAD, 0, start)] + [
        (NONHEAD, 0, number | (200 - number) << 16)
        for number in range(1, 200)]
    files = [image.add(REGULAR, FULL, BLOCK * 200, full_index(entries),
                       i_u=1) for _ in range(count // 32)]
    return flat(image, files, feature_incompat=1)


def fragments(count):
    """n files that are each all of a packed inode of n blocks."""
    image = Image()
    size = BLOCK * (count // 8)
    start = image.content(b"packed, " * (size // 8))
    packed = image.add(REGULAR, PLAIN, size, i_u=start)
    head = struct.pack("<Q", 1 << 63)
    files = [image.add(REGULAR, FULL, size, head) for _ in range(count)]
    return flat(image, files, packed_nid=packed, feature_incompat=0x21)


def nested_fragments(count):
    """The same, but the packed inode says that it is a fragment of itself."""
    image = Image()
    size = BLOCK * (count // 8)
    image.content(b"packed, " * (size // 8))
    head = struct.pack("<Q", 1 << 63)
    packed = image.add(REGULAR, FULL, size, head)
    files = [image.add(REGULAR, FULL, size, head) for _ in range(count)]
    return flat(image, files, packed_nid=packed, feature_incompat=0x21)


def fragment_tails(count):
    """n files of one cluster and a tail of 8 blocks; the tails overlap."""
    image = Image()
    whole = BLOCK // 8 * count + 8 * BLOCK
    start = image.content(b"packed, " * (whole // 8))
    packed = image.add(REGULAR, PLAIN, whole, i_u=start)
    stream = compress.encode("lz4", bytes(BLOCK), {})
    where = image.content(stream.rjust(BLOCK, b"\0"))
    entries = [(HEAD, 0, where), (HEAD, 0, 0)] + [
        (NONHEAD, 0, number | (8 - number) << 16) for number in range(1, 8)]
    files = []
    for number in range(count):
        head = struct.pack("<IHBB", BLOCK // 8 * number, 0x20, 0, 0)
        files.append(image.add(REGULAR, FULL, 9 * BLOCK,
                               head + full_index(entries)[8:], i_u=1))
    return flat(image, files, packed_nid=packed, feature_incompat=0x21)


def prefixes(count):
    """n attributes whose names are made of one long prefix each."""
    image = Image()
    record = struct.pack("<HB", 241, 1) + b"p" * 240
    table = image.content(record)
    entry = struct.pack("<BBH", 4, 0x80, 0)
    area = struct.pack("<IBxxxxxxx", 0, 0) + b"".join(
        entry + b"%04d" % number for number in range(100))
    files = [image.add(REGULAR, PLAIN, 0, area,
                       i_xattr_icount=1 + 200) for _ in range(count // 4)]
    return flat(image, files, feature_incompat=0x40, xattr_prefix_count=1,
                  xattr_prefix_start=table * BLOCK // 4)


FAMILIES = {each.__name__.replace("_", "-"): each for each in (
    directory_graph, shared_folder, one_inode, shared_blocks, chunk_table,
    sparse, deep, shared_value, lookback, shared_stream, fragments,
    nested_fragments, fragment_tails, prefixes)}
