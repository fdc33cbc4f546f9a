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
    maxDiff = None

    def test_toy_is_good(self):
        self.assertEqual(problems([]), [])

    def test_prose_is_checked_on_demand(self):
        gone = [{"file": "text/00-toy.md", "gone": True}]
        self.assertNotEqual(problems(gone), [])
        with toy.changed(gone) as directory:
            self.assertEqual(list(toy.model.load(directory).structs), ["Toy"])

    def test_bad(self):
        self.assertGreater(len(BAD), 70)
        for path in BAD:
            with self.subTest(path.name):
                case = yaml.safe_load(path.read_text())
                self.assertTrue(case["expect"])
                self.assertEqual(problems(case["edits"]), case["expect"])

    def test_every_message_has_its_case(self):
        """Each line that makes a message runs for some file in bad/."""
        modules = {m.__file__: (m, set())
                   for m in (check, check_keys, check_places)}

        def trace(frame, event, _):
            if frame.f_code.co_filename not in modules:
                return None
            if event == "line":
                modules[frame.f_code.co_filename][1].add(frame.f_lineno)
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            for path in BAD:
                problems(yaml.safe_load(path.read_text())["edits"])
        finally:
            sys.settrace(before)
        for module, ran in modules.values():
            wanted = message_lines(module)
            self.assertGreater(len(wanted), 2)
            self.assertEqual(sorted(wanted - ran), [], module.__name__)


if __name__ == "__main__":
    unittest.main()
