# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Do guests and their judge go red where they must?  No guest is booted."""

import pathlib
import struct
import sys
import tempfile
import types

import guest
import guest_boot
import guest_image
import guest_kernel
import guest_verdicts

ROOT = '{"path":"/","type":"dir"}'
FILE = '{"path":"/a%20b","type":"reg"}'
LATER = '{"path":"/a!","type":"reg"}'
MANIFEST = "".join(line + "\n" for line in (ROOT, FILE, LATER))
GOOD = ["N ok", "M " + LATER, "M " + ROOT, "M " + FILE, "N again ok", "D ok"]

# name: (lines of the guest, its verdict)
CASES = {
    "reads": (GOOD, "ok"),
    "misses a path": ([line for line in GOOD if "a%20b" not in line],
                      "differs"),
    "has another fact": ([line.replace("reg", "fifo") for line in GOOD],
                         "differs"),
    "is refused": (["N EUCLEAN", "D ok"], "mount EUCLEAN"),
    "cannot be read": ([*GOOD[:4], "E read EIO /a at 0", *GOOD[4:]],
                       "read EIO"),
    "is seen otherwise again": (
        [*GOOD[:5], "E pread differs /a at 0", "D ok"], "unstable"),
    "is refused again": ([*GOOD[:4], "N again EIO", "D ok"], "unstable"),
    "takes too long": ([*GOOD[:2], "D timeout"], "timeout"),
    "kills the walker": (["N ok", "D signal"], "crash"),
    "says nothing": (["D ok"], "crash"),
}
KERNEL = types.SimpleNamespace(version=(6, 12), features=0x7F)
OLD = types.SimpleNamespace(version=(6, 1), features=0x3F)


def outcome(lines):
    out = guest_boot.Outcome()
    for line in lines:
        kind, _, text = line.partition(" ")
        out.take(kind, text)
    return out


def image(features, bits=9):
    """A superblock that says no more than what is judged here."""
    head = bytearray(2048)
    struct.pack_into("<I", head, 1024, 0xE0F5E1E2)
    head[1024 + 12] = bits
    struct.pack_into("<I", head, 1024 + 80, features)
    return guest_image.Job(bytes(head))


def row(claim, job, lines):
    entry = {"path": "image", "sha256": "0", "verdict": claim, "rule": "-"}
    return guest_verdicts.Row(KERNEL, "6.12.1", entry, job, {
        "block": outcome(lines), "file": outcome(["N ENOTBLK", "D ok"])},
        MANIFEST)


def rows(expect):
    """What fails the run, and what may not."""
    refused = ["N EINVAL", "D ok"]
    for what, claim, features, bits, lines, count in (
            ("a fine image that is refused", "valid", 0, 9, refused, 2),
            ("an odd image that is refused", "advisory", 0, 9, refused, 2),
            ("an unknown feature", "valid", 0x80, 9, refused, 0),
            ("an unknown feature that is read otherwise", "valid", 0x80, 9,
             GOOD, 1),
            ("blocks too large", "valid", 0, 13, refused, 0),
            ("a broken image that is refused", "malformed", 0, 9, refused, 0),
            ("a broken image that crashes", "invalid", 0, 9,
             ["N ok", "D crash"], 0),
            ("a fine image that crashes", "valid", 0, 9,
             ["N ok", "D crash"], 2)):
        found = row(claim, image(features, bits), lines).failures()
        expect(len(found) == count, f"{what}: {found}")
    expect(guest_verdicts.declined(OLD, ["read EOPNOTSUPP", "-"])
           and not guest_verdicts.declined(OLD, ["read EIO", "-"])
           and not guest_verdicts.declined(KERNEL, ["read EOPNOTSUPP"]),
           "only an old kernel may say that it lacks a compression")
    text = guest_verdicts.table([row("valid", image(0), GOOD)])
    expect(text.count("\n") == 2 and all(
        line.count("\t") == len(guest_verdicts.COLUMNS) - 1
        for line in text.splitlines()), "the table has its columns")


def reports(folder, expect):
    """A report that ends in the middle of a job, and who is blamed."""
    path = pathlib.Path(folder) / "report"
    path.write_text("B 6.12.1\nJ 0 block\n" + "\n".join(GOOD)
                    + "\nJ 0 file\nN ok\nM {\"pa")
    report = guest_boot.Report([], path)
    report.reread()
    expect(report.last == (0, "file") and not report.done, "the last job")
    expect(report.outcomes[0, "block"].end == "ok", "the job before it")
    console = pathlib.Path(folder) / "console"
    for said, word in (("BUG: kernel NULL pointer", "crash"),
                       ("watchdog: BUG: soft lockup - CPU#0", "hang")):
        console.write_text(said)
        last = report.outcomes[0, "file"]
        guest_boot.Guests.blame(last, console, False)
        expect(guest_verdicts.verdict(last, None) == word, f"{said}: {word}")


def archive(folder, expect):
    """The archive is one that the kernel's format describes."""
    path = pathlib.Path(folder) / "initrd"
    kernel = types.SimpleNamespace(modules=lambda: [("erofs.ko", b"module")])
    job = image(0)
    program = pathlib.Path(__file__)
    guest_image.build(path, kernel, program, [job])
    data, at, names = path.read_bytes(), 0, {}
    while not names.get("TRAILER!!!") and at < len(data):
        expect(data[at:at + 6] == b"070701", f"magic at {at}")
        fields = [int(data[at + 6 + 8 * n:at + 14 + 8 * n], 16)
                  for n in range(13)]
        size, length = fields[6], fields[11]
        name = data[at + 110:at + 110 + length - 1].decode()
        at += (110 + length + 3) // 4 * 4
        names[name] = (data[at:at + size], name)
        at += (size + 3) // 4 * 4
    expect(at == len(data), "it ends with its trailer")
    expect(names["i/0"][0] == job.image, "an image as it is")
    expect(names["jobs"][0] == b"0 0 0\n", "the list of jobs")


def main():
    passed, failures = 0, []

    def expect(good, what):
        nonlocal passed
        passed += bool(good)
        if not good:
            failures.append(what)

    for name, (lines, word) in CASES.items():
        found = guest_verdicts.verdict(outcome(lines), MANIFEST)
        expect(found == word, f"{name}: {found}, not {word}")
    with tempfile.TemporaryDirectory() as folder:
        rows(expect)
        reports(folder, expect)
        archive(folder, expect)
    entries = guest.entries(guest.HERE.parent / "index.tsv", "*")
    expect(len(entries) > 300, "the index")
    for entry, good in ((entries[0], True), ({**entries[0], "sha256": "0"},
                        False), ({**entries[0], "path": "none"}, False)):
        try:
            guest.job(guest.HERE.parent, entry)
            expect(good, f"{entry['path']} was taken")
        except guest_kernel.Missing as error:
            expect(not good, error)
    for failure in failures:
        print(f"failed: {failure}")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
