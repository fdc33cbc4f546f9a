# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What no room below the command line may do, and numbers nobody may spell."""

import re
import unittest

import source

# What, as a pattern over code without comments and literals.
FORBIDDEN = {
    "prints": r"\b(?:std::)?(?:printf|fprintf|vprintf|puts|fputs|putchar|"
              r"perror|cout|cerr|clog|syslog)\b",
    "ends the process": r"\b(?:abort|exit|_exit|_Exit|quick_exit|terminate|"
                        r"raise|assert)\s*\(",
    "reads the environment": r"\b(?:getenv|secure_getenv|setenv|putenv|"
                             r"environ|setlocale)\b",
    "reads the clock": r"\b(?:gettimeofday|clock_gettime|clock|"
                       r"localtime|gmtime)\s*\(|\bstd::chrono\b|"
                       r"\btime\s*\(\s*(?:nullptr|NULL|0|&)",
    "maps memory": r"\bm(?:map|unmap|advise)\b",
    "reinterprets": r"\breinterpret_cast\b|\bconst_cast\b",
    "casts like C": r"\((?:unsigned |signed )?(?:int|long|char|short|"
                    r"std::size_t|std::u?int\d+_t)\)\s*[\w(]",
    "throws": r"\bthrow\b|\btry\s*\{|\bcatch\s*\(",
    "jumps": r"\bgoto\b|\bsetjmp\b",
    "allocates by hand": r"\b(?:malloc|calloc|realloc|free)\s*\(|"
                         r"\bnew\s+\w|\bdelete\b(?!\s*;)",
    "copies by address": r"\b(?:memcpy|memmove|memset|memcmp|strlen|strcpy)\b",
    "moves a pointer": r"\.data\(\)\s*(?:\+|-|\[)|\.begin\(\)\s*\.base",
    "needs a process": r"\b(?:fork|system|popen|execv\w*|dlopen)\s*\(",
    "keeps global state": r"^\s*(?:static|thread_local)\s+(?!constexpr|const\b)"
                          r"[\w:<>, ]+\s+\w+(?:\s*[={;])",
}

# The one place for what bytes must do, each with its reason.
ALLOWED = {
    ("reference/base/bytes.cpp", "reinterprets"):
        "text as bytes and back: the only such cast in the tree",
    ("reference/base/bytes.cpp", "copies by address"):
        "the bounded copy that everybody else calls",
    ("reference/confine/calls.cpp", "maps memory"):
        "names the system calls that it allows, and makes none of them",
    ("reference/tree/labels.cpp", "needs a process"):
        "a library that would look at the machine whenever a program starts",
    ("reference/decompress/lz4_block.cpp", "copies by address"):
        "a decoder as fast as the library's, fuzzed beside it",
    ("reference/decompress/deflate_bits.h", "copies by address"):
        "the words that this decoder takes its bits from",
    ("reference/decompress/deflate_block.cpp", "copies by address"):
        "a decoder much faster than zlib, fuzzed beside it",
    ("reference/decompress/zstd_writer.h", "copies by address"):
        "a decoder stricter than the library, fuzzed beside it",
}

# Numbers that only generated code may spell: hexadecimal ones (bits, masks,
# magics) and, where things are done, the sizes of structures, unless they
# count bits in a shift.
HEX = r"0[xX][0-9a-fA-F']+"
KNOWING = tuple(f"reference/{room}/" for room in
                ("decode", "map", "read", "check", "extract"))
# (file, number): why it is not a fact of the format's structures.
NUMBERS = {
}

# A private constructor keeps std::make_unique out; this is as good.
OWNED_NEW = re.compile(r"unique_ptr<[\w:]+>\((\s*)new\b")


def forbidden_breaches(files, allowed):
    """{path: text} of rooms below cli -> who does what must not be done."""
    out = []
    for path, text in files.items():
        code = OWNED_NEW.sub(r"\1", source.code_only(text))
        for what, pattern in FORBIDDEN.items():
            if (path, what) in allowed:
                continue
            for match in re.finditer(pattern, code, re.M):
                line = code.count("\n", 0, match.start()) + 1
                out.append(f"{path}:{line}: {what}: {match.group(0).strip()}")
    return out


