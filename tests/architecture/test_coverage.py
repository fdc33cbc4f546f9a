# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What became of every constraint and of every case is true."""

import collections
import csv
import importlib.util
import unittest

import source

FOLDER = source.ROOT / "conformance" / "coverage"
NAMES = ("constraints", "cases")
KINDS = {"rule", "covered", "harmless", "elsewhere"}
NAMING = {"rule", "covered"}

# Rows of each group in the lists that the tables answer.
WANTED = {
    "constraints": {
        "SB": 35, "CFG": 16, "DEV": 10, "INO": 18, "FLAT": 5, "CHK": 7,
        "SYM": 3, "PCK": 3, "MBX": 2, "DIR": 28, "XA": 24, "Z": 41, "ZT": 6,
        "FR": 5, "ZX": 17, "ST": 10, "WR": 27},
    "cases": {
        "SB": 42, "CF": 17, "DV": 15, "IN": 39, "DR": 58, "FD": 20, "CH": 22,
        "XA": 39, "ZH": 16, "FI": 32, "CI": 15, "EX": 27, "ZT": 11, "FR": 17,
        "MB": 17, "LZ": 11, "LM": 17, "DF": 16, "ZS": 23, "SL": 11, "SP": 9,
        "RX": 16, "XT": 11, "IO": 12, "AM": 13, "OK": 1},
}

# Rules of the same time that answer no row: what their own work and known
# writers' faults brought up.
FOUND_LATER = {
    "chunk.address.first-block", "cluster.fragment.same-start",
    "cluster.pcluster.same", "content.tail.left-aligned",
    "directory.name.whiteout", "xattr.acl.place"}


def rendered():
    """The document as render.py would write it."""
    place = importlib.util.spec_from_file_location(
        "coverage_render", FOLDER / "render.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module.render()


def rows(name):
    with open(FOLDER / f"{name}.tsv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


def names(cell):
    return [] if cell == "-" else cell.split(",")


def breaches(row, rules, vectors):
    """What is wrong with one row; vectors: {path: rules it is about}."""
    here, named = row["id"], names(row["rules"])
    if row["kind"] not in KINDS:
        yield f"{here}: unknown kind {row['kind']}"
    if bool(named) != (row["kind"] in NAMING):
        yield f"{here}: a {row['kind']} with rules {named}"
    if row["kind"] not in NAMING and row["reason"] in ("", "-", None):
        yield f"{here}: {row['kind']} without a reason"
    for rule in named:
        if rule not in rules:
            yield f"{here}: unknown rule {rule}"
    if len(set(named)) != len(named):
        yield f"{here}: a rule stands twice"
    vector = row["vector"]
    if vector == "-":
        if any(rule in about for rule in named for about in vectors.values()):
            yield f"{here}: there is a vector, none is named"
    elif vector not in vectors:
        yield f"{here}: unknown vector {vector}"
    elif not set(named) & vectors[vector]:
        yield f"{here}: {vector} is about {vectors[vector]}"


def groups(found):
    return dict(collections.Counter(
        row["id"].partition("-")[0] for row in found))


class Coverage(unittest.TestCase):
    """The tables, and planted faults."""

    maxDiff = None

    def setUp(self):
        self.rules = set(source.spec().rules)
        index = list(csv.DictReader(
            source.read("conformance/index.tsv").splitlines(),
            delimiter="\t", quoting=csv.QUOTE_NONE))
        self.vectors = {
            row["path"]: {row["rule"]} | set(row["near"].split(","))
            for row in index if row["path"].endswith(".erofs")}

    def test_rows(self):
        for name in NAMES:
            with self.subTest(name):
                self.assertEqual(
                    [each for row in rows(name)
                     for each in breaches(row, self.rules, self.vectors)], [])

    def test_complete(self):
        for name in NAMES:
            with self.subTest(name):
                ids = [row["id"] for row in rows(name)]
                self.assertEqual(len(ids), len(set(ids)))
                self.assertEqual(groups(rows(name)), WANTED[name])

    def test_nearly_every_rule_answers_a_row(self):
        """Rules that answer none are new, or are among those listed."""
        answered = {rule for name in NAMES for row in rows(name)
                    for rule in names(row["rules"])}
        self.assertGreater(len(answered), 210)
        self.assertLessEqual(FOUND_LATER, self.rules - answered)

    def test_document(self):
        self.assertEqual(source.read("conformance/coverage/COVERAGE.md"),
                         rendered())

    def test_planted(self):
        good = {"id": "A-1", "kind": "rule", "rules": "a.b.c",
                "vector": "v.erofs", "reason": "-"}
        vectors = {"v.erofs": {"a.b.c", "-"}, "w.erofs": {"a.b.d"}}
        rules = {"a.b.c", "a.b.d"}

        def wrong(**change):
            return len(list(breaches({**good, **change}, rules, vectors)))
        self.assertEqual(wrong(), 0)
        self.assertEqual(wrong(kind="maybe"), 3)
        self.assertEqual(wrong(kind="harmless", reason="so"), 1)
        self.assertEqual(wrong(kind="harmless", rules="-", vector="-"), 1)
        self.assertEqual(wrong(rules="a.b.c,a.b.x"), 1)
        self.assertEqual(wrong(rules="a.b.c,a.b.c"), 1)
        self.assertEqual(wrong(vector="-"), 1)
        self.assertEqual(wrong(vector="x.erofs"), 1)
        self.assertEqual(wrong(vector="w.erofs"), 1)
        self.assertEqual(groups([good, good]), {"A": 2})


if __name__ == "__main__":
    unittest.main()
