# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Mutants come out the same each time, and no verdict is taken for another.

  mutate/selftest.py EROFS-REF

Boots no guest. Shows the reference some hundred mutants, none of which may
crash it, keep it, or have it contradict itself.
"""

import pathlib
import random
import sys
import tempfile
import types

import changes
import mutants
import known
import seeds
import table
import verdict

COUNT = 300
CLEAN = verdict.Ours(verdict.CLEAN, [], "manifest")
BROKEN = verdict.Ours(verdict.BROKEN, ["a.b", "c.d"])

# (ours, the kernel's words, beyond it): the class
CASES = (
    (CLEAN, ["ok", "ok"], "", "clean"),
    (CLEAN, ["ok", "-"], "", "clean"),
    (CLEAN, ["ok", "read EIO"], "", "FALSE-CLEAN"),
    (CLEAN, ["mount EINVAL"], "", "FALSE-CLEAN"),
    (CLEAN, ["mount EINVAL"], "features", "beyond"),
    (CLEAN, ["differs"], "", "FALSE-CLEAN"),
    (CLEAN, ["unstable"], "", "FALSE-CLEAN"),
    (CLEAN, ["crash"], "", "FALSE-CLEAN"),
    (CLEAN, ["hang"], "", "FALSE-CLEAN"),
    (CLEAN, ["timeout", "ok"], "", "slow"),
    (CLEAN, ["timeout", "crash"], "", "FALSE-CLEAN"),
    (CLEAN, [], "", "FALSE-CLEAN"),
    (BROKEN, ["crash"], "", "bad"),
    (BROKEN, ["ok", "mount EIO"], "", "bad"),
    (BROKEN, ["ok", "ok"], "", "stricter"),
    (verdict.Ours(verdict.IO, ["io.x"]), ["ok"], "", "stricter"),
    (verdict.Ours(verdict.UNSUPPORTED, ["a.b"]), ["ok"], "", "unsupported"),
    (verdict.Ours(verdict.LIMIT, ["limit.x"]), ["hang"], "", "limit"),
    (verdict.Ours(None), ["ok"], "", "TROUBLE"),
    (verdict.Ours(-11), ["crash"], "", "TROUBLE"),
    (verdict.Ours(2), ["crash"], "", "TROUBLE"),
)


class Tally:
    """What held and what did not."""

    def __init__(self):
        self.passed, self.failures = 0, []

    def __call__(self, good, what):
        if good:
            self.passed += 1
        else:
            self.failures.append(what)


def judged(expect):
    """Every class, by made-up verdicts; what fails a campaign."""
    for ours, words, beyond, wanted in CASES:
        found = verdict.classify(ours, words, beyond)
        expect(found == wanted, f"{ours.status} and {words}: {found}, not "
               f"{wanted}")
    expect({case[3] for case in CASES} | {"known"} == set(verdict.CLASSES),
           "a class without a case")
    expect(verdict.classify(CLEAN, ["differs"], "", "why") == "known",
           "a known fault")
    rows = [table.Row(1, "base", "said\tso", "0", name, "0", "a.b,c.d", "ok",
                      "") for name in ("clean", "stricter", "stricter")]
    expect(table.summary(rows) == [("clean", "ok", 1), ("stricter", "a.b",
                                                        2)], "the summary")
    expect(table.bad(rows) == [], "nothing that must not be")
    rows.append(table.Row(2, "b", "s", "0", "FALSE-CLEAN", "0", "", "x", ""))
    expect(table.bad(rows) == rows[3:], "a false clean")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "t"
        path.write_text("".join(row.line() for row in rows), encoding="utf-8")
        expect([row.line() for row in table.read(path)]
               == [row.line() for row in rows], "a table read again")


def found_by_walking(spec, all_seeds, expect):
    """The walk finds nothing but what the forge has put there."""
    looked = 0
    for seed in all_seeds:
        forged = {(what.name, at) for what, at in seed.symbols}
        if not seed.name.startswith(("vectors/valid/directory",
                                     "vectors/valid/inode")):
            continue
        walked = seeds.structures.Walk(spec, seed.image, seed.offset).symbols
        walked = {(what.name, at) for what, at in walked}
        looked += 1
        expect(walked <= forged, f"{seed.name}: {sorted(walked - forged)[:3]}")
        expect(len(walked) > 3, f"{seed.name}: found nothing")
    expect(looked > 10, "images to walk")


def same_again(all_seeds, expect):
    """The same number, the same mutant; another one, another."""
    one, two = (mutants.Mutants("a", all_seeds) for _ in range(2))
    other = mutants.Mutants("b", all_seeds)
    images = set()
    for number in range(COUNT):
        mutant, again = one.at(number), two.at(number)
        if number % 3 == 0:
            expect((mutant.image, mutant.said) == (again.image, again.said),
                   f"{number} differs the second time")
        images.add(mutant.image)
    expect(len(images) > COUNT * 0.95, "mutants that are all the same")
    expect(sum(one.at(number).image != other.at(number).image
               for number in range(20)) > 15, "the salt does nothing")
    unlike = sum(one.at(number).image != one.at(number).base.image
                 for number in range(COUNT))
    expect(unlike > COUNT * 0.95, "mutants that are not")
    expect(len(one.keys) > 90, "fields")
    return one


def faults(all_seeds, expect):
    """Faults of kernels excuse their own images and no other."""
    old = types.SimpleNamespace(version=(6, 18), series="6.18")
    for seed in all_seeds:
        mutant = mutants.Mutant(0, seed, seed.image, "")
        if "lz4-blocks-2" in seed.name:
            said = "too large lz4 pclusterblks 2048"
            refused = ["mount EINVAL", "mount EINVAL"]
            expect(bool(known.excuse(old, mutant, refused, said))
                   == seed.name.endswith("2048.erofs"),
                   "more blocks than one kernel takes")
            expect(not known.excuse(old, mutant, refused, "other"),
                   "another reason to refuse it")
        else:
            expect(not known.excuse(old, mutant, ["differs", "ok"], ""),
                   f"{seed.name} is excused")


def sealed(spec, all_seeds, expect):
    """The checksum of a mutant is right where it is to be."""
    seed = next(seed for seed in all_seeds
                if seed.image[seed.offset + 1032] & 1)
    image = bytearray(seed.image)
    mutants.seal(image, seed.offset)
    expect(image == seed.image, "a checksum that was right already")
    changes.of_field(random.Random(1), ("Superblock", "inos"),
                     spec.structs["Superblock"].field("inos"),
                     seed.offset + 1024 + 16, image)
    before = bytes(image)
    mutants.seal(image, seed.offset)
    expect(before[:1028] == image[:1028] and before[1028:1032]
           != image[1028:1032], "a checksum that was not mended")


def shown(binary, source, expect):
    """What the reference makes of mutants; it must make something of each."""
    statuses = set()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(COUNT):
            mutant = source.at(number)
            ours = verdict.ask(binary, verdict.stored(
                pathlib.Path(folder), mutant))
            found = verdict.classify(ours, ["ok"], "")
            expect(found != "TROUBLE", f"{number}, {mutant.base.name}, "
                   f"{mutant.said}: {ours.said}")
            statuses.add(ours.status)
    expect({verdict.CLEAN, verdict.BROKEN} <= statuses, "only one verdict")


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    expect = Tally()
    spec, all_seeds = seeds.load_all()
    judged(expect)
    found_by_walking(spec, all_seeds, expect)
    sealed(spec, all_seeds, expect)
    faults(all_seeds, expect)
    shown(sys.argv[1], same_again(all_seeds, expect), expect)
    for failure in expect.failures:
        print(f"failed: {failure}")
    print(f"{expect.passed} passed, {len(expect.failures)} failed")
    return 1 if expect.failures else 0


if __name__ == "__main__":
    sys.exit(main())
