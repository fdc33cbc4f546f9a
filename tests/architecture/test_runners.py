# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Every runner goes red when given nothing, too little, or a wrong answer."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import source

GOOD = "#!/bin/sh\necho '[  PASSED  ] 3 tests.'\n"


def run(*command, cwd=source.ROOT):
    """(status, output) of a command."""
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, timeout=300)
    return done.returncode, done.stdout.decode("utf-8", "replace")[-2000:]


def python(*command):
    """The same for a script of the tree."""
    return run(sys.executable, "-B", *command)


class Runner(unittest.TestCase):
    """A fresh folder for each test, and what red and green look like."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        os.chmod(path, mode)
        return path

    def red(self, result, words=""):
        self.assertNotEqual(result[0], 0, result[1])
        self.assertIn(words, result[1])

    def green(self, result, words):
        self.assertEqual(result[0], 0, result[1])
        self.assertIn(words, result[1])


class Unit(Runner):
    """tests/unit/run.py"""

    def unit(self, *binaries):
        self.write("unit_tests.txt", "".join(b + "\n" for b in binaries))
        return python("tests/unit/run.py", self.folder)

    def test_green(self):
        good = self.write("good", GOOD, 0o755)
        self.green(self.unit(good), "unit: 3 passed, 0 failed")

    def test_nothing_listed(self):
        self.red(python("tests/unit/run.py", self.folder), "0 passed, 1 fail")

    def test_binary_missing(self):
        good = self.write("good", GOOD, 0o755)
        self.red(self.unit(good, "/nowhere"), "unit: 3 passed, 1 failed")

    def test_binary_dies(self):
        dies = self.write("dies", GOOD + "exit 7\n", 0o755)
        self.red(self.unit(dies), "unit: 3 passed, 1 failed")

    def test_no_test_ran(self):
        empty = self.write("e", "#!/bin/sh\necho '[  PASSED  ] 0 tests.'\n",
                           0o755)
        self.red(self.unit(empty), "unit: 0 passed, 1 failed")

    def test_a_test_has_no_occasion(self):
        less = self.write("less", GOOD + "echo '[  SKIPPED ] 1 test, listed "
                          "below:'\necho '[  SKIPPED ] A.B'\n", 0o755)
        self.green(self.unit(less), "note: not run here: A.B\n")

    def test_a_test_fails(self):
        bad = self.write("bad", GOOD + "echo '[  FAILED  ] 2 tests, listed "
                         "below:'\nexit 1\n", 0o755)
        self.red(self.unit(bad), "unit: 3 passed, 2 failed")


class Python(Runner):
    """The two runners of unittest files, with one planted file each."""

    def planted(self, runner, body=None):
        shutil.copy(source.ROOT / runner, self.folder)
        if body is not None:
            self.write("test_one.py", "import unittest\n\n\n"
                       "class T(unittest.TestCase):\n"
                       f"    def test_a(self):\n        {body}\n")
        return python(os.path.join(self.folder, "run.py"))

    def outcomes(self, runner):
        self.red(self.planted(runner), "0 passed, 1 failed")
        self.green(self.planted(runner, "self.assertTrue(True)"),
                   "1 passed, 0 failed")
        for bad in ("self.fail()", "self.skipTest('x')", "raise OSError"):
            self.red(self.planted(runner, bad), "0 passed, 1 failed")

    def test_architecture(self):
        self.outcomes("tests/architecture/run.py")

    def test_spec(self):
        self.outcomes("tests/spec/run.py")


class Replay(Runner):
    """fuzz/replay.py"""

    def replay(self, targets, program=None):
        self.write("fuzz_targets.txt", targets)
        if program is not None:
            self.write("bin/replay_check_image", program, 0o755)
        return python("fuzz/replay.py", os.path.join(self.folder, "bin"))

    def test_outcomes(self):
        self.green(self.replay("check_image", "#!/bin/sh\n"), ", 0 failed")
        self.red(self.replay("check_image no_such_target"), ", 1 failed")
        self.red(self.replay("check_image", "#!/bin/sh\nexit 1\n"),
                 "replay: 0 passed, ")
        self.red(self.replay(""), "replay: 0 passed, ")
        self.red(self.replay("read_image"), "replay: 0 passed, 1 failed")


class CommandLine(Runner):
    """tests/cli/run.py, on a folder with one planted case."""

    def cli(self, said="hello", files=None):
        self.write("t/cli/run.py", source.read("tests/cli/run.py"))
        self.write("t/cli/fixture.sh", "true\n")
        for name, text in (files or {}).items():
            self.write("t/cli/" + name, text)
        binary = self.write("ref", f"#!/bin/sh\necho {said}\n", 0o755)
        return python(os.path.join(self.folder, "t/cli/run.py"), binary)

    def test_outcomes(self):
        self.red(self.cli(), "cli: 0 passed, 1 failed")
        case = {"ls/a.sh": "erofs-ref\n", "ls/a.exit": "0\n",
                "ls/a.stdout.exact": "hello\n"}
        self.green(self.cli(files=case), "cli: 1 passed, 0 failed")
        self.red(self.cli("other", case), "cli: 0 passed, 1 failed")
        self.red(self.cli("hello >&2", case), "cli: 0 passed, 1 failed")
        self.red(self.cli("hello; exit 1", case), "cli: 0 passed, 1 failed")
        self.red(self.cli(files={"ls/b.exit": "0\n"}), "1 passed, 1 failed")
        del case["ls/a.exit"]
        os.unlink(os.path.join(self.folder, "t/cli/ls/a.exit"))
        self.red(self.cli(files=case), "cli: 0 passed, ")


class Conformance(Runner):
    """erofs-conformance of the dev build, on one planted vector."""

    ROWS = "path\tsha256\tverdict\trule\targs\talso\n"

    def suite(self, adapter, rows=None, mode="reader"):
        image = self.write("a.erofs", "image")
        self.write("a.manifest", "manifest\n")
        self.write("x/adapter", f"#!/bin/sh\n{adapter}\n", 0o755)
        with open(image, "rb") as data:
            digest = hashlib.sha256(data.read()).hexdigest()
        if rows is None:
            rows = f"a.erofs\t{digest}\tvalid\t-\t\t\n"
        self.write("index.tsv", self.ROWS + rows)
        return run("build/dev/bin/erofs-conformance", mode,
                   os.path.join(self.folder, "x/adapter"), "--timeout", "1")

    def test_outcomes(self):
        good = "echo manifest"
        self.green(self.suite(good), "1 passed, 0 failed")
        for bad in ("true", "echo other", "exit 1", "kill -9 $$", "sleep 9",
                    "echo manifest; exit 7"):
            self.red(self.suite(bad), "0 passed, 1 failed")
        self.red(self.suite(good, ""), "0 passed, ")
        self.red(self.suite(good, "b.erofs\t0\tvalid\t-\t\t\n"), "0 passed")
        self.red(self.suite(good, "a.erofs\t0\tvalid\t-\t\t\n"), "0 passed")
        self.red(self.suite(good, "a.erofs\n"), "0 passed, ")

    def test_checker_that_finds_nothing(self):
        with open(self.write("a.erofs", "image"), "rb") as data:
            digest = hashlib.sha256(data.read()).hexdigest()
        row = f"a.erofs\t{digest}\tmalformed\ta.b.c\t\t\n"
        blind = "echo '{\"findings\": []}'; exit 1"
        self.red(self.suite(blind, row, "checker"), "0 passed, 1 failed")
        seeing = ("echo '{\"findings\": [{\"rule\": \"a.b.c\", "
                  "\"class\": \"malformed\"}]}'; exit 1")
        self.green(self.suite(seeing, row, "checker"), "1 passed, 0 failed")


class Kernel(Runner):
    """conformance/kernel/differential.py"""

    def test_without_a_writer(self):
        self.red(run("env", "MKFS_EROFS=/bin/false", "CI=1", sys.executable,
                     "-B", "conformance/kernel/differential.py", "/bin/true"),
                 "mount: 0 passed, ")

    def test_an_option_that_no_case_uses(self):
        mkfs = self.write("mkfs", '#!/bin/sh\nmkfs.erofs "$@"\n'
                          'echo " --novel=X  do something new"\n', 0o755)
        words = "option --novel, which no case uses"
        self.red(run("env", f"MKFS_EROFS={mkfs}", "CI=1", sys.executable,
                     "-B", "conformance/kernel/differential.py", "/bin/true",
                     "--only", "novel"), words if os.geteuid() == 0 else "")


class Coverage(Runner):
    """tests/coverage.py"""

    def coverage(self, text):
        return python("tests/coverage.py", self.write("t.info", text), "90")

    def test_outcomes(self):
        record = "SF:/x/reference/base/a.cpp\nLF:10\nLH:{}\nend_of_record\n"
        self.green(self.coverage(record.format(9)), "1 passed, 0 failed")
        self.red(self.coverage(record.format(8)), "0 passed, 1 failed")
        self.red(self.coverage(""), "0 passed, 1 failed")
        self.red(self.coverage(record.format(9).replace("reference", "x")))


class Stages(Runner):
    """tests/stages.sh: the sums behind the closing line of ./run."""

    def stage(self, script):
        body = f". {source.ROOT}/tests/stages.sh\n{script}\nfinish\n"
        return run("bash", "-euo", "pipefail", "-c", body, cwd=self.folder)

    def test_outcomes(self):
        self.green(self.stage("count a echo 'a: 2 passed, 0 failed'"),
                   "\n2 passed, 0 failed\n")
        self.green(self.stage("gate a true"), "\n1 passed, 0 failed\n")
        for script in ("count a true", "count a false", "count a /nowhere",
                       "count a echo 'a: 0 passed, 0 failed'",
                       "count a echo 'a: 5 passed, 1 failed'",
                       "count a sh -c 'echo a: 5 passed, 0 failed; exit 3'",
                       "gate a false", "gate a /nowhere"):
            self.red(self.stage(script), " 1 failed\n")


if __name__ == "__main__":
    unittest.main()
