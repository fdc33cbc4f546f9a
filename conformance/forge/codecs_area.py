# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The records of the algorithms behind the superblock.

    codecs: {lz4: {max_distance: 100}}     fields of one; those that are used
                                           have a record anyway, null for none
    codecs: {zstd: {length: 8, behind: ..}}  its size field, bytes behind it
"""

import compress
from values import data, up

STRUCTS = {"lz4": "Lz4Config", "lzma": "LzmaConfig",
           "deflate": "DeflateConfig", "zstd": "ZstdConfig"}
SIZES = {"lz4": 14, "lzma": 14, "deflate": 6, "zstd": 6}


class Codecs:
    """What an image says of the algorithms that it uses."""

    def __init__(self, doc, nodes):
        self.records, self.mask, self.lz4_blocks = [], 0, 1
        incompat = doc["incompat"]
        if "COMPR_CFGS" not in incompat and "BIG_PCLUSTER" not in incompat:
            return
        given = doc.get("codecs", {})
        names = {name for name, fields in given.items() if fields is not None}
        for node in nodes.values():
            if node.clusters:
                names |= node.clusters.used() - set(given)
                self.measure(node.clusters)
        for name in sorted(names, key=compress.ALGORITHMS.get):
            self.mask |= 1 << compress.ALGORITHMS[name]
            self.records.append((name, {**self.usual(name),
                                        **given.get(name, {})}))

    def measure(self, clusters):
        """Notes how long pclusters of LZ4 are."""
        for extent in clusters.extents:
            if extent.kind == "lz4" and not extent.inline:
                self.lz4_blocks = max(self.lz4_blocks,
                                      -(-extent.stored()
                                        // clusters.block_size)
                                      + clusters.spans())

    def usual(self, name):
        """Fields of a record, where the recipe does not say."""
        return {"lz4": {"max_distance": 65535,
                        "max_pclusterblks": self.lz4_blocks},
                "lzma": {"dict_size": 65536}, "deflate": {"windowbits": 15},
                "zstd": {"windowlog": 10}}[name]

    def size(self):
        """Bytes of all records."""
        return sum(up(2 + SIZES[name] + len(data(fields.get("behind"))), 4)
                   for name, fields in self.records)

    def write(self, canvas, spec, at):
        """The records, from `at` on."""
        for name, fields in self.records:
            fields = {key: data(value) if isinstance(value, dict) else value
                      for key, value in fields.items()}
            behind = fields.pop("behind", b"")
            size = SIZES[name] + len(behind)
            size = fields.pop("length", size)
            canvas.put_struct(at, spec.structs["CodecRecord"],
                              {"size": size}, f"codec_record[{name}]")
            canvas.put_struct(at + 2, spec.structs[STRUCTS[name]], fields,
                              f"codec[{name}]")
            canvas.put(at + 2 + SIZES[name], behind, f"behind {name}")
            at = up(at + 2 + SIZES[name] + len(behind), 4)
