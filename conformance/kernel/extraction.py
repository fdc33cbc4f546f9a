# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Compares what extract and tar restore with the kernel's mount.

  kernel/extraction.py EROFS_REF [--seed N]

Trees are packed by mkfs.erofs in several ways, mounted, extracted by root
with all privileges, and archived and unpacked again by tar(1): every path
must have the same facts. Only inode numbers and the sizes of directories are
the host's own. Nothing is mounted that mkfs.erofs did not just write.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

import mounted
import trees
import walk

MKFS = os.environ.get("MKFS_EROFS", "mkfs.erofs")
JOBS = ("1", "3")

# name: (tree, options of mkfs.erofs)
CASES = {
    "plain": ("everything", []),
    "compact": ("content", ["-T1000", "-Eforce-inode-compact"]),
    "chunks": ("everything", ["--chunksize=4096"]),
    "lz4": ("everything", ["-zlz4"]),
    "pclusters": ("everything", ["-zlz4hc", "-C65536", "-Eztailpacking"]),
    "fragments": ("everything", ["-zlz4", "-Efragments,dedupe",
                                 "-C16384"]),
    "legacy": ("content", ["-zlz4", "-Elegacy-compress"]),
}


def facts(manifest, sockets=True):
    """{path: what must be the same everywhere}."""
    out = {}
    for line in manifest.splitlines():
        entry = json.loads(line)
        if entry["type"] == "sock" and not sockets:
            continue
        del entry["ino"]
        if entry["type"] == "dir":
            del entry["size"]
        out[entry["path"]] = entry
    return out


def difference(wanted, found):
    """The first path that differs; empty for none."""
    for path in sorted(wanted.keys() | found.keys()):
        if wanted.get(path) != found.get(path):
            return (f"\n  linux  {wanted.get(path)}"
                    f"\n  host   {found.get(path)}")
    return ""


def restored(reference, image, jobs, top):
    """What extract makes of the image; its manifest."""
    subprocess.run([reference, "extract", "--privileged", "--quiet", "--jobs",
                    jobs, image, top], check=True)
    return walk.manifest(top)


def unpacked(reference, image, top):
    """What tar(1) makes of the archive; its manifest."""
    os.mkdir(top)
    with subprocess.Popen([reference, "tar", "--quiet", image],
                          stdout=subprocess.PIPE) as archive:
        subprocess.run(["tar", "--xattrs", "--xattrs-include=*", "-xpf", "-",
                        "--numeric-owner", "--warning=none", "-C", top],
                       stdin=archive.stdout, check=True)
    if archive.returncode != 0:
        raise OSError(f"tar exits {archive.returncode}")
    return walk.manifest(top)


def compare(reference, image, scratch, name):
    """Yields (what, how it differs) for each way to restore an image."""
    with mounted.Mounted(image) as directory:
        linux = walk.manifest(directory)
    for jobs in JOBS:
        top = os.path.join(scratch, "out")
        found = facts(restored(reference, image, jobs, top))
        yield f"{name}: extract --jobs {jobs}", difference(facts(linux), found)
        shutil.rmtree(top)
    top = os.path.join(scratch, "out")
    found = facts(unpacked(reference, image, top), sockets=False)
    yield f"{name}: tar", difference(facts(linux, sockets=False), found)
    shutil.rmtree(top)


def run(reference, seed, scratch):
    """(passed, failed) over all cases."""
    passed = failed = 0
    for number, (name, (kind, options)) in enumerate(CASES.items()):
        source = os.path.join(scratch, "tree")
        image = os.path.join(scratch, "image")
        trees.grow(source, kind, seed + number)
        subprocess.run([MKFS, *options, image, source], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for what, how in compare(reference, image, scratch, name):
            passed, failed = passed + (not how), failed + bool(how)
            if how:
                print(f"failed: {what}{how}")
        shutil.rmtree(source)
        os.unlink(image)
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference", help="the binary erofs-ref")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    undone, passed, failed = "", 0, 0
    try:
        if os.geteuid() != 0:
            raise mounted.Unable("not root")
        mounted.enter_namespace()
        with tempfile.TemporaryDirectory(prefix="erofs-extract.") as scratch:
            passed, failed = run(os.path.abspath(options.reference),
                                 options.seed, scratch)
    except mounted.Unable as error:
        undone = str(error)
    if undone:
        print(f"note: {len(CASES) * 3} extractions were not compared with "
              f"the native kernel: {undone}")
        failed += 1 if os.environ.get("CI") else 0
    print(f"extraction: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
