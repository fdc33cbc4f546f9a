# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What an image of a source tree has to show, by the options of mkfs."""

import base64
import hashlib
import json
import os
import urllib.parse

import walk

# What fsck.erofs 1.5, as Debian builds it, cannot read: blocks smaller than a
# page, images that do not begin with their file, newer compressors and
# features.
BEYOND_FSCK = ("-b512", "-b1024", "-b2048", "--offset", "-zlzma", "-zdeflate",
               "-zzstd", "--xattr-prefix", "-m", "--compress-hints",
               "--zD", "--xattr-inode-digest")
WORDS_BEYOND_FSCK = {"fragments", "all-fragments", "dedupe", "48bit",
                     "dot-omitted"}


# file_contexts(5), and what each line means here.
LABELS = ("/.*\tu:object_r:any:s0\n"
          "/system/.*\t-d\tu:object_r:dir:s0\n"
          "/links/.*\t--\tu:object_r:link:s0\n"
          "/system/owners/.*\t<<none>>\n")


def label(entry, mount_point):
    """What LABELS says of a file; the last line that fits counts."""
    root = mount_point.strip("/")
    path = ("/" + root if root else "") + entry["path"]
    if path.startswith("/system/owners/"):
        return None
    if path.startswith("/links/") and entry["type"] == "reg":
        return b"u:object_r:link:s0"
    below_system = path.startswith("/system/") and path != "/system/"
    if below_system and entry["type"] == "dir":
        return b"u:object_r:dir:s0"
    return b"u:object_r:any:s0"


def set_xattr(entry, name, value):
    xattrs = entry.setdefault("xattrs", {})
    xattrs.pop(name, None)
    if value is not None:
        xattrs[name] = base64.b64encode(value).decode()
    entry["xattrs"] = dict(sorted(xattrs.items()))
    if not entry["xattrs"]:
        del entry["xattrs"]


def attributes(entry, source, options):
    """Gives an entry what only options say of it."""
    if values(options, "--file-contexts"):
        where = "".join(values(options, "--mount-point"))
        set_xattr(entry, "security.selinux", label(entry, where))
    for name in values(options, "--xattr-inode-digest"):
        shown = name.startswith(("user.", "trusted.", "security."))
        if shown and entry["type"] == "reg" and entry["size"]:
            path = os.fsencode(source) + urllib.parse.unquote_to_bytes(
                entry["path"])
            with open(path, "rb") as content:
                digest = hashlib.file_digest(content, "sha256").digest()
            set_xattr(entry, name, b"sha256:" + digest)


def values(options, name):
    return [each[len(name):].lstrip("=") for each in options
            if each.startswith(name)]


def excluded(path, options):
    return any(path == "/" + each or path.startswith(f"/{each}/")
               for each in values(options, "--exclude-path"))


def wanted(source, options):
    """The source's manifest as an image of it has to show it."""
    entries = [json.loads(line)
               for line in walk.manifest(source).splitlines()]
    entries = [each for each in entries
               if not excluded(each["path"], options)]
    names = {}
    for each in entries:
        names[each["ino"]] = names.get(each["ino"], 0) + 1
    for each in entries:
        if each["type"] == "dir":
            each["nlink"] = 2 + below(each["path"], entries)
        else:
            each["nlink"] = names[each["ino"]]
        adjust(each, options)
        attributes(each, source, options)
    return entries


def below(path, entries):
    """How many directories a directory has in it."""
    return sum(each["type"] == "dir" and each["path"] != "/"
               and (each["path"].rpartition("/")[0] or "/") == path
               for each in entries)


def adjust(entry, options):
    for key, letter in (("uid", "uid"), ("gid", "gid")):
        entry[key] += sum(map(int, values(options, f"--{letter}-offset")))
        for value in values(options, f"--force-{letter}"):
            entry[key] = int(value)
        if "--all-root" in options:
            entry[key] = 0
    if "--mkfs-time" not in options:
        for value in values(options, "-T"):
            entry["mtime_sec"], entry["mtime_nsec"] = int(value), 0
    if "-x-1" in options:
        entry.pop("xattrs", None)


def comparable(entries, options):
    """What of the entries an image has to keep."""
    dropped = ["ino"]
    if "--ignore-mtime" in options:
        dropped += ["mtime_sec", "mtime_nsec"]
    sizes = {"dir"}  # a directory's size is the filesystem's own
    out = []
    for each in entries:
        kept = {key: value for key, value in each.items()
                if key not in dropped}
        if each["type"] in sizes:
            kept.pop("size")
        out.append(json.dumps(kept).encode())
    return b"\n".join(out)


def known_to_fsck(options):
    """Whether fsck.erofs 1.5 has to accept an image of these options."""
    words = {word.partition("=")[0] for each in values(options, "-E")
             for word in each.split(",")}
    return not words & WORDS_BEYOND_FSCK and not any(
        each.startswith(BEYOND_FSCK) for each in options)
