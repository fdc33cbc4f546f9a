# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Files stay small, narrow, plain ASCII, and carry their licence."""

import unittest

import source

CAPS = {".cpp": 400, ".h": 200, ".py": 250, ".yaml": 160, ".sh": 120,
        "CMakeLists.txt": 200, "run": 150}
NARROW = (".cpp", ".h", ".py", ".sh", "CMakeLists.txt", "run")
# Rendered or recorded, not written by hand.
RECORDED = ("spec/FORMAT.md", "corpus/", "tests/cli/")


def cap(path):
    """The most lines that a file may have, or nothing."""
    name = path.rsplit("/", 1)[-1]
    for ending, lines in CAPS.items():
        if name == ending or (ending[0] == "." and name.endswith(ending)):
            return lines
    return None


def breaches(files):
    """{path: text} -> what is too long, too wide, not ASCII, unlicensed."""
    out = []
    for path, text in files.items():
        lines = text.splitlines()
        most = cap(path)
        if most is not None and len(lines) > most:
            out.append(f"{path}: {len(lines)} lines, at most {most}")
        if not path.endswith(NARROW):
            continue
        if not any("SPDX-License-Identifier: Apache-2.0 OR MIT" in line
                   for line in lines[:2]):
            out.append(f"{path}: no SPDX line at its head")
        for number, line in enumerate(lines, 1):
            if len(line) > 80:
                out.append(f"{path}:{number}: {len(line)} columns")
            if not line.isascii():
                out.append(f"{path}:{number}: not ASCII")
    return out


class Sizes(unittest.TestCase):
    """The tree itself, and one planted breach for each check."""

    def test_tree(self):
        files = {name: text for name, text in source.texts(
            "", suffixes=tuple(CAPS)).items()
            if not name.startswith(RECORDED)}
        self.assertGreater(len(files), 60)
        self.assertEqual(breaches(files), [])

    def test_planted(self):
        head = "// SPDX-License-Identifier: Apache-2.0 OR MIT\n"
        self.assertEqual(breaches({"a.cpp": head + "int x;\n" * 399}), [])
        self.assertEqual(len(breaches({"a.cpp": head + "\n" * 400})), 1)
        self.assertEqual(len(breaches({"a.h": head + "\n" * 200})), 1)
        self.assertEqual(len(breaches({"t/x.yaml": "a: 1\n" * 161})), 1)
        self.assertEqual(len(breaches({"a.h": "int x;\n"})), 1)
        self.assertEqual(len(breaches({"a.h": head + "x" * 81})), 1)
        self.assertEqual(len(breaches({"a.h": head + "// \u00e9"})), 1)


if __name__ == "__main__":
    unittest.main()
