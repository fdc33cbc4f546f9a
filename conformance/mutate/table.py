# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The table of a campaign, and what it comes to."""

import collections
import dataclasses
import re

import verdict


@dataclasses.dataclass
class Row:
    """One mutant and both verdicts."""
    number: int
    base: str
    said: str
    sha256: str
    found: str
    status: str
    rules: str
    kernel: str
    detail: str

    def line(self):
        """The row as it is kept, one line."""
        return "\t".join(re.sub(r"[\t\n]", " ", str(value))[:300] for value in
                         dataclasses.astuple(self)) + "\n"

    @property
    def why(self):
        """What to count a row by, within its class."""
        if self.found in ("stricter", "unsupported", "limit", "TROUBLE"):
            return self.rules.split(",")[0]
        if self.found == "known":
            return self.detail
        return self.kernel


def read(path):
    """Rows of a file."""
    with open(path, encoding="utf-8") as file:
        found = [line.rstrip("\n").split("\t") for line in file]
    return [Row(int(row[0]), *row[1:]) for row in found]


def tally(rows):
    """How many there are of each class."""
    counts = collections.Counter(row.found for row in rows)
    return ", ".join(f"{counts[name]} {name}" for name in verdict.CLASSES
                     if counts[name])


def summary(rows):
    """[(class, why, how many)], the most frequent first in each class."""
    counts = collections.Counter((row.found, row.why) for row in rows)
    return [(name, why, count) for name in verdict.CLASSES
            for (found, why), count in counts.most_common() if found == name]


def kept(rows, release, salt):
    """The summary as a file."""
    lines = [("class", "why", "mutants"),
             ("all", f"Linux {release}, salt {salt}", len(rows)), *(
                 (name, "-", sum(row.found == name for row in rows))
                 for name in verdict.CLASSES), *summary(rows)]
    return "".join("\t".join(map(str, line)) + "\n" for line in lines)


def bad(rows):
    """Those that must not be."""
    return [row for row in rows if row.found in verdict.NEVER]


def tell(rows):
    """Prints the summary; 1 where something is in it that must not be."""
    for name, why, count in summary(rows):
        print(f"{name}\t{why}\t{count}")
    wrong = bad(rows)
    for row in wrong:
        print(f"failed: {row.line().rstrip()}")
    print(f"{len(rows) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0
