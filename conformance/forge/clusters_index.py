# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The index of a compressed inode: one entry for each logical cluster."""

import clusters_place
from values import RecipeError

PLAIN, HEAD1, NONHEAD, HEAD2 = range(4)
COUNT = 0x800
FARTHEST = 0x7FF


def entries(writer, node):
    """The entries as mappings, with what the recipe lays over them."""
    clusters = node.clusters
    count = clusters.count(node.size)
    out = [None] * count
    for extent in clusters.extents:
        number = extent.start // clusters.size
        if number >= count or out[number] is not None:
            raise RecipeError(f"no logical cluster for {extent.start}")
        out[number] = head(writer, extent, clusters)
    last = max([e.start // clusters.size for e in clusters.extents],
               default=0)
    rest = node.size % clusters.size
    if rest and last < count - 1 and clusters.doc.get("terminator", True):
        out[-1] = {"type": PLAIN, "clusterofs": rest, "blkaddr": 0,
                   "ends": True}
    fill(out, clusters)
    for number, over in clusters.doc.get("entries", {}).items():
        out[number].update(over)
    return out


def head(writer, extent, clusters):
    """The entry of the logical cluster in which an extent starts."""
    kind = {"raw": PLAIN}.get(extent.kind, HEAD2 if extent.head == 2
                              else HEAD1)
    at, stored = clusters_place.source(writer, extent)
    block = at // clusters.block_size
    odd = extent.inline or extent.kind == "fragment"
    if extent.inline:
        block = extent.block
    if extent.kind == "fragment" and clusters.form == "full":
        block = extent.doc.get("from", 0) >> 32
    return {"type": kind, "clusterofs": extent.start % clusters.size,
            "blkaddr": block, "partial_ref": extent.doc.get("partial", False),
            "blocks": 1 if odd else stored // clusters.block_size,
            "odd": odd}


def fill(out, clusters):
    """Puts in the entries of logical clusters in which nothing starts."""
    advise = clusters.advise()
    back, forward = 0, len(out)
    for number, entry in enumerate(out):
        if entry is not None:
            if number and out[number - 1].get("blocks", 1) > 1:
                raise RecipeError("no entry for a count of blocks")
            back = number
            continue
        distance = number - back
        out[number] = {"type": NONHEAD, "delta0": min(distance, FARTHEST)}
        big = advise & (2 if out[back]["type"] == HEAD1 else 4)
        if distance == 1 and big:
            out[number]["delta0"] = COUNT | out[back]["blocks"]
        elif distance == 1 and out[back]["blocks"] > 1:
            raise RecipeError("several blocks without a BIG bit")
    for number in range(len(out) - 1, -1, -1):
        if out[number]["type"] != NONHEAD:
            forward = number
        else:
            out[number]["delta1"] = min(forward - number, FARTHEST)


def write_full(writer, canvas, node):
    """Entries of 8 bytes."""
    struct = writer.spec.structs["FullIndex"]
    for number, entry in enumerate(entries(writer, node)):
        fields = {"di_advise": entry["type"]
                  | entry.get("hole", 0) << 14
                  | entry.get("partial_ref", 0) << 15,
                  "di_clusterofs": entry.get("clusterofs", 0)}
        if entry["type"] == NONHEAD:
            fields["di_u"] = entry["delta0"] | entry["delta1"] << 16
        else:
            fields["di_u"] = entry["blkaddr"]
        canvas.put_struct(node.table_at + 8 * number, struct, fields,
                          f"index[{node.name}][{number}]")
