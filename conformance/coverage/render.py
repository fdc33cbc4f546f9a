# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Writes COVERAGE.md: what becomes of every constraint and every case.

  /usr/bin/python3 -B conformance/coverage/render.py
"""

import collections
import csv
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
TABLES = (("constraints", "Constraints of the format"),
          ("cases", "Cases of malformed images"))
KINDS = ("rule", "covered", "harmless", "elsewhere")

HEAD = """\
<!-- SPDX-License-Identifier: Apache-2.0 OR MIT -->
<!-- Rendered by render.py from the tables beside it; change those. -->
# What the rules cover

Two lists were made before there was a checker: what has to hold in an image,
and what images can be made that break readers. Here stands what became of
every row of them, by its id there.

| kind | what it means |
|---|---|
| rule | the rules named say just that, or in one of its forms |
| covered | it cannot be without breaking the rules named |
| harmless | we hold it to be no fault of an image, for the reason given |
| elsewhere | no image shows it, or the audit or the extraction sees to it |

The vector is one that breaks the first rule for which there is one; others
are in `../index.tsv`. Cases that crash or hang kernels in use have none of
their own, only tests in memory.
"""


def rows(name):
    """The rows of one table, as dictionaries."""
    with open(HERE / f"{name}.tsv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


def group(row):
    return row["id"].partition("-")[0]


def line(cells):
    return "| " + " | ".join(cells) + " |"


def counts(found):
    """A table of how many rows of each group are of which kind."""
    lines = [line(("group", *KINDS, "all")), "|---" * (len(KINDS) + 2) + "|"]
    groups = collections.defaultdict(collections.Counter)
    for row in found:
        groups[group(row)][row["kind"]] += 1
    everything = collections.Counter(row["kind"] for row in found)
    for name, kinds in [*groups.items(), ("all", everything)]:
        numbers = [str(kinds[kind]) for kind in KINDS]
        lines.append(line((name, *numbers, str(sum(kinds.values())))))
    return lines


def shown(row):
    rules = "".join(
        f"[{rule}](../../spec/FORMAT.md#{rule})<br>"
        for rule in row["rules"].split(",") if rule != "-")
    vector = row["vector"]
    if vector != "-":
        recipe = vector.removesuffix(".erofs") + ".yaml"
        vector = f"[{pathlib.Path(vector).stem}](../{recipe})"
    cells = (row["kind"], rules.removesuffix("<br>"), vector, row["reason"])
    return line((row["id"], *("" if cell == "-" else cell for cell in cells)))


def render():
    """The whole document."""
    parts = [HEAD]
    for name, title in TABLES:
        found = rows(name)
        parts += [f"\n## {title}\n", *counts(found), "",
                  line(("id", "kind", "rules", "vector", "reason")),
                  "|---" * 5 + "|", *map(shown, found)]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    (HERE / "COVERAGE.md").write_text(render(), encoding="utf-8")