def number_breaches(files, sizes, allowed):
    """Numbers of the format that hand-written code spells out."""
    out = []
    for path, text in files.items():
        code = source.code_only(text)
        code = re.sub(r"(?:<<|>>)=?\s*\d+", "", code)
        for match in re.finditer(rf"(?<![\w.])({HEX}|\d[\d']*)[uUlL]*\b", code):
            number = match.group(1)
            digits = number.replace("'", "")
            if re.fullmatch(r"0\d+", digits):
                continue  # octal: bits of a mode
            value = int(digits, 0)
            hexadecimal = number[:2] in ("0x", "0X") and value > 1
            size = value in sizes and path.endswith(".cpp")
            if not hexadecimal and not size:
                continue
            if (path, number) not in allowed:
                line = code.count("\n", 0, match.start()) + 1
                out.append(f"{path}:{line}: number {number}")
    return out


def unfinished(files):
    """Comments that say that work was left undone."""
    pattern = re.compile(r"(?://|^\s*#|/\*).*\b(?:TODO|FIXME|XXX|HACK)\b",
                         re.M)
    return [path for path, text in files.items() if pattern.search(text)]


def idle(files, allowed, breaches):
    """Allow-list entries that excuse nothing any more."""
    return [key for key in allowed
            if not breaches({key[0]: files.get(key[0], "")}, key)]


class Forbidden(unittest.TestCase):
    """The tree itself, and one planted breach for each pattern."""

    def setUp(self):
        self.files = {path: text for path, text
                      in source.texts("reference/").items()
                      if not path.startswith("reference/cli/")}
        self.sizes = {struct.size for struct in
                      source.spec().structs.values() if struct.size >= 12}

    def test_doings(self):
        self.assertGreater(len(self.files), 20)
        self.assertEqual(forbidden_breaches(self.files, ALLOWED), [])

    def test_numbers(self):
        files = {path: text for path, text in self.files.items()
                 if path.startswith(KNOWING)}
        self.assertEqual(number_breaches(files, self.sizes, NUMBERS), [])

    def test_unfinished(self):
        files = source.texts("", suffixes=(".cpp", ".h", ".yaml", ".sh"))
        self.assertEqual(unfinished(files), [])

    def test_allow_lists_are_used(self):
        self.assertEqual(idle(self.files, ALLOWED, lambda one, key: any(
            key[1] in b for b in forbidden_breaches(one, ()))), [])
        self.assertEqual(idle(self.files, NUMBERS, lambda one, key: any(
            breach.endswith(" " + key[1])
            for breach in number_breaches(one, self.sizes, ()))), [])

    def test_planted(self):
        samples = ["printf(x);", "abort();", "getenv(x);", "time(nullptr);",
                   "p = mmap(a);", "reinterpret_cast<int>(x);", "y = (int)x;",
                   "throw x;", "goto end;", "auto* p = new int;",
                   "memcpy(a, b, c);", "v.data() + 4;", "system(x);",
                   "static int counter = 0;"]
        self.assertEqual(len(samples), len(FORBIDDEN))
        for sample, what in zip(samples, FORBIDDEN):
            found = forbidden_breaches({"reference/map/a.cpp": sample}, ())
            self.assertEqual(len(found), 1, (sample, found))
            self.assertIn(what, found[0])
        clean = 'void f();  // printf\nauto s = "abort()";\nX(X&&) = delete;\n'
        self.assertEqual(forbidden_breaches({"a": clean}, ()), [])
        octal = {"a.cpp": "x = 0200; y = 00; z = 0;"}
        self.assertEqual(number_breaches(octal, {0, 128}, ()), [
            "a.cpp:1: number 0"])
        numbers = {"a.cpp": "if (x & 0x10) y = 128; z = 7 << 12; c = '0x5';"}
        self.assertEqual(len(number_breaches(numbers, {12, 128}, ())), 2)
        self.assertEqual(len(unfinished({"a": "// TO" "DO later"})), 1)


if __name__ == "__main__":
    unittest.main()
