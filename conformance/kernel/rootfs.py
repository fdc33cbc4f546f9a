# SPDX-License-Identifier: Apache-2.0 OR MIT
"""A whole Debian, packed by the reference, mounted and run from.

  kernel/rootfs.py EROFS_REF [--tree DIR] [--only TEXT]

Packs the tree with options of every kind. Of each image: `check` finds
nothing above advisory, the running kernel mounts it, and from within, with
the shell, the package manager and the Perl that are in it, every file has the
content that the tree has. Without --tree, debootstrap makes a tree once, in
build/rootfs; that needs root and a mirror of Debian.
"""

import argparse
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import mounted
import toolbox
from differential import Tally

BUILD = pathlib.Path(__file__).resolve().parents[2] / "build"
CASES = {
    "plain": [],
    "chunks": ["--chunksize=4096"],
    "blobdev": ["--chunksize=65536", "--blobdev=BLOB"],
    "lz4": ["-zlz4"],
    "lz4hc-tails": ["-zlz4hc", "-C65536", "-Eztailpacking"],
    "lzma": ["-zlzma", "-C65536"],
    "deflate-all-fragments": ["-zdeflate", "-C65536", "-Eall-fragments"],
    "zstd-fragments": ["-zzstd", "-C65536", "-Efragments,ztailpacking"],
    "dedupe": ["-zlz4hc", "-C16384", "-Ededupe"],
    "48bit": ["-zlz4", "-E48bit"],
    "metabox": ["-zzstd", "-C32768", "-m32768", "-Edot-omitted,ztailpacking"],
}
# What is run inside: its programs start, and read all that there is.
INSIDE = r"""
set -e
dpkg-query -W >/dev/null
perl -e 'print "perl runs\n"' >&2
find / -xdev -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum -b -z
"""


def debian(folder):
    """A Debian of the smallest variant that has a package manager."""
    if (folder / "done").exists():
        return folder / "tree"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    subprocess.run(["debootstrap", "--variant=minbase", "bookworm",
                    folder / "tree"], check=True, stdout=subprocess.DEVNULL)
    (folder / "done").touch()
    return folder / "tree"


def sums(tree):
    """Lines as sha256sum prints them within the tree."""
    lines = []
    for folder, _, names in os.walk(os.fsencode(tree)):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.islink(path) or not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            inside = b"/" + os.path.relpath(path, os.fsencode(tree))
            lines.append((inside, digest.encode() + b" *" + inside))
    return [line for _, line in sorted(lines)]


def judge(reference, tally, name, tree, scratch, want):
    image, blob = os.path.join(scratch, name), os.path.join(scratch, "blob")
    options = [each.replace("BLOB", blob) for each in CASES[name]]
    blobs = [blob] if options != CASES[name] else []
    made = toolbox.run(reference, "mkfs", "--quiet", *options, image, tree)
    tally.expect(made.returncode == 0, f"{name}: mkfs: {made.stderr!r}")
    if made.returncode != 0:
        return
    check = toolbox.run(reference, "check",
                        *[f"--device={each}" for each in blobs], image)
    # A device without a name is worth an advisory line, which exits 1.
    tally.expect(check.returncode == 0 or blobs and b"advisory (1)"
                 in check.stdout, f"{name}: check: {check.stdout!r}")
    with mounted.Mounted(image, blobs, executable=True) as directory:
        ran = subprocess.run(["chroot", directory, "/bin/bash", "-c", INSIDE],
                             capture_output=True, check=False)
    tally.expect(ran.returncode == 0, f"{name}: inside: {ran.stderr!r}")
    found = ran.stdout.rstrip(b"\0").split(b"\0")
    tally.expect(found == want, f"{name}: {len(found)} files inside, "
                 f"{len(set(want) - set(found))} of {len(want)} not as in "
                 "the tree")
    print(f"{name}: {os.path.getsize(image)} bytes, {len(found)} files")
    os.unlink(image)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", help="the binary erofs-ref")
    parser.add_argument("--tree", type=pathlib.Path)
    parser.add_argument("--only", default="", metavar="TEXT")
    options = parser.parse_args()
    tree = options.tree or debian(BUILD / "rootfs")
    tally, want = Tally(), sums(tree)
    mounted.enter_namespace()
    with tempfile.TemporaryDirectory(prefix="erofs-rootfs.") as scratch:
        for name in CASES:
            if options.only in name:
                judge(os.path.abspath(options.reference), tally, name, tree,
                      scratch, want)
    print(f"rootfs: {tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
