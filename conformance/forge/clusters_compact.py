# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The compact index: packs of 2 or 16 entries and a block address."""

from clusters_index import COUNT, NONHEAD, entries
from clusters_place import packs
from values import RecipeError


def write(writer, canvas, node):
    """All packs."""
    clusters = node.clusters
    found = entries(writer, node)
    total = -(-node.size // clusters.block_size)
    big = clusters.advise() & 2
    width = max(clusters.size.bit_length() - 1, 12)
    last = node.start - (0 if big else 1)
    places = packs(node.table_at, total, clusters.doc.get("two_byte"))
    for number, (first, count, size, at) in enumerate(places):
        part = found[first:first + count]
        base = base_of(part, big, last)
        last = check(part, base, big, last,
                     "entries" not in clusters.doc)
        step = (size - 4) * 8 // count
        bits = sum(value(entry, slot == count - 1, width) << slot * step
                   for slot, entry in enumerate(part))
        fields = {"entries": bits.to_bytes(size - 4, "little"),
                  "blkaddr": base & 0xFFFFFFFF}
        struct = writer.spec.structs[f"CompactPack{size // count // 2 * 2}"]
        canvas.put_struct(at, struct, fields, f"pack[{node.name}][{number}]")


def value(entry, last, width):
    """Type and number of an entry."""
    if "value" in entry:
        low = entry["value"]
    elif entry["type"] != NONHEAD:
        low = entry["clusterofs"]
    else:
        counts = entry["delta0"] & COUNT
        low = entry["delta1"] if last and not counts else entry["delta0"]
    if low >> width:
        raise RecipeError(f"{low} does not fit an entry")
    return entry["type"] << width | low


def base_of(part, big, last):
    """The address of a pack: that of the first cluster it knows of, or the
    one before if every cluster has one block."""
    for slot, entry in enumerate(part):
        if entry["type"] != NONHEAD:
            if entry.get("ends"):
                break
            return entry["blkaddr"] - (0 if big else 1)
        if slot == 0 and entry["delta0"] & COUNT and big:
            return last
    return last


def check(part, base, big, last, strict):
    """Whether readers find the addresses; that behind the pack, or of the
    last cluster."""
    address = base if big else base + 1
    for slot, entry in enumerate(part):
        if entry["type"] == NONHEAD:
            if big and entry["delta0"] & COUNT:
                address += entry["delta0"] & ~COUNT
            continue
        if (strict and address != entry["blkaddr"]
                and not entry.get("odd") and not entry.get("ends")):
            raise RecipeError(f"a pack cannot say block {entry['blkaddr']}, "
                              f"only {address}")
        follower = part[slot + 1:slot + 2]
        if not big or follower and follower[0]["type"] != NONHEAD:
            last, address = address, address + 1
    return address if big else last
