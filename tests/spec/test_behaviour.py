# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The C++ made from the toy compiles without a warning and does its job."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

import toy

STRICT = ("-std=c++20 -fno-exceptions -fno-rtti -Wall -Wextra -Wpedantic"
          " -Wconversion -Wsign-conversion -Wshadow -Werror").split()
COMPILERS = ("g++", "clang++", "clang++-14")


class Behaviour(unittest.TestCase):

    def test_compilers(self):
        found = [name for name in COMPILERS if shutil.which(name)]
        self.assertTrue(found)
        with tempfile.TemporaryDirectory() as place:
            place = pathlib.Path(place)
            (place / "format").mkdir()
            for name, content in toy.emitted().items():
                (place / "format" / name).write_text(content)
            sources = [toy.HERE / "behaviour.cpp",
                       *(place / "format").glob("*.cpp")]
            for compiler in found:
                with self.subTest(compiler):
                    subprocess.run(
                        [compiler, *STRICT, "-I", place, *sources, "-o",
                         place / "toy"], check=True, timeout=300)
                    done = subprocess.run([place / "toy"], timeout=60)
                    self.assertEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()
