# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The files below a directory as text that mkfs takes for a source."""

import base64
import json
import os
import pathlib
import urllib.parse

import walk

TYPES = {"reg": 0o100000, "dir": 0o040000, "lnk": 0o120000, "chr": 0o020000,
         "blk": 0o060000, "fifo": 0o010000, "sock": 0o140000}
MTREE = {"reg": "file", "lnk": "link", "chr": "char", "blk": "block",
         "sock": "socket"}


def entries(directory):
    """What walk.manifest tells, paths and targets as bytes."""
    for line in walk.manifest(directory).splitlines():
        entry = json.loads(line)
        for key in ("path", "target"):
            if key in entry:
                entry[key] = urllib.parse.unquote_to_bytes(entry[key])
        yield entry


def first_names(listed):
    """{ino: path} of what has several names."""
    names = {}
    for each in listed:
        if each["type"] != "dir" and each["nlink"] > 1:
            names.setdefault(each["ino"], each["path"])
    return names


def escaped(data):
    """A field of a dump."""
    if data == b"-":
        return "\\x2d"
    return "".join(chr(byte) if 0x21 <= byte <= 0x7E and byte not in b"=\\"
                   else f"\\x{byte:02x}" for byte in data)


def composefs(directory):
    """composefs-dump(5), with all content in it."""
    listed = list(entries(directory))
    names = first_names(listed)
    lines = []
    for each in listed:
        path = each["path"]
        again = names.get(each["ino"], path) != path
        payload = content = "-"
        if again:
            payload = escaped(names[each["ino"]])
        elif each["type"] == "lnk":
            payload = escaped(each["target"])
        elif each["type"] == "reg" and each["size"]:
            host = pathlib.Path(directory, os.fsdecode(path[1:]))
            content = escaped(host.read_bytes())
        mode = f"{TYPES[each['type']] | int(each['mode'], 8):o}"
        fields = [escaped(path), each["size"], "@" * again + mode,
                  each["nlink"], each["uid"], each["gid"],
                  os.makedev(*each.get("rdev", (0, 0))),
                  f"{each['mtime_sec']}.{each['mtime_nsec']}", payload,
                  content, "-"]
        for name, value in each.get("xattrs", {}).items():
            fields.append(escaped(urllib.parse.unquote_to_bytes(name)) + "="
                          + escaped(base64.b64decode(value)))
        lines.append(" ".join(map(str, fields)) + "\n")
    return "".join(lines)


def visible(data):
    """A name in an mtree."""
    return "".join(chr(byte) if 0x21 <= byte <= 0x7E and byte not in b"#\\"
                   else f"\\{byte:03o}" for byte in data)


def mtree(directory):
    """mtree(5), which has no attributes; contents stay where they are."""
    lines = ["#mtree\n"]
    for each in entries(directory):
        path = each["path"]
        fields = ["." + visible(path) if path != b"/" else ".",
                  "type=" + MTREE.get(each["type"], each["type"]),
                  "mode=" + each["mode"], f"uid={each['uid']}",
                  f"gid={each['gid']}", f"inode={each['ino']}",
                  f"nlink={each['nlink']}",
                  f"time={each['mtime_sec']}.{each['mtime_nsec']:09d}"]
        if each["type"] == "reg":
            fields += [f"size={each['size']}", "contents="
                       + visible(os.fsencode(directory) + path)]
            fields.append("sha256=" + each["sha256"])
        elif each["type"] == "lnk":
            fields.append("link=" + visible(each["target"]))
        elif "rdev" in each:
            fields.append("device=linux,{},{}".format(*each["rdev"]))
        lines.append(" ".join(fields) + "\n")
    return "".join(lines)
