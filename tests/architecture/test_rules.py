# SPDX-License-Identifier: Apache-2.0 OR MIT
"""One rule, one place: spec, code, vectors and text carry the same ids."""

import re
import unittest

import source

# No vector can make a device fail, and limits are the caller's; so is the
# kernel that an image is judged for.
WITHOUT_VECTOR = {"limit", "io", "kernel"}

# No image that a test can hold has its metadata at block 2^31 - 1.
WITHOUT_TWIN = {"superblock.meta_blkaddr.range"}


def identifier(rule_id):
    """The RuleId enumerator of an id."""
    return re.sub(r"[.-]", "_", rule_id)


def sites(files):
    """{enumerator: {file}} for every RuleId:: in hand-written code."""
    found = {}
    for path, text in files.items():
        for name in re.findall(r"\bRuleId::(\w+)", source.code_only(text)):
            found.setdefault(name, set()).add(path)
    return found


def site_breaches(rules, files):
    """Rules without their one .cpp, and names that are no rule's."""
    found, out = sites(files), []
    for rule_id, kind in rules.items():
        places = sorted(found.pop(identifier(rule_id), ()))
        if kind == "field" and places:
            out.append(f"{rule_id}: generated, yet named in {places}")
        elif kind == "code" and len(places) != 1:
            out.append(f"{rule_id}: named in {places}, not in one file")
        elif kind == "code" and not places[0].endswith(".cpp"):
            out.append(f"{rule_id}: named in a header, {places[0]}")
    found.pop("none", None)
    return out + [f"RuleId::{name} in {sorted(places)} is no rule"
                  for name, places in sorted(found.items())]


def column(table, name):
    """Values of a named column of a tab-separated table with a head line."""
    lines = [line.split("\t") for line in table.splitlines() if line]
    index = lines[0].index(name)
    return [line[index] for line in lines[1:]]


def vector_breaches(rules, broken):
    """{id: class} and the ids that vectors break -> who has no vector."""
    return ([f"{rule_id}: no vector breaks it"
             for rule_id, cls in rules.items()
             if not {cls, rule_id.split(".")[0]} & WITHOUT_VECTOR
             and rule_id not in broken] +
            [f"{rule_id}: a vector breaks it, the spec lacks it"
             for rule_id in sorted(broken - set(rules))])


def twin_breaches(ranges, near):
    """Ranges whose last allowed value no valid vector shows."""
    return [f"{rule_id}: no valid twin at its boundary"
            for rule_id in sorted(ranges - near - WITHOUT_TWIN)]


def anchor_breaches(rules, text):
    """Rules that the rendered specification does not anchor exactly once."""
    anchors = re.findall(r'<a id="([^"]+)"', text)
    return [f"{rule_id}: {anchors.count(rule_id)} anchors" for rule_id in rules
            if anchors.count(rule_id) != 1]


def class_breaches(rules, files):
    """Findings that are no reason to refuse belong to check/ alone."""
    found = sites(files)
    return [f"{rule_id} ({cls}): in {path}, not in check/"
            for rule_id, cls in rules.items()
            if cls in ("invalid", "advisory")
            for path in sorted(found.get(identifier(rule_id), ()))
            if not path.startswith("reference/check/")]


class Rules(unittest.TestCase):
    """The tree itself, and one planted breach for each check."""

    def setUp(self):
        self.spec = source.spec()
        rules = self.spec.rules
        self.kinds = {rule_id: rule.kind for rule_id, rule in rules.items()}
        self.classes = {rule_id: rule.cls
                        for rule_id, rule in rules.items()}
        self.files = source.texts("reference/")

    def test_sites(self):
        self.assertGreater(len(self.kinds), 100)
        self.assertEqual(site_breaches(self.kinds, self.files), [])

    def test_classes(self):
        self.assertEqual(class_breaches(self.classes, self.files), [])

    def test_vectors(self):
        table = source.read("conformance/index.tsv")
        broken = set(column(table, "rule")) - {"", "-"}
        self.assertEqual(vector_breaches(self.classes, broken), [])

    def test_twins(self):
        ranges = {constraint.rule for _, _, constraint
                  in self.spec.constraints()
                  if constraint.predicate == "range"}
        self.assertGreater(len(ranges), 5)
        near = column(source.read("conformance/index.tsv"), "near")
        near = {rule_id for cell in near for rule_id in cell.split(",")}
        self.assertEqual(twin_breaches(ranges, near), [])

    def test_anchors(self):
        text = source.read("spec/FORMAT.md")
        self.assertEqual(anchor_breaches(self.kinds, text), [])

    def test_planted(self):
        kinds = {"a.b.c-d": "code", "a.b.e": "field"}
        one = {"reference/map/a.cpp": "RuleId::a_b_c_d  // RuleId::x"}
        self.assertEqual(site_breaches(kinds, one), [])
        self.assertEqual(len(site_breaches(kinds, {})), 1)
        two = {**one, "reference/map/b.cpp": "RuleId::a_b_c_d RuleId::a_b_e"}
        self.assertEqual(len(site_breaches(kinds, two)), 2)
        head = {"reference/map/a.h": "RuleId::a_b_c_d RuleId::gone"}
        self.assertEqual(len(site_breaches(kinds, head)), 2)
        self.assertEqual(column("path\trule\nx\ty\n", "rule"), ["y"])
        classes = {"a.b.e": "malformed", "a.io": "io"}
        self.assertEqual(vector_breaches(classes, {"a.b.e"}), [])
        self.assertEqual(len(vector_breaches(classes, {"gone"})), 2)
        self.assertEqual(len(twin_breaches({"a.b.e"}, {"a.b.c"})), 1)
        anchors = '<a id="a.b.c-d"></a>'
        self.assertEqual(len(anchor_breaches(kinds, anchors)), 1)
        advisory = {"a.b.c-d": "advisory"}
        self.assertEqual(len(class_breaches(advisory, one)), 1)


if __name__ == "__main__":
    unittest.main()
