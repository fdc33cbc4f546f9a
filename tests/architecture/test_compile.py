# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What must not compile does not, beside a twin that differs in one thing.

That each header compiles alone is the build's business (the target
headers_compile_alone); here is shown that such a unit can fail.
"""

import os
import subprocess
import tempfile
import unittest

import source

FLAGS = ["-std=c++20", "-fsyntax-only", "-fno-exceptions", "-fno-rtti",
         "-Wall", "-Wextra", "-Wconversion", "-Werror", "-Ireference"]
VIEW = '#include "base/bytes.h"\nusing erofs::ByteView;\n'
RESULT = ('#include "base/result.h"\n'
          "erofs::Status step();\nerofs::Result<int> number();\n")

# name: (common head, what compiles, what must not)
PAIRS = {
    "no raw indexing of untrusted bytes": (
        VIEW, "auto f(ByteView v) { return v.slice(0, 1); }",
        "auto f(ByteView v) { return v[0]; }"),
    "no pointer out of untrusted bytes": (
        VIEW, "auto f(ByteView v) { return v.size(); }",
        "auto f(ByteView v) { return v.data(); }"),
    "a status is looked at": (
        RESULT, "bool f() { return step().has_value(); }",
        "void f() { step(); }"),
    "a result is looked at": (
        RESULT, "bool f() { return number().has_value(); }",
        "void f() { number(); }"),
    "a rule is not a number": (
        RESULT, "auto f(erofs::Fault x) { return x.rule; }",
        "int f(erofs::Fault x) { return x.rule; }"),
    "a header brings what it uses": (
        "", "#include <cstdint>\nstd::uint32_t f();",
        "std::uint32_t f();"),
}


def compiles(text):
    """Whether the strict compiler accepts the text."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "unit.cpp")
        with open(path, "w", encoding="ascii") as unit:
            unit.write(text + "\n")
        done = subprocess.run(["g++", *FLAGS, path], cwd=source.ROOT,
                              stderr=subprocess.PIPE, check=False)
        return done.returncode == 0


class Compile(unittest.TestCase):
    """Both halves of every pair."""

    def test_pairs(self):
        for name, (head, good, bad) in PAIRS.items():
            with self.subTest(name):
                self.assertTrue(compiles(head + good), "the good half fails")
                self.assertFalse(compiles(head + bad), "the bad half passes")

    def test_every_header_has_its_unit(self):
        cmake = source.read("tests/CMakeLists.txt")
        self.assertIn("GLOB_RECURSE headers", cmake)
        self.assertIn("add_library(headers_compile_alone OBJECT", cmake)


if __name__ == "__main__":
    unittest.main()
