# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Ids of rules that are gone stay gone."""

import re
import unittest

import toy


def retired():
    """The ids that spec/README.md lists as retired."""
    text = (toy.SPEC / "README.md").read_text()
    part = text[text.index("which are retired:"):]
    return re.findall(r"^- `([a-z0-9.-]+)`:", part, re.MULTILINE)


class Retired(unittest.TestCase):
    def test_known(self):
        self.assertLessEqual(
            {"codec.records.supported", "cluster.layout.supported"},
            set(retired()))

    def test_not_in_use(self):
        rules = toy.model.load(str(toy.SPEC)).rules
        self.assertGreater(len(rules), 100)
        self.assertEqual([name for name in retired() if name in rules], [])


if __name__ == "__main__":
    unittest.main()
