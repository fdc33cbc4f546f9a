# SPDX-License-Identifier: Apache-2.0 OR MIT
"""RULES.md: each rule, where it is enforced, what shows it, who says what.

  conformance/rules_table.py [--out FILE]

From the specification, the sources, index.tsv and the kept tables of kernels
and of fsck.erofs; see kernel/guest.py and kernel/fsck.py for those.
"""

import argparse
import collections
import csv
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "spec" / "gen"))

import model  # noqa: E402

KERNELS = ("6.1", "6.12", "6.18", "7.3")
FSCK = ("1.5", "1.9.3")
EXITS = {"malformed": 1, "invalid": 1, "advisory": 0, "unsupported": 3,
         "limit": 4, "io": 5}
BEYOND = ("to this kernel", "of this machine")
# Of what no image can show.
BUDGETS = "no image: a budget of the caller"
MEDIA = "no image: a medium or a blob that fails"
HEAD = """# Every rule, and what says so

Made by `conformance/rules_table.py` from `spec/rules/`, the sources,
`index.tsv` and the tables in `kernel/`; do not edit.

- **enforced in**: the one file that reports it; `format` is made from the
  fields of `spec/format/`.
- **bad**: images that break this rule and no other; **twins**: images that
  conform and lie at its boundary.
- **ours**: the class of the finding, and the exit code of `check`.
- **Linux**, over a block device: `ok` mounts and reads all; else what fails
  and how; `alien` if it lacks the feature, compression or block size.
- **fsck**: exit code of fsck.erofs, plain / with `--extract --xattrs`.

`x3` stands for three images, `?` for one that was not asked yet.

"""


def rows(path):
    """Rows of a table; none where there is no such file."""
    if not path.exists():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


def sites():
    """{enumerator: files below reference/ that name it}."""
    found = collections.defaultdict(set)
    for path in sorted((ROOT / "reference").rglob("*.cpp")):
        text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
        for name in re.findall(r"\bRuleId::(\w+)", text):
            found[name].add(str(path.relative_to(ROOT / "reference")))
    return found


def place(rule, found):
    """Where a rule is enforced."""
    if rule.kind == "field":
        return "format"
    return ", ".join(sorted(found[re.sub(r"[.-]", "_", rule.id)])) or "-"


def linux(row):
    """A cell of a kernel."""
    if row["block"] == "ok":
        return "ok"
    if any(words in row["detail"] for words in BEYOND):
        return "alien"
    return row["block"]


def fsck(row):
    """A cell of fsck.erofs."""
    return f"{row['plain']} / {row['extract']}"


class Answers:
    """What somebody said of the images of the index."""

    def __init__(self, name, word):
        self.word = word
        self.known = {(row["vector"], row["sha256"]): row
                      for row in rows(HERE / "kernel" / f"verdicts-{name}.tsv")}

    def cell(self, vectors):
        """All different answers on these, with how many gave each."""
        found = collections.Counter(
            self.word(self.known[key]) if key in self.known else "?"
            for key in ((each["path"], each["sha256"]) for each in vectors))
        return ", ".join(word + (f" x{count}" if count > 1 else "")
                         for word, count in sorted(found.items()))


def lines(spec, index):
    """The table, one rule a line, area after area."""
    bad, twins = collections.defaultdict(list), collections.Counter()
    for row in index:
        bad[row["rule"]].append(row)
        twins.update(row["near"].split(","))
    asked = [Answers(series, linux) for series in KERNELS]
    asked += [Answers(f"fsck-{version}", fsck) for version in FSCK]
    names = [*(f"Linux {k}" for k in KERNELS), *(f"fsck {v}" for v in FSCK)]
    columns = ["rule", "enforced in", "bad", "twins", "ours", *names]
    found, area = sites(), None
    for rule in spec.rules.values():
        if rule.area != area:
            area = rule.area
            yield f"## {area}\n"
            yield "| " + " | ".join(columns) + " |"
            yield "|" + "---|" * len(columns)
        ours = f"{rule.cls}, {EXITS[rule.cls]}"
        cells = [f"[{rule.id}](../spec/FORMAT.md#{rule.id})",
                 place(rule, found), len(bad[rule.id]), twins[rule.id], ours]
        if bad[rule.id]:
            cells += [each.cell(bad[rule.id]) for each in asked]
        else:
            why = BUDGETS if rule.cls == "limit" else MEDIA
            cells += [why] + [""] * (len(asked) - 1)
        yield "| " + " | ".join(map(str, cells)) + " |"


def text():
    """All of RULES.md."""
    spec = model.load(str(ROOT / "spec"))
    index = [row for row in rows(HERE / "index.tsv")
             if row["path"].endswith(".erofs")]
    body = "\n".join(lines(spec, index)).replace("\n## ", "\n\n## ")
    shown = sum(row["rule"] in spec.rules for row in index)
    tail = (f"\n\n{len(spec.rules)} rules; {shown} images break one, "
            f"{len(index) - shown} none.\n")
    return HEAD + body + tail


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path,
                        default=HERE / "RULES.md")
    options = parser.parse_args()
    options.out.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
