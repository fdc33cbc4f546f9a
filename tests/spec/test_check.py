# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The toy is accepted; each file in bad/ plants a fault into it and names
everything that the checks have to say about it, exactly."""

import ast
import inspect
import sys
import unittest

import yaml

import toy
import check
import check_keys
import check_places

CHECKS = (check, check_keys, check_places)
BAD = sorted((toy.HERE / "bad").glob("FAIL_*.yaml"))


def problems(edits):
    with toy.changed(edits) as directory:
        try:
            toy.model.load(directory, prose=True)
        except toy.model.SpecError as error:
            return error.problems
    return []


def message_lines(module):
    """Lines of statements that yield or append a message."""
    lines = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not isinstance(node, ast.Expr):
            continue
        value = node.value
        appends = (isinstance(value, ast.Call)
                   and isinstance(value.func, ast.Attribute)
                   and value.func.attr == "append"
                   and isinstance(value.args[0], ast.JoinedStr))
        if appends or (isinstance(value, ast.Yield)
                       and isinstance(value.value,
                                      (ast.Constant, ast.JoinedStr))):
            lines.add(node.lineno)
    return lines


class Check(unittest.TestCase):

    def test_toy_is_good(self):
        self.assertEqual(problems([]), [])

    def test_rules_of_an_area_in_several_files(self):
        head, rule = "area: toy\nrules:\n", "  - {id: toy.whole.sound,"
        rules = (toy.TOY / "rules" / "toy.yaml").read_text()
        first, last = rules.split(rule)
        edits = [{"file": "rules/toy.yaml", "text": first},
                 {"file": "rules/toy-more.yaml", "text": head + rule + last}]
        self.assertEqual(problems(edits), [])

    def test_prose_is_checked_on_demand(self):
        gone = [{"file": "text/00-toy.md", "gone": True}]
        self.assertNotEqual(problems(gone), [])
        with toy.changed(gone) as directory:
            self.assertEqual(list(toy.model.load(directory).structs), ["Toy"])


class Bad(unittest.TestCase):
    """One test for each file in bad/, and one for what they cover."""

    maxDiff = None
    ran = {}  # file of a check module -> lines that some fault made run

    @classmethod
    def setUpClass(cls):
        cls.ran = {m.__file__: set() for m in CHECKS}

    def trace(self, frame, event, _):
        lines = self.ran.get(frame.f_code.co_filename)
        if lines is None:
            return None
        if event == "line":
            lines.add(frame.f_lineno)
        return self.trace

    def refuse(self, path):
        case = yaml.safe_load(path.read_text())
        self.assertTrue(case["expect"])
        before = sys.gettrace()
        sys.settrace(self.trace)
        try:
            found = problems(case["edits"])
        finally:
            sys.settrace(before)
        self.assertEqual(found, case["expect"])

    def test_zz_every_message_has_its_case(self):
        """Each line that makes a message ran for some file; sorted last."""
        self.assertGreater(len(BAD), 70)
        for module in CHECKS:
            wanted = message_lines(module)
            self.assertGreater(len(wanted), 2)
            self.assertEqual(sorted(wanted - self.ran[module.__file__]), [],
                             module.__name__)


for bad in BAD:
    setattr(Bad, f"test_{bad.stem.removeprefix('FAIL_')}",
            lambda self, path=bad: self.refuse(path))


if __name__ == "__main__":
    unittest.main()
