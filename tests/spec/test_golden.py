# SPDX-License-Identifier: Apache-2.0 OR MIT
"""All that is made of the toy equals golden/, byte for byte.

After a change on purpose, `python3 -B tests/spec/toy.py` writes golden/ anew;
its diff is what the change does.
"""

import pathlib
import subprocess
import tempfile
import unittest

import toy

GENERATOR = ["/usr/bin/python3", "-B", toy.SPEC / "gen"]


class Golden(unittest.TestCase):
    maxDiff = None

    def test_emitters(self):
        emitted = toy.emitted()
        golden = {path.name.removesuffix(".golden"): path.read_text()
                  for path in (toy.HERE / "golden").iterdir()}
        self.assertEqual(sorted(emitted), sorted(golden))
        for name, content in emitted.items():
            with self.subTest(name):
                self.assertEqual(content, golden[name])

    def test_program(self):
        """The program writes what the emitters give, and nothing twice."""
        emitted = toy.emitted()
        with tempfile.TemporaryDirectory() as place:
            place = pathlib.Path(place)
            for emitter in ("cpp", "text", "dict"):
                run = GENERATOR + [emitter, "--spec", toy.TOY, "--out", place]
                subprocess.run(run, check=True, timeout=60)
            written = {path.name: path.read_text() for path in place.iterdir()}
            self.assertEqual(written, emitted)
            before = {p: p.stat().st_mtime_ns for p in place.iterdir()}
            subprocess.run(GENERATOR + ["cpp", "--spec", toy.TOY, "--out",
                                        place], check=True, timeout=60)
            after = {p: p.stat().st_mtime_ns for p in place.iterdir()}
            self.assertEqual(before, after)

    def test_program_fails(self):
        edit = {"file": "format/toy.yaml", "old": "size: 24", "new": "size: 25"}
        with toy.changed([edit]) as spec, \
                tempfile.TemporaryDirectory() as place:
            for emitter, folder in (("check", ()), ("cpp", ("--out", place))):
                done = subprocess.run(
                    GENERATOR + [emitter, "--spec", spec, *folder], timeout=60,
                    capture_output=True, text=True)
                self.assertEqual(done.returncode, 1)
                self.assertEqual(
                    done.stderr, "spec: Toy: fields end at 24, size is 25\n")
            self.assertEqual(list(pathlib.Path(place).iterdir()), [])

    def test_usage(self):
        done = subprocess.run(GENERATOR + ["cpp"], timeout=60,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--out is missing", done.stderr)


if __name__ == "__main__":
    unittest.main()
