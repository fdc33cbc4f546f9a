# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Where everything of an image goes, before a byte of it is written."""

import clusters_place
import features
from attributes import Attributes, area_size, entry_size
from codecs_area import Codecs
from nodes import Node
from values import RecipeError, data, up

METABOX_BIT = 1 << 63
UNMAPPED = 0xFFFFFFFF


class Positions:
    """The document of an image with an address for each of its parts.

    In this order, where the document says nothing else: superblock, device
    table, prefix table, shared attributes, inodes in the order of the
    document, and from the next block on their content.
    """

    def __init__(self, doc):
        self.doc = doc
        self.superblock = doc.get("superblock", {})
        self.block_size = 1 << doc.get("blkszbits", 9)
        self.nodes = {name: Node(name, node, self.block_size)
                      for name, node in doc["nodes"].items()}
        self.attributes = Attributes(doc)
        fill_fragments(self.nodes)
        doc.setdefault("incompat", features.derived(doc, self.nodes))
        self.codecs = Codecs(doc, self.nodes)
        self.slots = doc.get("devices", [])
        self.meta = self.superblock.get("meta_blkaddr", 0)
        self.place_tables()
        self.place_nodes()
        self.place_content()

    def place_tables(self):
        slots = self.doc.get("extension_slots", 0)
        self.codecs_at = 1024 + 128 + 16 * slots
        cursor = self.codecs_at + self.codecs.size()
        if self.slots:
            self.table_at = self.doc.get("device_table", up(cursor, 128))
            cursor = max(cursor, self.table_at + 128 * len(self.slots))
        prefixes = self.doc.get("prefixes", {})
        self.prefixes_at = prefixes.get("at", up(cursor, 4))
        if prefixes.get("stored", True):
            for record in self.attributes.prefixes:
                cursor = up(cursor, 4) + 3 + len(data(record.get("infix")))
        self.shared_at = self.doc.get("shared_at", up(cursor, 4))
        self.shared_base = (self.superblock.get("xattr_blkaddr", 0)
                            * self.block_size)
        if self.attributes.shared and not self.shared_in_metabox():
            cursor = self.shared_at + sum(
                map(entry_size, self.attributes.shared))
        self.cursor = self.doc.get("nodes_at", up(cursor, 32))

    def shared_in_metabox(self):
        return "SHARED_EA_IN_METABOX" in self.doc.get("compat", [])

    def place_nodes(self):
        """Bodies, metabox first: its size is the size of a file."""
        cursor = 0
        if self.shared_in_metabox():
            self.shared_at = self.shared_base
            cursor = self.shared_base + sum(
                map(entry_size, self.attributes.shared))
        for node in self.nodes.values():
            if node.metabox:
                cursor = self.place_node(node, cursor, 0, METABOX_BIT)
        if "metabox" in self.nodes:
            box = self.nodes["metabox"]
            box.content = bytes(cursor)
            box.size = cursor
            if box.clusters:
                box.clusters.divide(cursor)
            else:
                box.layout = "plain"
        cursor = self.cursor
        for node in self.nodes.values():
            if not node.metabox:
                cursor = self.place_node(
                    node, cursor, self.meta * self.block_size, 0)
        self.cursor = cursor

    def place_node(self, node, cursor, base, bit):
        """Returns the end of the inode with everything behind it."""
        at = max(up(cursor, 32), base)
        behind = node.body + area_size(node.doc.get("xattrs"))
        tail = len(node.tail())
        while ((at + behind) % self.block_size + tail > self.block_size
               or not clusters_place.fits(node, at + behind)):
            at += 32
        if "nid" in node.doc:
            at = base + 32 * node.doc["nid"]
        node.at, node.nid = at, (at - base) // 32 | bit
        end = at + behind
        if node.clusters:
            return max(cursor, clusters_place.table(node, end))
        if node.layout == "chunk":
            unit = node.chunk_unit()
            node.table_at = up(end, unit)
            return max(cursor, node.table_at + unit * len(node.chunk_table()))
        return max(cursor, end + tail)

    def tail_at(self, node):
        """The first byte behind body and attributes of a node."""
        return node.at + node.body + area_size(node.doc.get("xattrs"))

    def place_content(self):
        block = up(self.cursor, self.block_size) // self.block_size
        for node in self.nodes.values():
            if node.clusters:
                block = clusters_place.pclusters(node, block)
                continue
            count = -(-len(node.content if node.layout == "chunk"
                           else node.full()) // self.block_size)
            node.start = node.doc.get("block", block if count else 0)
            if count:
                block = max(block, node.start + count)
        self.end = block * self.block_size

    def target(self, name):
        """The node that a directory entry or an expression names."""
        if name not in self.nodes:
            raise RecipeError(f"no node is called {name}")
        return self.nodes[name]

    def links(self, node):
        """The link count that the directories of the document give."""
        count = 0
        if node.type == "dir":
            for block in node.directory_blocks():
                for name, target, _ in block:
                    child = self.nodes.get(target)
                    if name not in (b".", b"..") and child is not None:
                        count += child.type == "dir"
            return 2 + count
        for other in self.nodes.values():
            if other.type == "dir":
                for block in other.directory_blocks():
                    count += sum(target == node.name
                                 for _, target, _ in block)
        return max(count, 1)


def fill_fragments(nodes):
    """Gives extents that lie in the packed inode their content."""
    for node in nodes.values():
        extent = node.clusters and node.clusters.fragment()
        if extent and "packed" in nodes:
            start = extent.doc.get("from", 0)
            part = nodes["packed"].content[start:start + extent.length]
            extent.content = part
            if "data" not in node.doc:
                node.content = (node.content[:extent.start] + part
                                + node.content[extent.start + len(part):])
