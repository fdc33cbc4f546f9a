# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Where the map of a compressed inode and its pclusters lie."""

from values import RecipeError, number, up


def packs(start, total, two_byte):
    """[(first entry, entries, bytes, position)] of a compact index."""
    initial = (32 - start % 32) // 4 & 7
    dense = 0
    if two_byte and initial < total:
        dense = (total - initial) // 16 * 16
    out, first, at = [], 0, start
    while first < total:
        wide = initial <= first < initial + dense
        count, size = (16, 32) if wide else (2, 8)
        out.append((first, count, size, at))
        first, at = first + count, at + size
    return out


def table(node, end):
    """Places map header and table behind the attributes; their end."""
    clusters = node.clusters
    node.header_at = up(end, 8)
    at = node.header_at + 8
    if clusters.form == "fragment":
        node.table_at = at
        return at
    if clusters.form == "extents":
        size = clusters.record()
        node.table_at = up(at, size)
        first = 8 if size == 4 else 0
        return node.table_at + first + size * len(clusters.extents)
    if clusters.form == "full":
        node.table_at = at + 8
        end = node.table_at + 8 * clusters.count(node.size)
    else:
        node.table_at = at
        total = -(-node.size // clusters.block_size)
        last = (packs(at, total, clusters.doc.get("two_byte"))
                or [(0, 0, 0, at)])[-1]
        end = last[3] + last[2]
    tail = clusters.inline()
    if tail is not None:
        tail.at = end
        end += tail.stored()
    return end


def fits(node, end):
    """Whether an inline pcluster would lie in one block."""
    if not node.clusters or not node.clusters.inline():
        return True
    last = table(node, end)
    size = node.clusters.inline().stored()
    if size > node.block_size:
        raise RecipeError(f"{node.name}: {size} bytes behind the index")
    return (last - size) % node.block_size + size <= node.block_size


def pclusters(node, block):
    """Places the pclusters, one behind the other; the next free block."""
    clusters = node.clusters
    unit = clusters.block_size
    node.start = node.doc.get("block", block)
    cursor = node.start * unit
    whole = clusters.form != "extents"
    for extent in clusters.extents:
        if extent.inline:
            extent.block = cursor // unit
            continue
        if "at" in extent.doc:
            extent.at = number(extent.doc["at"], {}) * (unit if whole else 1)
            continue
        extent.at = cursor
        if extent.stores:
            cursor += extent.stored()
    return max(block, -(-cursor // unit))


def blocks(node):
    """Blocks that the pclusters of a node take."""
    size = sum(e.stored() for e in node.clusters.extents if e.stores)
    return -(-size // node.block_size)


def source(writer, extent):
    """(first byte, bytes) of what an extent is decoded from."""
    share = extent.doc.get("share")
    if share is None:
        return extent.at, extent.stored()
    if isinstance(share, int):
        other = extent.owner.extents[share]
    else:
        other = writer.plan.target(share[0]).clusters.extents[share[1]]
    at, stored = source(writer, other)
    if "stored" in extent.doc or "blocks" in extent.doc:
        stored = extent.stored()
    return at, stored
