# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What a real Linux makes of each vector, inside an emulated machine.

  kernel/guest.py [--kernel 6.12|6.18|FOLDER]... [--index INDEX] [--only GLOB]

Boots a kernel of Debian under QEMU, without KVM, mounts every image of the
index there over a block device and as a file, walks and reads all of it, and
writes a table. Crafted images never meet the kernel of this machine.

Fails where an image that is `valid` or `advisory`, and whose features the
kernel knows, is not mounted, not read, or read differently than its manifest
says. What the kernel makes of broken images is written down and never fails.
`--keep` stores the tables as conformance/kernel/verdicts-SERIES.tsv.
"""

import argparse
import csv
import fnmatch
import hashlib
import pathlib
import shlex
import sys

import guest_boot
import guest_image
import guest_kernel
import guest_verdicts

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build" / "guest"
DEFAULT = "6.12"


def entries(index, only):
    """Rows of an index that are images, not blobs."""
    with open(index, encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))
    return [row for row in rows if row["verdict"] != "blob"
            and fnmatch.fnmatch(row["path"], only)]


def job(folder, entry):
    """The image of a row, which is what its digest says, and its devices."""
    devices, offset = [], 0
    for word in shlex.split(entry["args"]):
        name, _, value = word.partition("=")
        if name == "--device":
            devices.append((folder / value).read_bytes())
        elif name == "--offset":
            offset = int(value, 0)
    try:
        image = (folder / entry["path"]).read_bytes()
    except OSError as error:
        raise guest_kernel.Missing(error) from None
    if hashlib.sha256(image).hexdigest() != entry["sha256"]:
        raise guest_kernel.Missing(f"{entry['path']}: not as the index says")
    return guest_image.Job(image, devices, offset)


def manifest(folder, entry):
    """What a reader must print of it, if that is known."""
    path = (folder / entry["path"]).with_suffix(".manifest")
    return path.read_text(encoding="ascii") if path.exists() else None


def known(series):
    """{vector: why this kernel is known not to read it}."""
    with open(HERE / "guest_known.tsv", encoding="ascii", newline="") as file:
        return {row["vector"]: row["reason"] for row in csv.DictReader(
            file, delimiter="\t") if row["series"] == series}


def examine(kernel, program, folder, rows, seconds):
    """Rows of the table that one kernel gives."""
    scratch = BUILD / f"run-{kernel.name}"
    scratch.mkdir(exist_ok=True)
    jobs = [job(folder, entry) for entry in rows]
    guests = guest_boot.Guests(kernel, scratch, seconds)
    outcomes, release = guests.run(jobs, program)
    return [guest_verdicts.Row(
        kernel, release, entry, jobs[number],
        {backing: outcomes[number, backing]
         for backing in guest_boot.BACKINGS if (number, backing) in outcomes},
        manifest(folder, entry)) for number, entry in enumerate(rows)]


def tell(kernel, table):
    """Prints failures and a summary; gives (passed, failed)."""
    failed, tally, excuses = 0, {}, known(kernel.series)
    for row in table:
        wrong = row.failures()
        if row.entry["path"] in excuses:
            if not wrong:
                print(f"failed: {row.entry['path']}: it is in "
                      "guest_known.tsv, but it is read")
            failed += not wrong
        elif wrong:
            failed += 1
            print(f"failed: {row.entry['path']} ({row.entry['verdict']}): "
                  + ", ".join(f"{b}: {row.words[b]}" for b in wrong)
                  + f": {row.fields()[-1]}")
        for word in set(row.words.values()):
            if word in ("crash", "hang", "timeout", "unstable"):
                tally[word] = tally.get(word, 0) + 1
        if row.beyond:
            tally["beyond it"] = tally.get("beyond it", 0) + 1
    print(f"note: Linux {table[0].release}: {len(table)} images; "
          + ", ".join(f"{count} {word}" for word, count in
                      sorted(tally.items())))
    return len(table) - failed, failed


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.
        RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", action="append", default=[],
                        help=f"a series, or an unpacked package ({DEFAULT})")
    parser.add_argument("--index", type=pathlib.Path,
                        default=HERE.parent / "index.tsv")
    parser.add_argument("--only", default="*", metavar="GLOB")
    parser.add_argument("--seconds", type=int, default=10,
                        help="for one image in the guest (10)")
    parser.add_argument("--output", type=pathlib.Path, metavar="FILE",
                        help="the table; else build/guest/verdicts-*.tsv")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    rows = entries(options.index, options.only)
    if not rows:
        print("failed: the index has no such image\n0 passed, 1 failed")
        return 1
    BUILD.mkdir(parents=True, exist_ok=True)
    passed = failed = 0
    try:
        program = guest_image.walker(BUILD)
        for name in options.kernel or [DEFAULT]:
            kernel = guest_kernel.find(name, BUILD)
            table = examine(kernel, program, options.index.parent, rows,
                            options.seconds)
            place = options.output or (HERE if options.keep else BUILD) / \
                f"verdicts-{kernel.series}.tsv"
            place.write_text(guest_verdicts.table(table), encoding="ascii",
                             errors="backslashreplace")
            good, bad = tell(kernel, table)
            passed, failed = passed + good, failed + bad
    except (guest_kernel.Missing, RuntimeError) as error:
        print(f"failed: {error}")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
