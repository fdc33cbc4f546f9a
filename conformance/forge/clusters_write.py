# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Writes the map of a compressed inode and its pclusters."""

import clusters_compact
import clusters_index
import clusters_place
import compress


def write(writer, canvas, node):
    """Everything behind the attributes of an inode, and its pclusters."""
    clusters = node.clusters
    canvas.put_struct(node.header_at, writer.spec.structs["ClusterHeader"],
                      header(node), f"header[{node.name}]")
    if clusters.form == "fragment":
        return
    if clusters.form == "extents":
        write_records(writer, canvas, node)
    elif clusters.form == "full":
        clusters_index.write_full(writer, canvas, node)
    else:
        clusters_compact.write(writer, canvas, node)
    for number, extent in enumerate(clusters.extents):
        what = f"pcluster {number} of {node.name}"
        if extent.inline:
            canvas.put(extent.at, extent.pcluster(False), what)
        elif extent.stores:
            writer.image.put(extent.at,
                             extent.pcluster(clusters.zero_padded), what)


def header(node):
    """Fields of the map header."""
    clusters = node.clusters
    fragment, inline = clusters.fragment(), clusters.inline()
    if clusters.form == "fragment":
        word = clusters.extents[0].doc.get("from", 0) | 1 << 63
        return {"h_fragmentoff": word & 0xFFFFFFFF,
                "h_advise": word >> 32 & 0xFFFF,
                "h_algorithmtype": word >> 48 & 0xFF,
                "h_clusterbits": word >> 56}
    first, second = clusters.algorithms()
    fields = {"h_advise": clusters.advise(),
              "h_algorithmtype": compress.ALGORITHMS[first]
              | compress.ALGORITHMS[second] << 4,
              "h_clusterbits": clusters.doc.get("lclusterbits", 0)}
    if clusters.form == "extents":
        fields["h_algorithmtype"] = 0
        if clusters.record() >= 16:
            fields["h_extents_lo"] = len(clusters.extents)
    elif fragment:
        fields["h_fragmentoff"] = fragment.doc.get("from", 0) & 0xFFFFFFFF
    elif inline:
        fields["h_fragmentoff"] = inline.stored() << 16
    return fields


def write_records(writer, canvas, node):
    """Extent records."""
    clusters = node.clusters
    size, at = clusters.record(), node.table_at
    struct = writer.spec.structs[f"ExtentRecord{size}"]
    if size == 4:
        start = clusters_place.source(writer, clusters.extents[0])[0]
        canvas.put(at, start.to_bytes(8, "little"), f"start[{node.name}]")
        at += 8
    for number, extent in enumerate(clusters.extents):
        fields = record(writer, extent)
        kept = {name: value for name, value in fields.items()
                if any(f.name == name for f in struct.fields)}
        canvas.put_struct(at + size * number, struct, kept,
                          f"record[{node.name}][{number}]")


def record(writer, extent):
    """All fields that a record may have."""
    address, stored = clusters_place.source(writer, extent)
    if extent.kind == "fragment":
        place = extent.doc.get("from", 0)
        fields = {"plen": place & 0xFFFFFFFF, "pstart_lo": place >> 32}
    elif extent.kind == "hole":
        fields = {"plen": 0}
    else:
        code = compress.ALGORITHMS.get(extent.kind, -1) + 1
        partial = bool(extent.doc.get("partial"))
        fields = {"plen": stored | partial << 27 | code << 28,
                  "pstart_lo": address & 0xFFFFFFFF,
                  "pstart_hi": address >> 32}
    return {**fields, "lstart_lo": extent.start & 0xFFFFFFFF,
            "lstart_hi": extent.start >> 32}
