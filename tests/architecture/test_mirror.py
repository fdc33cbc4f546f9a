# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Every source file has its unit test, and every unit test its source."""

import unittest

import source

# cli is a shell over the library; tests/cli runs the binary itself.
EXEMPT = ("reference/cli/",)


def missing(paths):
    """Sources without x_test.cpp, and tests whose source is gone."""
    paths = set(paths)
    out = []
    for path in sorted(paths):
        if path.startswith("reference/") and path.endswith(".cpp"):
            if path.startswith(EXEMPT):
                continue
            inner = path[len("reference/"):-len(".cpp")]
            if f"tests/unit/{inner}_test.cpp" not in paths:
                out.append(f"{path}: no tests/unit/{inner}_test.cpp")
        if path.startswith("tests/unit/") and path.endswith("_test.cpp"):
            inner = path[len("tests/unit/"):-len("_test.cpp")]
            homes = (f"reference/{inner}.cpp", f"reference/{inner}.h")
            if not paths.intersection(homes) and \
                    not inner.startswith("format/"):
                out.append(f"{path}: mirrors nothing")
    return out


class Mirror(unittest.TestCase):
    """The tree itself, and planted breaches."""

    def test_tree(self):
        self.assertEqual(missing(source.tracked()), [])

    def test_planted(self):
        good = ["reference/base/a.cpp", "tests/unit/base/a_test.cpp",
                "reference/cli/main.cpp"]
        self.assertEqual(missing(good), [])
        self.assertEqual(len(missing(good[:1])), 1)
        self.assertEqual(len(missing(good[1:])), 1)


if __name__ == "__main__":
    unittest.main()
