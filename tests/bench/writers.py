# SPDX-License-Identifier: Apache-2.0 OR MIT
"""erofs-ref mkfs beside mkfs.erofs: time, memory and size, in one run.

Both write images of the same trees, in turns, on one core and on all: the
mkfs.erofs of PATH, and the one that MKFS_EROFS names. Ours also flushes its
image to the disk, theirs do not. What ours wrote has to pass `erofs-ref
check`. Exits with 1 where a program failed, with 0 however slow it was.
"""

import argparse
import collections
import fnmatch
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

import images
import measure
import run
import table

Peer = collections.namedtuple("Peer", "path version")

SIZE_GOAL, NAME = 1.01, 18
COMPRESSORS = ("lz4", "lz4hc", "deflate", "zstd", "lzma")
CLUSTERS = (("4k", 4096), ("64k", 65536), ("1m", 1 << 20))
# name: (tree, options that all of them understand)
CASES = {"plain": ("library", []),
         **{f"{method}-{name}": ("library", [f"-z{method}", f"-C{size}"])
            for method in COMPRESSORS for name, size in CLUSTERS},
         "lz4-tails": ("library", ["-zlz4", "-Eztailpacking"]),
         "zstd-fragments": ("library", ["-zzstd", "-C65536", "-Efragments"]),
         "small-plain": ("small", []),
         "small-lz4-tails": ("small", ["-zlz4", "-Eztailpacking"]),
         "small-zstd-tails": ("small", ["-zzstd", "-Eztailpacking"])}


def arguments():
    parser = argparse.ArgumentParser(
        prog="run bench --writers", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(run.ROOT / "build/release/bin"),
                        help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true",
                        help="trees of a tenth, one round")
    parser.add_argument("--only", metavar="NAME", action="append",
                        help="cases whose name matches; one of: "
                        + " ".join(CASES))
    parser.add_argument("--tree", metavar="DIR",
                        help="write this tree instead of those of the cases")
    parser.add_argument("--rounds", type=int, help="default: 3")
    parser.add_argument("--json", action="store_true",
                        help="print everything measured as one JSON object")
    return parser.parse_args()


def peers(notes):
    """The mkfs.erofs there are, each version once."""
    found = {}
    for name in ("mkfs.erofs", os.environ.get("MKFS_EROFS")):
        path = shutil.which(name) if name else None
        if path is not None:
            version = images.version(path)
            found.setdefault(version, Peer(path, version))
    if not found:
        notes.append("there is no mkfs.erofs: nothing to compare with")
    return list(found.values())


