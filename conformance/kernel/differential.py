# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Writes images with mkfs.erofs, mounts them, and compares three opinions.

  kernel/differential.py EROFS_REF [--seed N] [--only TEXT]

The images are those of cases.py; an option of mkfs.erofs that none of them
uses is a failure (toolbox.py). For each image: `fsck.erofs --extract` exits 0,
`erofs-ref check` exits 0, and what the kernel shows equals `erofs-ref
manifest` byte for byte. Nothing is mounted that mkfs.erofs did not just
write. Where the machine cannot mount, the comparisons are counted as not
done; with CI in the environment they fail.
"""

import argparse
import os
import pathlib
import shutil
import sys
import tempfile

import cases
import toolbox
import trees

HERE = pathlib.Path(__file__).resolve().parent
LINUX = str(HERE.parent / "adapters" / "linux")
MKFS = os.environ.get("MKFS_EROFS", "mkfs.erofs")
FSCK = os.environ.get("FSCK_EROFS", "fsck.erofs")
UUID = "-U01234567-89ab-4def-8123-456789abcdef"


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
    fsck = toolbox.run(FSCK, "--extract", *devices, image)
    tally.expect(fsck.returncode == 0, f"{name}: fsck.erofs: "
                 + last_line(fsck))
    check = toolbox.run(reference, "check", *devices, image)
    tally.expect(check.returncode == 0, f"{name}: erofs-ref check exits "
                 f"{check.returncode}: " + check.stdout.decode()[:400])
    linux = toolbox.run(LINUX, "read", *devices, image)
    if linux.returncode == 5:
        tally.skip(last_line(linux))
        return
    ours = toolbox.run(reference, "manifest", *devices, image)
    same = linux.returncode == 0 and linux.stdout == ours.stdout
    tally.expect(same, f"{name}: linux exits {linux.returncode}, erofs-ref "
                 f"{ours.returncode}: {last_line(linux)}"
                 + first_difference(linux.stdout, ours.stdout))


def place_files(scratch):
    """Files that options name: {word in the options: path}."""
    paths = {}
    for name, text in cases.FILES.items():
        paths[name] = os.path.join(scratch, name)
        with open(paths[name], "w", encoding="ascii") as file:
            file.write(text)
    return paths


def write(case, number, seed, scratch, paths):
    """(what mkfs.erofs said, image, blobs) of one case, in a new folder."""
    kind, options = case
    image = os.path.join(scratch, "image")
    blob = os.path.join(scratch, "blob")
    # Large trees take long to grow, so that all of a kind share one.
    shared = kind == "large"
    source = os.path.join(scratch, kind if shared else "source")
    if not os.path.exists(source):
        trees.grow(source, kind, seed + number)
    for word, path in {**paths, "BLOB": blob}.items():
        options = [option.replace("=" + word, "=" + path)
                   for option in options]
    made = toolbox.run(MKFS, UUID, *options, image, source)
    if not shared:
        shutil.rmtree(source)
    return made, image, [blob] if os.path.exists(blob) else []


def differential(reference, seed, tally, scratch, only):
    """All cases that mkfs.erofs can make, each with a tree of its own."""
    paths = place_files(scratch)
    tool = toolbox.Tool(MKFS, UUID, scratch)
    gaps = tool.unused([options for _, options in cases.CASES.values()])
    for gap in gaps or [""]:
        tally.expect(not gap, f"{MKFS} {gap}")
    for number, (name, case) in enumerate(cases.CASES.items()):
        if only not in name or not tool.able(case[1]):
            continue
        made, image, blobs = write(case, number, seed, scratch, paths)
        if made.returncode == 0:
            compare(reference, tally, name, image, blobs)
        else:
            tally.expect(False, f"{name}: mkfs.erofs: {last_line(made)}")
        for path in [image, *blobs]:
            if os.path.exists(path):
                os.unlink(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference", help="the binary erofs-ref")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="TEXT", default="",
                        help="cases whose name contains this")
    options = parser.parse_args()
    tally = Tally()
    if os.geteuid() != 0:
        # Devices, owners and trusted attributes need root, as mounts do.
        tally.undone, tally.reason = 3 * len(cases.CASES), "not root"
    else:
        with tempfile.TemporaryDirectory(prefix="erofs-mount.") as scratch:
            differential(os.path.abspath(options.reference), options.seed,
                         tally, scratch, options.only)
    if tally.undone:
        print(f"note: {tally.undone} checks with the native kernel could "
              f"not be done: {tally.reason}")
        if os.environ.get("CI"):
            tally.failed += tally.undone
    print(f"mount: {tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
