# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The canonical manifest of a directory tree, taken by system calls."""

import base64
import hashlib
import json
import os
import stat

TYPES = {stat.S_IFREG: "reg", stat.S_IFDIR: "dir", stat.S_IFLNK: "lnk",
         stat.S_IFCHR: "chr", stat.S_IFBLK: "blk", stat.S_IFIFO: "fifo",
         stat.S_IFSOCK: "sock"}
PIECE = 1 << 20


def encode(raw):
    """Percent-encoding of paths, targets and names."""
    return "".join(chr(byte) if 0x21 <= byte <= 0x7E and byte not in b'%"\\'
                   else f"%{byte:02X}" for byte in raw)


def manifest(top):
    """Lines for every path below `top`, which is "/", sorted by raw path.

    Raises OSError where any system call fails: a manifest with something
    left out would be worse than none.
    """
    found, todo = {}, [(os.fsencode(top), b"/")]
    while todo:
        place, path = todo.pop()
        found[path] = entry(place, path)
        if found[path]["type"] != "dir":
            continue
        for name in listing(place):
            todo.append((place + b"/" + name, path.rstrip(b"/") + b"/" + name))
    lines = [json.dumps(found[path], separators=(",", ":"))
             for path in sorted(found)]
    return "".join(line + "\n" for line in lines)


def listing(place):
    """Names of a directory. What a listing tells of each must be true."""
    names = []
    with os.scandir(place) as entries:
        for each in entries:
            facts = os.lstat(each.path)
            told = (each.inode(), each.is_symlink(),
                    each.is_dir(follow_symlinks=False),
                    each.is_file(follow_symlinks=False))
            real = (facts.st_ino, stat.S_ISLNK(facts.st_mode),
                    stat.S_ISDIR(facts.st_mode), stat.S_ISREG(facts.st_mode))
            if told != real:
                raise OSError(f"{each.path!r}: listed as {told}, is {real}")
            names.append(each.name)
    return names


def entry(place, path):
    """The facts of one path, in the order of the manifest."""
    facts = os.lstat(place)
    seconds, nanoseconds = divmod(facts.st_mtime_ns, 10 ** 9)
    kind = TYPES[stat.S_IFMT(facts.st_mode)]
    out = {"path": encode(path), "type": kind,
           "mode": f"{stat.S_IMODE(facts.st_mode):04o}",
           "uid": facts.st_uid, "gid": facts.st_gid,
           "nlink": facts.st_nlink, "size": facts.st_size,
           "ino": facts.st_ino, "mtime_sec": seconds,
           "mtime_nsec": nanoseconds}
    if kind in ("chr", "blk"):
        out["rdev"] = [os.major(facts.st_rdev), os.minor(facts.st_rdev)]
    elif kind == "lnk":
        out["target"] = encode(os.readlink(place))
    elif kind == "reg":
        out["sha256"] = digest(place, facts.st_size)
    names = sorted(map(os.fsencode,
                       os.listxattr(place, follow_symlinks=False)))
    names = [name for name in names
             if kind in ("reg", "dir") or not name.startswith(b"user.")]
    if names:
        out["xattrs"] = {
            encode(name): base64.b64encode(os.getxattr(
                place, name, follow_symlinks=False)).decode()
            for name in names}
    return out


def digest(place, size):
    """SHA-256 of a whole file, which must be as long as it says."""
    value, length = hashlib.sha256(), 0
    with open(place, "rb", buffering=0) as file:
        while True:
            piece = file.read(PIECE)
            if not piece:
                break
            value.update(piece)
            length += len(piece)
    if length != size:
        raise OSError(f"{place!r}: {length} bytes of {size}")
    return value.hexdigest()
