# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Does the runner go red where it must?  selftest.py BUILD_FOLDER

Every case gives it one small suite, an adapter that is a shell script, and
the two numbers that its last line has to end with.
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

HEAD = "path sha256 verdict rule args also".split()
MANIFEST = '{"path":"/"}\n'
RIGHT = f"printf '%s\\n' '{MANIFEST.strip()}'"


def finding(rule, cls):
    """A shell command that prints one finding."""
    return ('echo \'{"findings":[{"rule":"%s","class":"%s"}]}\'' % (rule, cls))


# name: (mode, verdict, script of the adapter, passed, failed)
CASES = {
    "valid is read": ("reader", "valid", RIGHT, 1, 0),
    "manifest differs": ("reader", "valid", "echo '{}'", 0, 1),
    "manifest ends early": ("reader", "valid", "true", 0, 1),
    "valid is refused": ("reader", "valid", "exit 1", 0, 1),
    "malformed is refused": ("reader", "malformed", "exit 1", 1, 0),
    "malformed is read": ("reader", "malformed", RIGHT, 0, 1),
    "malformed is unsupported": ("reader", "malformed", "exit 3", 0, 1),
    "invalid may be read": ("reader", "invalid", RIGHT, 1, 0),
    "invalid may be refused": ("reader", "invalid", "exit 1", 1, 0),
    "invalid crashes": ("reader", "invalid", "kill -SEGV $$", 0, 1),
    "invalid is a usage error": ("reader", "invalid", "exit 2", 0, 1),
    "an odd exit": ("reader", "malformed", "exit 99", 0, 1),
    "unsupported is refused": ("reader", "unsupported", "exit 3", 1, 0),
    "unsupported is read": ("reader", "unsupported", RIGHT, 0, 1),
    "endless": ("reader", "invalid", "sleep 60", 0, 1),
    "endless child": ("reader", "invalid", "sleep 60 & exit 1", 0, 1),
    "endless output": ("reader", "invalid", "yes", 0, 1),
    "rule is found": ("checker", "malformed",
                      finding("a.b.c", "malformed") + "; exit 1", 1, 0),
    "rule is missed": ("checker", "malformed",
                       finding("x.y.z", "advisory") + "; exit 1", 0, 1),
    "rule and another": (
        "checker", "malformed", 'echo \'{"findings":[{"rule":"a.b.c",'
        '"class":"malformed"},{"rule":"x.y.z","class":"invalid"}]}\'; exit 1',
        0, 1),
    "rule, but exit 0": ("checker", "malformed",
                         finding("a.b.c", "malformed"), 0, 1),
    "exit 1 without rules": ("checker", "malformed", "exit 1", 1, 0),
    "advisory is told": ("checker", "advisory",
                         finding("a.b.c", "advisory"), 1, 0),
    "advisory is missed": ("checker", "advisory",
                           "echo '{\"findings\":[]}'", 0, 1),
    "advisory on valid": ("checker", "valid",
                          finding("x.y.z", "advisory"), 0, 1),
    "valid is clean": ("checker", "valid", "echo '{\"findings\":[]}'", 1, 0),
    "unsupported is told": ("checker", "unsupported",
                            finding("a.b.c", "unsupported") + "; exit 3",
                            1, 0),
    "unsupported looks clean": ("checker", "unsupported",
                                "echo '{\"findings\":[]}'", 0, 1),
}


class Suite:
    """An index with one vector, in a folder of its own."""

    def __init__(self, folder, verdict, script):
        self.folder = pathlib.Path(folder)
        (self.folder / "v.erofs").write_bytes(b"image")
        (self.folder / "v.manifest").write_text(MANIFEST, encoding="ascii")
        self.adapter = self.folder / "adapter"
        self.adapter.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
        self.adapter.chmod(0o755)
        self.row = ["v.erofs", hashlib.sha256(b"image").hexdigest(), verdict,
                    "-" if verdict == "valid" else "a.b.c", "", ""]
        self.write([self.row])

    def write(self, rows):
        lines = ["\t".join(row) for row in [HEAD, *rows]]
        (self.folder / "index.tsv").write_text("\n".join(lines) + "\n",
                                               encoding="ascii")

    def run(self, binary, mode, *options):
        """(passed, failed, exit status)"""
        done = subprocess.run(
            [binary, mode, str(self.adapter), "--index",
             str(self.folder / "index.tsv"), "--timeout", "1", *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        words = done.stdout.decode().split("\n")[-2:-1] or [""]
        numbers = words[0].split()
        if numbers[1:2] != ["passed,"]:
            return None, None, done.returncode
        return int(numbers[0]), int(numbers[2]), done.returncode


def table_cases(binary, expect):
    """The verdicts, one after the other."""
    for name, (mode, verdict, script, passed, failed) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            got = Suite(folder, verdict, script).run(binary, mode)
            expect(name, got, (passed, failed, 1 if failed else 0))


def index_cases(binary, expect):
    """An index that is not what it should be."""
    with tempfile.TemporaryDirectory() as folder:
        suite = Suite(folder, "valid", RIGHT)
        suite.write([])
        expect("empty index", suite.run(binary, "reader")[2], 1)
        suite.write([suite.row, ["gone.erofs", *suite.row[1:]]])
        expect("missing file", suite.run(binary, "reader"), (1, 1, 1))
        suite.write([[suite.row[0], "0" * 64, *suite.row[2:]]])
        expect("digest differs", suite.run(binary, "reader")[2], 1)
        suite.write([suite.row])
        expect("nothing chosen",
               suite.run(binary, "reader", "--only", "zzz")[2], 1)
        expect("mount without a producer",
               suite.run(binary, "mount"), (None, None, 2))
        os.unlink(suite.folder / "v.manifest")
        expect("no manifest", suite.run(binary, "reader")[2], 1)


def known_cases(binary, expect):
    """Expected failures."""
    with tempfile.TemporaryDirectory() as folder:
        suite = Suite(folder, "valid", "exit 1")
        known = suite.folder / "known.tsv"
        known.write_text("reader\tv.erofs\tnot yet\n", encoding="ascii")
        option = ("--known", str(known))
        expect("known failure", suite.run(binary, "reader", *option),
               (0, 0, 0))
        suite.adapter.write_text(f"#!/bin/sh\n{RIGHT}\n", encoding="ascii")
        expect("surprise", suite.run(binary, "reader", *option), (0, 1, 1))
        known.write_text("reader\tgone.erofs\told\n", encoding="ascii")
        expect("stale", suite.run(binary, "reader", *option), (1, 1, 1))


def main():
    counts = [0, 0]

    def expect(name, got, wanted):
        counts[got != wanted] += 1
        if got != wanted:
            print(f"failed: {name}: {got}, wanted {wanted}")

    for cases in (table_cases, index_cases, known_cases):
        cases(sys.argv[1] + "/bin/erofs-conformance", expect)
    print(f"runner: {counts[0]} passed, {counts[1]} failed")
    return 1 if counts[1] else 0


if __name__ == "__main__":
    sys.exit(main())
