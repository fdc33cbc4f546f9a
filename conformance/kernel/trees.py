# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Source trees for writers, made of a seed: the same seed, the same tree."""

import os
import random
import socket
import stat
import struct

import contents

BLOCK = 4096
ACL_USER_OBJ, ACL_USER, ACL_GROUP_OBJ = 0x01, 0x02, 0x04
ACL_MASK, ACL_OTHER, ACL_NO_ID = 0x10, 0x20, 0xFFFFFFFF


class Grower:
    """Fills a directory with one kind of thing after the other."""

    def __init__(self, top, seed):
        self.top, self.random = top, random.Random(seed)
        os.makedirs(top)

    def path(self, *parts):
        return os.path.join(self.top, *parts)

    def file(self, name, size):
        """A file of `size` bytes that repeat after a while."""
        with open(self.path(name), "wb") as file:
            piece = self.random.randbytes(min(size, 3000))
            while size > 0:
                file.write(piece[:size])
                size -= len(piece)

    def sizes(self):
        """Contents at every boundary that a layout has."""
        os.mkdir(self.path("sizes"))
        for size in (0, 1, 31, 32, 33, 511, 512, BLOCK - 65, BLOCK - 64,
                     BLOCK - 33, BLOCK - 32, BLOCK - 1, BLOCK, BLOCK + 1,
                     2 * BLOCK - 32, 2 * BLOCK, 3 * BLOCK + 7, 65536, 65537,
                     200_000):
            self.file(f"sizes/{size}", size)

    def sparse(self):
        """Holes at the start, in the middle, at the end, all over."""
        os.mkdir(self.path("sparse"))
        for name, size, parts in (
                ("start", 300_000, [299_000]), ("end", 300_000, [0]),
                ("middle", 300_000, [0, 280_000]), ("all", 1_000_000, []),
                ("islands", 500_000, range(0, 500_000, 65_536))):
            with open(self.path("sparse", name), "wb") as file:
                for at in parts:
                    file.seek(at)
                    file.write(self.random.randbytes(700))
                file.truncate(size)

    def packed(self):
        """Contents of every kind, about the sizes that a mapping has."""
        os.mkdir(self.path("packed"))
        for kind, make in contents.KINDS.items():
            for size in (1, 100, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK - 5,
                         65_536, 70_001, 400_000):
                with open(self.path(f"packed/{kind}-{size}"), "wb") as file:
                    file.write(make(self.random, size))

    def large(self):
        """Files of many pclusters, however large these are."""
        os.mkdir(self.path("large"))
        for kind, size in (("text", 3_500_000), ("mixed", 3_000_001),
                           ("zeros", 9_000_000), ("runs", 2_500_003)):
            with open(self.path("large", kind), "wb") as file:
                file.write(contents.KINDS[kind](self.random, size))

    def repeated(self):
        """Content that comes again: whole, moved, cut, twice in a file."""
        os.mkdir(self.path("repeated"))
        text = contents.KINDS["text"](self.random, 300_000)
        noise = contents.KINDS["noise"](self.random, 50_000)
        lead = contents.KINDS["text"](self.random, 7_777)
        for name, content in (
                ("first", text), ("same", text), ("moved", lead + text),
                ("near", text[:1] + text), ("cut", text[100_001:250_000]),
                ("split", text[:150_000] + lead + text[150_000:]),
                ("twice", lead + 3 * text), ("noise", noise),
                ("noise-moved", lead + noise + text),
                ("start", text[:20_000] + lead),
                ("end", lead + text[:9_000])):
            with open(self.path("repeated", name), "wb") as file:
                file.write(content)

    def links(self):
        """Hard links and targets of many lengths and bytes."""
        os.mkdir(self.path("links"))
        self.file("links/one", 100)
        for name in ("two", "three"):
            os.link(self.path("links/one"), self.path("links", name))
        for length in (1, 59, 60, 61, 1000, BLOCK - 33, BLOCK - 1):
            os.symlink("t" * length, self.path(f"links/to-{length}"))
        os.symlink(b"\x01 \xff\xc3\xa4%\"\\", os.fsencode(
            self.path("links/odd")))

    def specials(self):
        """Devices with small and large numbers, pipes, sockets."""
        os.mkdir(self.path("specials"))
        for name, kind, numbers in (
                ("whiteout", stat.S_IFCHR, (0, 0)),
                ("char", stat.S_IFCHR, (5, 300)),
                ("block", stat.S_IFBLK, (259, 70_000))):
            os.mknod(self.path("specials", name), kind | 0o640,
                     os.makedev(*numbers))
        os.mkfifo(self.path("specials/fifo"))
        with socket.socket(socket.AF_UNIX) as end:
            here = os.open(self.path("specials"), os.O_RDONLY)
            end.bind(f"/proc/self/fd/{here}/socket")
            os.close(here)

    def owners(self):
        """Ids and permission bits that do and do not fit 16 bits."""
        os.mkdir(self.path("owners"), 0o1777)
        for uid, gid, mode in ((0, 0, 0o4755), (65535, 65535, 0o2750),
                               (65536, 5, 0o000), (7, 4_000_000_000, 0o7777)):
            name = f"owners/{uid}-{gid}"
            self.file(name, 10)
            os.chown(self.path(name), uid, gid)
            os.chmod(self.path(name), mode)

    def names(self):
        """A directory of several blocks and names of every sort.

        254 bytes is the longest name that mkfs.erofs 1.5 takes.
        """
        os.mkdir(self.path("names"))
        for name in [b" first", b"!", b"-dash", b"a" * 254, b"\xff\xfe",
                     b"\xc3\xa4", b"new\nline", b"~", b"%41", b"\x01"]:
            with open(os.path.join(os.fsencode(self.path("names")), name),
                      "wb") as file:
                file.write(name)
        for _ in range(400):
            length = self.random.randrange(1, 60)
            name = "".join(self.random.choices("abcdefXYZ_.-+", k=length))
            if name not in (".", ".."):
                with open(self.path("names", "n" + name), "wb"):
                    pass

    def deep(self):
        """Nested directories, some of them empty."""
        place = "deep"
        for level in range(12):
            os.mkdir(self.path(place))
            os.mkdir(self.path(place, f"empty{level}"))
            self.file(f"{place}/leaf", level * 100)
            place += "/d"

    def xattrs(self):
        """Attributes of all namespaces, equal ones and long ones, ACLs."""
        os.mkdir(self.path("xattrs"))
        for number in range(12):
            name = self.path(f"xattrs/file{number}")
            self.file(f"xattrs/file{number}", 200)
            os.setxattr(name, "user.common", b"the same everywhere")
            os.setxattr(name, "user.own", str(number).encode())
            os.setxattr(name, "trusted.overlay.origin", b"")
            os.setxattr(name, "security.test", bytes([number]) * number)
            os.setxattr(name, "user." + "n" * (20 * number + 1),
                        self.random.randbytes(number * 100))
        for name in ("xattrs/file0", "xattrs"):
            os.setxattr(self.path(name), "system.posix_acl_access",
                        acl(self.random.randrange(1, 9999)))
        os.setxattr(self.path("xattrs"), "system.posix_acl_default", acl(77))
        os.setxattr(self.path("xattrs/file1"), "security.capability",
                    struct.pack("<5I", 0x02000001, 1 << 10, 0, 0, 0))
        os.symlink("file0", self.path("xattrs/link"))
        os.setxattr(self.path("xattrs/link"), "trusted.on.link", b"yes",
                    follow_symlinks=False)

    def times(self):
        """Every path gets a time of its own, the root last."""
        paths = [self.top]
        for folder, inner, leaves in os.walk(self.top):
            paths += [os.path.join(folder, n) for n in inner + leaves]
        for path in sorted(paths, reverse=True):
            stamp = (self.random.randrange(0, 4_000_000_000) * 10 ** 9
                     + self.random.randrange(10 ** 9))
            os.utime(path, ns=(stamp, stamp), follow_symlinks=False)


def acl(uid):
    """An access control list with one named user."""
    entries = [(ACL_USER_OBJ, 7, ACL_NO_ID), (ACL_USER, 6, uid),
               (ACL_GROUP_OBJ, 5, ACL_NO_ID), (ACL_MASK, 7, ACL_NO_ID),
               (ACL_OTHER, 5, ACL_NO_ID)]
    return struct.pack("<I", 2) + b"".join(
        struct.pack("<HHI", *entry) for entry in entries)


PARTS = {
    "everything": ["sizes", "sparse", "links", "specials", "owners", "names",
                   "deep", "xattrs"],
    "content": ["sizes", "sparse"],
    "compressible": ["packed", "sizes", "sparse"],
    "large": ["large"],
    "repeated": ["repeated", "sizes"],
    "probe": ["links", "packed"],
    "metadata": ["links", "specials", "owners", "deep", "xattrs"],
    "empty": [],
}


def grow(top, kind, seed):
    """Makes the tree `kind` in the new directory `top`."""
    grower = Grower(top, seed)
    for part in PARTS[kind]:
        getattr(grower, part)()
    grower.times()
