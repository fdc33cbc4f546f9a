# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The canonical manifest that the document of an image stands for.

It comes from what the recipe says and not from the bytes of the image, so
that an implementation is compared with the intention.
"""

import base64
import hashlib
import json

TYPES = {"reg", "dir", "lnk", "chr", "blk", "fifo", "sock"}


def encode(raw):
    """Percent-encoding of paths, targets and names."""
    return "".join(chr(byte) if 0x21 <= byte <= 0x7E and byte not in b'%"\\'
                   else f"%{byte:02X}" for byte in raw)


def manifest(writer, override):
    """One line a path; `override` is {encoded path: {key: value}}."""
    found, todo = {}, [(b"/", "root")]
    while todo:
        path, name = todo.pop()
        node = writer.plan.nodes[name]
        found[path] = entry(writer, path, node)
        if node.type != "dir":
            continue
        for block in node.directory_blocks():
            for child, target, _ in block:
                if child not in (b".", b".."):
                    todo.append((path.rstrip(b"/") + b"/" + child, target))
    for path in sorted(found):
        found[path].update(override.get(found[path]["path"], {}))
    lines = [json.dumps(found[path], separators=(",", ":"))
             for path in sorted(found)]
    return ("\n".join(lines) + "\n").encode("ascii")


def inode_number(writer, nid):
    """What Linux shows as the number of the inode."""
    if "METABOX" not in writer.doc.get("incompat", []):
        return nid
    return ((nid << 1 & 0xFFFFFFFF00000000) | (nid & 0x7FFFFFFF)
            | nid >> 63 << 31)


def entry(writer, path, node):
    """The facts of one path, in the order of the manifest."""
    fields = node.doc.get("fields", {})
    links = fields.get("i_nlink", fields.get("nlink"))
    if links is None:
        links = writer.plan.links(node)
        if node.type != "dir" and node.i_format().get("bit4"):
            links = 1
    superblock = writer.doc.get("superblock", {})
    seconds = fields.get("i_mtime", 0)
    nanoseconds = fields.get("i_mtime_nsec", 0)
    if not node.extended:
        seconds += superblock.get("epoch", 0)
        nanoseconds = superblock.get("fixed_nsec", 0)
    out = {"path": encode(path), "type": node.type,
           "mode": f"{node.mode() & 0o7777:04o}",
           "uid": fields.get("i_uid", 0), "gid": fields.get("i_gid", 0),
           "nlink": links, "size": fields.get("i_size", node.size),
           "ino": inode_number(writer, node.nid),
           "mtime_sec": seconds, "mtime_nsec": nanoseconds}
    if "rdev" in node.doc:
        out["rdev"] = node.doc["rdev"]
    if node.type == "lnk":
        out["target"] = encode(node.content)
    if node.type == "reg":
        out["sha256"] = hashlib.sha256(content(node, out["size"])).hexdigest()
    if node.doc.get("xattrs"):
        shown = writer.plan.attributes.visible(node)
        if shown:
            out["xattrs"] = {
                encode(name): base64.b64encode(shown[name]).decode()
                for name in sorted(shown)}
    return out


def content(node, size):
    """The bytes of a regular file, holes as zeros."""
    if node.layout != "chunk":
        return node.content.ljust(size, b"\0")[:size]
    parts, stored, step = [], 0, node.chunk_size()
    for value in node.chunk_table():
        part = b""
        if value == "data":
            part = node.content[stored * step:(stored + 1) * step]
            stored += 1
        parts.append(part.ljust(min(step, size), b"\0"))
    return b"".join(parts)[:size]
