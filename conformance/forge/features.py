# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Which features an image needs, where its document does not say."""


def derived(doc, nodes):
    """Names of incompat features; `features` names further ones."""
    out = set(doc.get("features", []))
    if doc.get("codecs"):
        out.add("COMPR_CFGS")
    for node in nodes.values():
        clusters = node.clusters
        if clusters is None:
            continue
        if clusters.zero_padded:
            out.add("LZ4_0PADDING")
        if clusters.used() - {"lz4"} or clusters.spans():
            out.add("COMPR_CFGS")
        if clusters.big():
            out.add("BIG_PCLUSTER")
        if clusters.form == "extents":
            out.add("48BIT")
        if clusters.inline():
            out.add("ZTAILPACKING")
        if clusters.fragment() or clusters.form == "fragment":
            out.add("FRAGMENTS")
        if any(e.head == 2 for e in clusters.extents):
            out.add("COMPR_HEAD2")
        if any(e.shared or e.doc.get("partial") for e in clusters.extents):
            out.add("DEDUPE")
    return sorted(out)
