# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Writes images with mkfs.erofs, mounts them, and compares three opinions.

  kernel/differential.py EROFS_REF [--seed N]

For each image: fsck.erofs exits 0, `erofs-ref check` exits 0, and what the
kernel shows equals `erofs-ref manifest` byte for byte. Nothing is mounted
that mkfs.erofs did not just write. Where the machine cannot mount, the
comparisons are counted as not done; with CI in the environment they fail.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import trees

HERE = pathlib.Path(__file__).resolve().parent
LINUX = str(HERE.parent / "adapters" / "linux")
MKFS = os.environ.get("MKFS_EROFS", "mkfs.erofs")
FSCK = os.environ.get("FSCK_EROFS", "fsck.erofs")
UUID = "-U01234567-89ab-4def-8123-456789abcdef"

# name: (tree, options of mkfs.erofs); BLOB becomes a file of its own.
CASES = {
    "plain": ("everything", []),
    "compact": ("metadata", ["-T1000", "-Eforce-inode-compact",
                             "--force-uid=1000", "--force-gid=100"]),
    "extended": ("everything", ["-Eforce-inode-extended"]),
    "fixed-time": ("everything", ["-T1000000000"]),
    "ignored-time": ("metadata", ["-T1000000000", "--ignore-mtime"]),
    "no-inline": ("everything", ["-Enoinline_data"]),
    "all-root": ("metadata", ["--all-root"]),
    "xattrs-shared": ("metadata", ["-x0"]),
    "xattrs-inline": ("metadata", ["-x1000"]),
    "no-xattrs": ("metadata", ["-x-1"]),
    "no-checksum": ("metadata", ["-E^sb_csum"]),
    "chunks-4k": ("everything", ["--chunksize=4096"]),
    "chunks-64k": ("content", ["--chunksize=65536"]),
    "chunks-1m": ("content", ["--chunksize=1048576"]),
    "chunk-indexes": ("content", ["--chunksize=4096",
                                  "-Eforce-chunk-indexes"]),
    "block-map": ("content", ["--chunksize=16384",
                              "-Eforce-inode-blockmap"]),
    "blobdev": ("everything", ["--chunksize=4096", "--blobdev=BLOB"]),
    "blobdev-64k": ("content", ["--chunksize=65536", "--blobdev=BLOB"]),
    "empty": ("empty", []),
}


class Tally:
    """What passed, what failed, and what could not be looked at."""

    def __init__(self):
        self.passed = self.failed = self.undone = 0
        self.reason = ""

    def expect(self, good, what):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"failed: {what}")

    def skip(self, reason):
        self.undone += 1
        self.reason = reason


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)


def last_line(outcome):
    text = outcome.stderr.decode(errors="replace").strip()
    return text.splitlines()[-1] if text else f"exit {outcome.returncode}"


def first_difference(one, two):
    lines = zip(one.splitlines() + [b"(end)"], two.splitlines() + [b"(end)"])
    for left, right in lines:
        if left != right:
            return (f"\n  linux     {left.decode()}"
                    f"\n  erofs-ref {right.decode()}")
    return ""


def compare(reference, tally, name, image, blobs):
    """The three opinions on one image."""
    devices = [f"--device={blob}" for blob in blobs]
    fsck = run(FSCK, *devices, image)
    tally.expect(fsck.returncode == 0, f"{name}: fsck.erofs: "
                 + last_line(fsck))
    check = run(reference, "check", *devices, image)
    tally.expect(check.returncode == 0, f"{name}: erofs-ref check exits "
                 f"{check.returncode}: " + check.stdout.decode()[:400])
    linux = run(LINUX, "read", *devices, image)
    if linux.returncode == 5:
        tally.skip(last_line(linux))
        return
    ours = run(reference, "manifest", *devices, image)
    same = linux.returncode == 0 and linux.stdout == ours.stdout
    tally.expect(same, f"{name}: linux exits {linux.returncode}, erofs-ref "
                 f"{ours.returncode}: {last_line(linux)}"
                 + first_difference(linux.stdout, ours.stdout))


def differential(reference, seed, tally, scratch):
    """All cases, each with a tree of its own."""
    for number, (name, (kind, options)) in enumerate(CASES.items()):
        source = os.path.join(scratch, name)
        image, blob = source + ".erofs", source + ".blob"
        trees.grow(source, kind, seed + number)
        options = [word.replace("BLOB", blob) for word in options]
        made = run(MKFS, UUID, *options, image, source)
        if made.returncode != 0:
            tally.expect(False, f"{name}: mkfs.erofs: {last_line(made)}")
            continue
        blobs = [blob] if os.path.exists(blob) else []
        compare(reference, tally, name, image, blobs)
        shutil.rmtree(source)
        for path in [image, *blobs]:
            os.unlink(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference", help="the binary erofs-ref")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tally = Tally()
    if os.geteuid() != 0:
        # Devices, owners and trusted attributes need root, as mounts do.
        tally.undone, tally.reason = 3 * len(CASES), "not root"
    else:
        with tempfile.TemporaryDirectory(prefix="erofs-mount.") as scratch:
            differential(os.path.abspath(options.reference), options.seed,
                         tally, scratch)
    if tally.undone:
        print(f"note: {tally.undone} checks with the native kernel could "
              f"not be done: {tally.reason}")
        if os.environ.get("CI"):
            tally.failed += tally.undone
    print(f"mount: {tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
