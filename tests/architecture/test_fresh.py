# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What is committed and generated equals what its generator makes now."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

import source


def generate(*command):
    """Runs a generator of the tree; its complaint fails the test."""
    done = subprocess.run([source.PYTHON, "-B", *command], cwd=source.ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    if done.returncode != 0:
        raise AssertionError(done.stdout.decode("utf-8", "replace"))


def stale(committed, made):
    """Names in folder `made` whose bytes `committed` does not have."""
    made, committed = pathlib.Path(made), pathlib.Path(committed)
    names = sorted(path.relative_to(made) for path in made.rglob("*")
                   if path.is_file())
    return [str(name) for name in names
            if not (committed / name).is_file()
            or (committed / name).read_bytes() != (made / name).read_bytes()]


def differing(committed, made):
    """Names that only one of the two folders has, or that differ."""
    return sorted(set(stale(committed, made)) | set(stale(made, committed)))


class Fresh(unittest.TestCase):
    """The tree itself, and a planted difference."""

    def test_format_text(self):
        with tempfile.TemporaryDirectory() as folder:
            generate("spec/gen", "text", "--out", folder)
            self.assertTrue((pathlib.Path(folder) / "FORMAT.md").is_file())
            self.assertEqual(stale(source.ROOT / "spec", folder), [])

    def test_table_of_rules(self):
        with tempfile.TemporaryDirectory() as folder:
            made = pathlib.Path(folder) / "RULES.md"
            generate("conformance/rules_table.py", "--out", str(made))
            text = made.read_text(encoding="utf-8")
            self.assertEqual(stale(source.ROOT / "conformance", folder), [])
            for rule in source.spec().rules:
                self.assertEqual(text.count(f"| [{rule}]("), 1, rule)

    def test_vectors_and_their_index(self):
        with tempfile.TemporaryDirectory() as folder:
            made, kept = (pathlib.Path(folder) / name
                          for name in ("made", "kept"))
            generate("conformance/forge", "--all", "--to", str(made))
            kept.mkdir()
            shutil.copy(source.ROOT / "conformance/index.tsv", kept)
            shutil.copytree(source.ROOT / "conformance/vectors",
                            kept / "vectors",
                            ignore=shutil.ignore_patterns("*.yaml"))
            self.assertGreater(len(list(made.rglob("*.erofs"))), 100)
            self.assertEqual(differing(kept, made), [])

    def test_planted(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for side, text in (("a", "one"), ("b", "one")):
                (root / side).mkdir()
                (root / side / "x").write_text(text, encoding="ascii")
            self.assertEqual(stale(root / "a", root / "b"), [])
            (root / "b" / "x").write_text("two", encoding="ascii")
            (root / "b" / "y").write_text("new", encoding="ascii")
            self.assertEqual(stale(root / "a", root / "b"), ["x", "y"])
            self.assertEqual(differing(root / "b", root / "a"), ["x", "y"])


if __name__ == "__main__":
    unittest.main()
