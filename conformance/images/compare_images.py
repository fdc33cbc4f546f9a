# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Runs erofs-ref over a folder of images that come with the kernel's view.

  conformance/images/compare_images.py EROFS_REF DIR [--only TEXT]

DIR holds NAME.erofs.zst, its extra devices, and NAME.json.zst: an object with
`tree` ({path: facts}), `devices` ([{file}]), `fsoffset`, and `tree_from`. One
line an image: exit of `check`, findings by class, and whether `manifest`
says what the kernel saw. A tool for a person: nothing in the tests needs DIR.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

KEYS = ("type", "mode", "uid", "gid", "nlink", "size", "ino", "mtime_sec",
        "mtime_nsec", "rdev", "target", "sha256", "xattrs")


def unpack(packed, target):
    """Decompresses one file; sparse, since images have holes."""
    subprocess.run(["zstd", "-q", "-d", "-f", "--sparse", str(packed), "-o",
                    str(target)], check=True)
    return str(target)


def facts(entry, loose):
    """What of an entry is compared."""
    keys = [key for key in KEYS if key in entry]
    if loose:  # not seen through a mount: no NIDs, sizes of another fs
        keys = [key for key in keys if key != "ino"
                and not (key == "size" and entry["type"] == "dir")]
    return {key: entry[key] for key in keys}


def within(less, more):
    """Whether an extraction lost nothing but what it is known to lose: keys,
    and the attributes behind the first empty one (fsck.erofs 1.9.3)."""
    if isinstance(less, dict) and isinstance(more, dict):
        return less.items() <= more.items()
    return less is None


def difference(manifest, oracle):
    """The first fact that differs, or nothing."""
    loose = not oracle.get("tree_from", "kernel").startswith("kernel")
    ours = {line["path"]: facts(line, loose)
            for line in map(json.loads, manifest.splitlines())}
    theirs = {path: facts(entry, loose)
              for path, entry in oracle["tree"].items()}
    for path in sorted(set(ours) | set(theirs)):
        left, right = ours.get(path, {}), theirs.get(path, {})
        for key in KEYS:
            if loose and within(right.get(key), left.get(key)):
                continue
            if left.get(key) != right.get(key):
                return (f"{path} {key}: ours {left.get(key)!r}, "
                        f"kernel {right.get(key)!r}")
    return ""


def judge(reference, folder, name, scratch):
    """(exit of check, counts of findings, difference or None)."""
    oracle = json.loads(subprocess.run(
        ["zstd", "-q", "-dc", str(folder / (name + ".json.zst"))],
        stdout=subprocess.PIPE, check=True).stdout)
    image = unpack(folder / (name + ".erofs.zst"), scratch / "image")
    arguments = [f"--offset={oracle.get('fsoffset', 0)}"]
    for number, device in enumerate(oracle.get("devices", [])):
        arguments.append("--device=" + unpack(
            folder / (device["file"] + ".zst"), scratch / f"blob{number}"))
    check = subprocess.run([reference, "check", "--json", *arguments, image],
                           stdout=subprocess.PIPE, check=False)
    try:
        findings = json.loads(check.stdout)["findings"]
    except (ValueError, KeyError):
        findings = [{"class": "no-json", "rule": "?"}]
    rules = sorted({f"{f['class']}:{f['rule']}" for f in findings})
    ours = subprocess.run([reference, "manifest", *arguments, image],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    if ours.returncode == 3:
        return check.returncode, rules, None
    if ours.returncode != 0:
        return check.returncode, rules, ours.stderr.decode()[:300].strip()
    if "tree" not in oracle:
        return check.returncode, rules, "no tree to compare with"
    return check.returncode, rules, difference(ours.stdout.decode(), oracle)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    totals = collections.Counter()
    names = sorted(path.name[:-len(".json.zst")]
                   for path in options.folder.glob("*.json.zst"))
    for name in names:
        if options.only not in name:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            status, rules, wrong = judge(options.reference, options.folder,
                                         name, pathlib.Path(scratch))
        same = ("unsupported" if wrong is None else
                "DIFFERS" if wrong else "equal")
        totals[f"check exits {status}, manifest {same}"] += 1
        print(f"{name}: check {status}, manifest {same} {wrong or ''} "
              + " ".join(rules), flush=True)
    for what, count in sorted(totals.items()):
        print(f"{count:5} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
