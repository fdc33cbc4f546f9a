# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Sums an lcov tracefile by folder of reference/ and holds it to a floor.

    coverage.py TRACEFILE FLOOR

Prints a line for each folder and one for all, then the runner's count: one
pass or one failure, as the share of lines reached FLOOR (per cent) or not.
A tracefile without lines is a failure.
"""

import collections
import sys


def parse(text):
    """{folder: [lines found, hit, branches found, hit]} of a tracefile."""
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    keys = {"LF": 0, "LH": 1, "BRF": 2, "BRH": 3}
    folder = None
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key == "SF":
            _, ours, inner = value.rpartition("/reference/")
            folder = inner.split("/")[0] if ours else None
        elif key in keys and folder is not None:
            sums[folder][keys[key]] += int(value)
        elif line == "end_of_record":
            folder = None
    return dict(sums)


def percent(hit, found):
    """hit of found in per cent; nothing to hit counts as all hit."""
    return 100.0 * hit / found if found else 100.0


def row(name, counts):
    """One line of the summary."""
    lines, hit, branches, taken = counts
    return (f"{name:10} lines {percent(hit, lines):5.1f} % of {lines:5}, "
            f"branches {percent(taken, branches):5.1f} % of {branches:5}")


def main(argv):
    """0 where the floor was reached."""
    if len(argv) != 3:
        print(__doc__)
        return 2
    with open(argv[1], encoding="utf-8") as tracefile:
        sums = parse(tracefile.read())
    total = [sum(column) for column in zip(*sums.values())] or [0, 0, 0, 0]
    for folder in sorted(sums):
        print(row(f"{folder}/", sums[folder]))
    print(row("reference/", total))
    good = total[0] > 0 and percent(total[1], total[0]) >= float(argv[2])
    if not good:
        print(f"lines covered are below the floor of {argv[2]} %")
    print(f"coverage: {int(good)} passed, {int(not good)} failed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
