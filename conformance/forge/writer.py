# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Writes the document of an image, once everything has its position."""

import clusters_place
import clusters_write
from attributes import icount
from canvas import Canvas
from nodes import TYPES, up
from positions import UNMAPPED, Positions
from values import data, number


class Writer:
    """The image, its blobs and the symbols that `set` can use."""

    def __init__(self, spec, doc):
        self.spec, self.doc = spec, doc
        self.plan = Positions(doc)
        self.image, self.metabox = Canvas(), Canvas()
        self.blobs = []
        self.names = {
            "block_size": self.plan.block_size,
            "nid": lambda name: self.plan.target(name).nid,
            "block": lambda name: self.plan.target(name).start,
            "tail": lambda name: self.plan.tail_at(self.plan.target(name)),
            "body": lambda name: self.plan.target(name).at,
            "header": lambda name: self.plan.target(name).header_at,
            "table": lambda name: self.plan.target(name).table_at,
            "pcluster": self.pcluster,
        }
        self.write()

    def write(self):
        if self.plan.shared_in_metabox():
            self.write_shared(self.metabox)
        for node in self.plan.nodes.values():
            if node.metabox:
                self.write_node(self.metabox, node)
        if "metabox" in self.plan.nodes:
            box = self.plan.nodes["metabox"]
            self.metabox.reserve(box.size)
            box.content = bytes(self.metabox.bytes)
            if box.clusters:
                box.clusters.divide(box.size, box.content)
            base = box.start * self.plan.block_size
            for path, (struct, at) in self.metabox.symbols.items():
                if not box.clusters:  # else no field has a place
                    self.image.symbols[path] = (struct, base + at)
        self.write_tables()
        for node in self.plan.nodes.values():
            if not node.metabox:
                self.write_node(self.image, node)
        self.write_devices()
        slots = self.doc.get("extension_slots", 0)
        slots = self.doc.get("superblock", {}).get("sb_extslots", slots)
        self.image.reserve(1024 + 128 + 16 * slots)
        self.image.reserve(max(self.plan.end,
                               up(len(self.image.bytes),
                                  self.plan.block_size)))
        self.write_superblock()

    def pcluster(self, name):
        """Where pcluster N of a node lies, as NODE.N."""
        node, _, number_ = name.partition(".")
        return self.plan.target(node).clusters.extents[int(number_)].at

    def write_tables(self):
        self.plan.codecs.write(self.image, self.spec, self.plan.codecs_at)
        if self.doc.get("prefixes", {}).get("stored", True):
            self.plan.attributes.write_prefixes(
                self.image, self.spec, self.plan.prefixes_at)
        if not self.plan.shared_in_metabox():
            self.write_shared(self.image)

    def write_shared(self, canvas):
        self.plan.attributes.write_shared(
            canvas, self.spec, self.plan.shared_at, self.plan.shared_base)

    def write_devices(self):
        for number_, slot in enumerate(self.plan.slots):
            slot = dict(slot)
            content = data(slot.pop("blob", None))
            content += bytes(-len(content) % self.plan.block_size)
            slot["tag"] = data(slot.get("tag", "")).ljust(64, b"\0")
            slot.setdefault("blocks_lo",
                            len(content) // self.plan.block_size)
            if slot.pop("flat", False):
                self.image.put(slot["uniaddr_lo"] * self.plan.block_size,
                               content, f"device {number_ + 1}")
            else:
                self.blobs.append(content)
            self.image.put_struct(self.plan.table_at + 128 * number_,
                                  self.spec.structs["DeviceSlot"], slot,
                                  f"device[{number_}]")

    def write_node(self, canvas, node):
        struct = self.spec.structs["InodeExtended" if node.extended
                                   else "InodeCompact"]
        fields = self.inode_fields(node)
        for name, value in node.doc.get("fields", {}).items():
            fields[struct.field(name).name] = number(value, self.names)
        canvas.put_struct(node.at, struct, fields, f"inode[{node.name}]")
        use_filter = "XATTR_FILTER" in self.doc.get("compat", [])
        self.plan.attributes.write_area(
            canvas, self.spec, node, node.at + node.body, use_filter)
        if node.type == "dir":
            self.write_directory(canvas, node)
        elif node.clusters:
            clusters_write.write(self, canvas, node)
        elif node.layout == "chunk":
            self.image.put(node.start * self.plan.block_size, node.content,
                           f"content of {node.name}")
        else:
            canvas.put(self.plan.tail_at(node), node.tail(),
                       f"tail of {node.name}")
            self.image.put(node.start * self.plan.block_size, node.full(),
                           f"content of {node.name}")
        if node.layout == "chunk":
            self.write_chunks(canvas, node)

    def inode_fields(self, node):
        links = self.plan.links(node)
        fields = {"i_format": node.i_format(),
                  "i_xattr_icount": icount(node.doc.get("xattrs")),
                  "i_mode": node.mode(), "i_size": node.size,
                  "i_u": self.union(node),
                  "i_ino": list(self.plan.nodes).index(node.name) + 1}
        if node.extended:
            fields["i_nlink"] = links
        elif node.type == "dir" or not node.i_format().get("bit4"):
            fields["i_nb"] = links
        return fields

    def union(self, node):
        """i_u: start block, chunk format or device number."""
        if "rdev" in node.doc:
            major, minor = node.doc["rdev"]
            return minor & 0xFF | major << 8 | (minor & 0xFFF00) << 12
        if node.layout == "chunk":
            form = node.doc["chunk"]
            return (form.get("blkbits", 0) | bool(form.get("indexes")) << 5
                    | bool(form.get("wide")) << 6)
        if node.clusters:
            return clusters_place.blocks(node)
        if node.layout == "inline" and not node.full():
            return UNMAPPED
        return node.start

    def write_directory(self, canvas, node):
        struct, count = self.spec.structs["Dirent"], 0
        blocks = node.directory_blocks()
        flat = Canvas() if node.clusters else self.image
        start = 0 if node.clusters else node.start
        for index, block in enumerate(blocks):
            where, base = flat, (start + index) * node.block_size
            if node.layout == "inline" and index == len(blocks) - 1:
                where, base = canvas, self.plan.tail_at(node)
            nameoff = 12 * len(block)
            for slot, (name, target, over) in enumerate(block):
                path = f"dirent[{node.name}][{count}]"
                where.put_struct(base + 12 * slot, struct,
                                 self.dirent(target, nameoff, over), path)
                where.put(base + nameoff, name, path + " name")
                nameoff += len(name)
                count += 1
        if node.clusters:
            node.content = bytes(flat.bytes)
            node.clusters.divide(node.size, node.content)
            clusters_write.write(self, canvas, node)

    def dirent(self, target, nameoff, over):
        fields = {"nameoff": nameoff, "reserved": over.get("reserved", 0)}
        if isinstance(target, str) and target in self.plan.nodes:
            child = self.plan.nodes[target]
            fields.update(nid=child.nid, file_type=TYPES[child.type][1])
        else:
            fields.update(nid=number(target, self.names), file_type=1)
        fields["file_type"] = over.get("file_type", fields["file_type"])
        return fields

    def write_chunks(self, canvas, node):
        struct = self.spec.structs["ChunkIndex" if node.chunk_unit() == 8
                                   else "ChunkMapEntry"]
        step = node.chunk_size() // self.plan.block_size
        stored = 0
        for index, value in enumerate(node.chunk_table()):
            fields = value
            if value == "data":
                value = node.start + stored * step
                stored += 1
            if value == "hole":
                fields = {"startblk": UNMAPPED}
                if node.chunk_unit() == 8:
                    wide = node.doc["chunk"].get("wide")
                    fields = {"startblk_hi": 0xFFFF if wide else 0,
                              "startblk_lo": UNMAPPED}
            elif not isinstance(value, dict):
                key = "startblk_lo" if node.chunk_unit() == 8 else "startblk"
                fields = {key: number(value, self.names)}
            canvas.put_struct(node.table_at + node.chunk_unit() * index,
                              struct, fields, f"chunk[{node.name}][{index}]")

    def feature_mask(self, family):
        """The bits of the features that the document names."""
        wanted = set(self.doc.get(family, []))
        masks = {f.name: f.mask for f in self.spec.features
                 if f.family == family}
        mask = 0
        for name in wanted:
            mask |= masks[name]
        return mask

    def write_superblock(self):
        plan, nodes = self.plan, self.plan.nodes
        root = nodes["root"].nid
        fields = {
            "magic": 0xE0F5E1E2, "blkszbits": plan.block_size.bit_length() - 1,
            "feature_compat": self.feature_mask("compat"),
            "feature_incompat": self.feature_mask("incompat"),
            "sb_extslots": self.doc.get("extension_slots", 0),
            "inos": len(nodes),
            "blocks_lo": len(self.image.bytes) // plan.block_size,
            "extra_devices": len(plan.slots),
            "devt_slotoff": plan.table_at // 128 if plan.slots else 0,
            "xattr_prefix_count": len(plan.attributes.prefixes),
            "xattr_prefix_start": self.doc.get("prefixes", {}).get(
                "start", plan.prefixes_at // 4)
            if plan.attributes.prefixes else 0,
            "u1": plan.codecs.mask,
            "packed_nid": nodes["packed"].nid if "packed" in nodes else 0,
        }
        fields["rootnid_8b" if root > 0xFFFF else "rootnid_2b"] = root
        for name, value in self.doc.get("superblock", {}).items():
            struct = self.spec.structs["Superblock"]
            field = struct.field(name)
            fields[field.name] = (data(value).ljust(field.size, b"\0")
                                  if field.kind == "b"
                                  else number(value, self.names))
        self.image.put_struct(1024, self.spec.structs["Superblock"], fields,
                              "superblock")
        if self.doc.get("extension_slots", 0):
            nid = nodes["metabox"].nid if "metabox" in nodes else 0
            self.image.put_struct(
                1152, self.spec.structs["SuperblockExtension"],
                {"metabox_nid": nid}, "extension")