class Writers:
    def __init__(self, folder, rounds, scratch, say):
        self.ours = os.path.join(folder, "erofs-ref")
        watch = measure.Tools(os.path.join(folder, "erofs-bench-stopwatch"),
                              self.ours, "true", None)
        self.bench = measure.Bench(watch, rounds, [], scratch, say)
        self.rounds, self.scratch, self.say = rounds, scratch, say

    def turn(self, who, cores, options, tree):
        """One image: what the stopwatch says, with its size."""
        image = os.path.join(self.scratch, "image")
        if who is None:
            command = [self.ours, "mkfs", "--quiet", f"--workers={cores}",
                       images.STAMP, *options, image, tree]
        else:
            command = [who.path, "--quiet", images.STAMP, *options, image,
                       tree]
            if who.version >= "1.8":
                command.insert(1, f"--workers={cores}")
        try:
            said = self.bench.run(cores, command)
            said["size"] = os.path.getsize(image)
            if who is None and not self.verified:
                self.verify(image)
            return said
        finally:
            if os.path.exists(image):
                os.unlink(image)

    def verify(self, image):
        """The speed of a wrong image is of no interest."""
        done = subprocess.run([self.ours, "check", "--quiet", image],
                              stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            raise measure.Failed(f"check of our image: {done.returncode}")
        self.verified = True

    def measure(self, name, tree, against):
        """All turns of a case, after one of each to warm up."""
        turns = [(who, cores) for cores in sorted({1, len(
            measure.available())}) for who in (None, *against)]
        samples, failures = collections.defaultdict(list), {}
        self.verified = False
        for number in range(self.rounds + 1):
            self.say(f"{name}: round {number} of {self.rounds}")
            for who, cores in turns if number % 2 == 0 else turns[::-1]:
                if who in failures:
                    continue
                try:
                    said = self.turn(who, cores, CASES[name][1], tree)
                    if number > 0:
                        samples[who, cores].append(said)
                except measure.Failed as error:
                    failures[who] = str(error)
        return [row(name, who, cores, samples, failures)
                for who in against for _, cores in turns if _ is None]


def side(taken):
    """Medians of a program's runs."""
    if not taken:
        return None
    return {key: statistics.median(one[key] for one in taken)
            for key in ("seconds", "cpu", "peak_kib", "size")}


def row(name, who, cores, samples, failures):
    broken = failures.get(None) or failures.get(who)
    ours, theirs = (None if broken else side(samples[each, cores])
                    for each in (None, who))
    out = {"case": name, "peer": who.version, "cores": cores, "ours": ours,
           "theirs": theirs, "failure": broken,
           "ours_failed": None in failures}
    if ours and theirs:
        for key in ("seconds", "cpu", "size"):
            out[key] = (ours["size"] / theirs["size"] if key == "size"
                        else theirs[key] / max(ours[key], 1e-9))
    return out


def render(report):
    lines = [f"{report['cpu']}; medians of {report['rounds']} rounds, in "
             "turns, warm cache",
             "times: peer / ours; size: ours / peer; ours flushes to the disk",
             f"{'case':{NAME}}{'peer':>8}{'cores':>6}{'ours':>9}{'peer':>9}"
             f"{'time':>8}{'CPU':>8}{'size':>9}{'memory ours, peer':>20}"]
    for each in report["rows"]:
        line = f"{each['case']:{NAME}}{each['peer']:>8}{each['cores']:>6}"
        if each["failure"]:
            lines.append(f"{line}   {each['failure']}")
            continue
        ours, theirs = each["ours"], each["theirs"]
        slow = "!" if each["seconds"] < 1 else " "
        large = "!" if each["size"] > SIZE_GOAL else " "
        lines.append(
            f"{line}{table.seconds(ours['seconds']):>9}"
            f"{table.seconds(theirs['seconds']):>9}{each['seconds']:>6.2f}x"
            f"{slow}{each['cpu']:>6.2f}x {each['size']:>8.4f}{large}"
            f"{table.mebibytes(ours['peak_kib']):>9},"
            f"{table.mebibytes(theirs['peak_kib']):>9}")
    return "\n".join(lines + [f"note: {each}" for each in report["notes"]])


def main():
    options, say, notes = arguments(), run.Line(), run.busy()
    against = peers(notes)
    wanted = [name for name in CASES if not options.only or any(
        fnmatch.fnmatch(name, each) for each in options.only)]
    rounds = options.rounds or (1 if options.quick else 3)
    scratch, memory = measure.scratch_folder(str(run.ROOT / "build"))
    if not memory:
        notes.append(f"no tmpfs with room; images are written to {scratch}")
    rows = []
    try:
        store = images.Store(str(run.ROOT / "build" / "bench"),
                             against[0].path if against else "true",
                             options.quick, say)
        writers = Writers(str(pathlib.Path(options.bin)), rounds, scratch,
                          say)
        for name in wanted:
            tree = options.tree or store.tree(CASES[name][0])
            rows += writers.measure(name, tree, against)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    say()
    report = {"schema": "erofs-ref/bench-writers/1", "cpu": run.cpu(),
              "rounds": rounds, "rows": rows, "notes": notes}
    print(json.dumps(report, indent=1) if options.json else render(report))
    return 1 if not rows or any(each["ours_failed"] for each in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
