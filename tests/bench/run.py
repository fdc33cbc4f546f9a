# SPDX-License-Identifier: Apache-2.0 OR MIT
"""erofs-ref beside fsck.erofs, on the same images, in one interleaved run.

Packs trees with mkfs.erofs (kept in build/bench), then lets both programs
take turns: checking everything and extracting everything, on one core and on
all. MKFS_EROFS and FSCK_EROFS name other programs than those in PATH. Exits
with 1 where a program failed, with 0 however slow it was.
"""

import argparse
import fnmatch
import json
import os
import pathlib
import platform
import shutil
import sys

import images
import measure
import table

ROOT = pathlib.Path(__file__).resolve().parents[2]


def arguments():
    parser = argparse.ArgumentParser(
        prog="run bench", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "build/release/bin"),
                        help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true",
                        help="trees of a tenth, 3 rounds")
    parser.add_argument("--only", metavar="NAME", action="append",
                        help="images whose name matches, such as 'lz4*'; one "
                        "of: " + " ".join(images.CASES))
    parser.add_argument("--image", metavar="FILE", action="append",
                        help="measure this image instead")
    parser.add_argument("--work", choices=measure.WORKS, action="append",
                        help="only this")
    parser.add_argument("--rounds", type=int, help="default: 5")
    parser.add_argument("--jobs", type=int, metavar="N",
                        default=len(measure.available()),
                        help="how many cores 'all' are")
    parser.add_argument("--json", action="store_true",
                        help="print everything measured as one JSON object")
    return parser.parse_args()


class Line:
    """What goes on, on a terminal only, in one line that is overwritten."""

    def __init__(self):
        self.on = sys.stderr.isatty()

    def __call__(self, text=""):
        if self.on:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def cpu():
    """The processor's name, where the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as text:
            for line in text:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


def collect(options, mkfs, notes, say):
    """The images asked for; those that cannot be made become notes."""
    if options.image:
        return [images.given(path) for path in options.image]
    wanted = [name for name in images.CASES if not options.only or any(
        fnmatch.fnmatch(name, pattern) for pattern in options.only)]
    found = []
    try:
        store = images.Store(str(ROOT / "build" / "bench"), mkfs,
                             options.quick, say)
        for name in wanted:
            try:
                found.append(store.image(name))
            except images.CannotPack as error:
                notes.append(f"{name}: not made: {error}")
    except images.CannotPack as error:
        notes.append(f"nothing made: {error}")
    return found


def measure_all(options, fsck, found, notes, say):
    """Results for all images, in a scratch folder that does not remain."""
    folder = pathlib.Path(options.bin)
    tools = measure.Tools(str(folder / "erofs-bench-stopwatch"),
                          str(folder / "erofs-ref"), fsck,
                          str(folder / "erofs-bare-decode"))
    cores = sorted({1, max(options.jobs, 1)})
    rounds = options.rounds or (3 if options.quick else 5)
    scratch, memory = measure.scratch_folder(str(ROOT / "build"))
    if not memory:
        notes.append(f"no tmpfs with room; trees are extracted to {scratch}")
    try:
        bench = measure.Bench(tools, max(rounds, 1), cores, scratch, say)
        results = [bench.measure(image, options.work or measure.WORKS)
                   for image in found]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return {"schema": "erofs-ref/bench/1", "rounds": rounds, "cores": cores,
            "host": {"cpu": cpu(), "kernel": platform.release()},
            "results": results, "notes": notes}


def busy():
    """A note where others are using the machine, before we do."""
    load = os.getloadavg()[0]
    return [f"this machine is busy (load {load:.1f}); times are less sure"
            ] if load > 0.5 else []


def main():
    options, say, notes = arguments(), Line(), busy()
    fsck = os.environ.get("FSCK_EROFS", "fsck.erofs")
    mkfs = os.environ.get("MKFS_EROFS", "mkfs.erofs")
    if shutil.which(fsck) is None:
        print(f"run bench: there is no {fsck}", file=sys.stderr)
        return 2
    found = collect(options, mkfs, notes, say)
    report = measure_all(options, fsck, found, notes, say)
    report["host"]["peer"] = f"fsck.erofs {images.version(fsck)}"
    say()
    if options.json:
        print(json.dumps(report, indent=1))
    else:
        print(table.render(report), end="")
    failed = any(result["failures"] for result in report["results"])
    return 1 if failed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
