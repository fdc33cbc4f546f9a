# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Rooms include only what they declare; folders read only what they may."""

import re
import sys
import unittest

import source

# Who may never know whom, whatever reference/CMakeLists.txt declares.
NEVER = {
    "base": {"format", "image", "decode", "map", "read", "check", "tree",
             "extract", "report"},
    "confine": {"base", "format", "image", "decompress", "decode", "map",
                "read", "check", "tree", "extract", "report"},
    "format": {"image", "decode", "map", "read", "check", "tree"},
    "image": {"format", "decode", "map", "read", "check", "tree"},
    "decompress": {"format", "image", "decode", "map", "read", "check",
                   "tree", "extract", "report"},
    "decode": {"image", "map", "read", "check", "tree", "report"},
    "map": {"read", "check", "tree", "report"},
    "read": {"check", "tree", "extract", "report"},
    "check": {"tree", "extract", "report"},
    "tree": {"format", "decode", "map", "read", "check", "report"},
    "extract": {"decode", "map", "check", "report"},
    "report": {"image", "decode", "map", "read", "tree", "extract"},
    # Who writes shares nothing with who reads but the vocabulary, so that no
    # mistake can agree with itself.
    "compress": {"format", "image", "decompress", "decode", "map", "read",
                 "check", "tree", "plan", "emit"},
    "plan": {"image", "decompress", "decode", "map", "read", "check", "tree",
             "extract", "report", "emit"},
    "emit": {"decompress", "decode", "map", "read", "check", "extract",
             "report"},
}

# Third parties and the operating system, by the rooms that may see them.
OUTSIDE = {
    "tl/": {"base", "tree"},
    "dirent.h": {"tree", "extract"},
    "xxhash.h": {"read", "check", "plan", "emit"},
    "utf8proc.h": {"check"},
    "lz4": {"decompress", "compress"},
    "lzma.h": {"decompress", "compress"},
    "libdeflate.h": {"compress"},
    "zlib.h": {"decompress"},
    "zstd": {"decompress", "compress"},
    "openssl/": {"tree", "emit"},
    "oneapi/": {"work"},
    "fmt/": {"report", "cli"},
    "nlohmann/": {"tree", "report", "cli"},
    "CLI/": {"cli"},
    "archive": {"tree"},
    "fcntl.h": {"image", "tree", "extract", "confine", "cli"},
    "linux/": {"extract", "confine"},
    "seccomp.h": {"confine"},
    "unistd.h": {"image", "tree", "extract", "confine", "cli"},
    "sys/": {"image", "tree", "extract", "confine", "cli"},
}

TOP = {"CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", "run",
       ".clang-format", ".clang-tidy", ".ci", "spec", "reference",
       "conformance", "fuzz", "corpus", "tests"}

# Which folders' C++ a folder may include, and which folders' Python modules
# it may import; the standard library and PyYAML are open to all.
INCLUDES = {"reference": {"reference"}, "conformance": {"conformance"},
            "fuzz": {"reference", "fuzz"}, "spec": set(), "corpus": set()}
IMPORTS = {"spec": {"spec"}, "reference": set(), "corpus": set(),
           "conformance": {"conformance", "spec"}, "fuzz": {"fuzz", "spec"}}


def graph_breaches(rooms):
    """Dependencies that are unknown, forbidden, or close a circle."""
    seen, out = set(), []
    for room in rooms:
        for dep in room.deps:
            if dep not in seen:
                out.append(f"{room.name} -> {dep}: not declared above it")
            if dep in NEVER.get(room.name, set()) or dep == "cli":
                out.append(f"{room.name} -> {dep}: never")
        seen.add(room.name)
    return out


def include_breaches(rooms, files):
    """Includes of reference/ that no DEPS entry covers, and idle entries.

    What `format` includes is generated, and `cli` may know everybody.
    """
    declared = {room.name: set(room.deps) for room in rooms}
    used, out = {room.name: set() for room in rooms}, []
    for path, text in files.items():
        room = path.split("/")[1]
        if room not in declared:
            out.append(f"{path}: its folder is not a room")
            continue
        for quoted, target in source.includes(text):
            head = target.split("/")[0]
            if quoted and head in declared and "/" in target:
                used[room].add(head)
                if head != room and head not in declared[room]:
                    out.append(f"{path}: {room} must not know {target}")
            elif quoted:
                out.append(f'{path}: "{target}" names no room')
            elif head in declared and "/" in target:
                out.append(f"{path}: <{target}> should be quoted")
            out += outside_breaches(path, room, target)
    for room in rooms:
        idle = set(room.deps) - used[room.name]
        out += [f"{room.name} -> {dep}: declared, never included"
                for dep in sorted(idle)
                if room.name not in ("format", "cli")]
    return out


def outside_breaches(path, room, target):
    """Third-party and system headers outside their rooms."""
    return [f"{path}: {room} must not see <{target}>"
            for prefix, allowed in OUTSIDE.items()
            if target.startswith(prefix) and room not in allowed]


def listing_breaches(rooms, paths):
    """Source files that no room lists, and listed files that do not exist."""
    on_disk = {p for p in paths if p.endswith(".cpp")}
    listed = {f"reference/{room.name}/{name}" for room in rooms
              for name in room.sources if not name.startswith("$")}
    listed.add("reference/cli/main.cpp")
    return ([f"{p}: in no erofs_room" for p in sorted(on_disk - listed)] +
            [f"{p}: listed, not there" for p in sorted(listed - on_disk)])


def folder_include_breaches(files, rooms):
    """C++ of one top folder that includes another's against the table."""
    owners = {room.name: "reference" for room in rooms}
    owners.update({"support": "fuzz", "runner": "conformance",
                   "tests": "tests", "unit": "tests"})
    out = []
    for path, text in files.items():
        top = path.split("/")[0]
        for quoted, target in source.includes(text):
            head = target.split("/")[0]
            owner = owners.get(head) or (head if head in TOP else top)
            if target.startswith(".."):
                out.append(f"{path}: {target} leaves its folder")
            elif quoted and top in INCLUDES and owner not in INCLUDES[top]:
                out.append(f"{path}: {top} must not include {target}")
    return out


def import_breaches(files):
    """Python of one top folder that imports another's against the table."""
    homes = {}
    for path in files:
        parts = path[:-3].split("/")
        for name in parts[1:]:
            homes.setdefault(name, set()).add(parts[0])
    out = []
    for path, text in files.items():
        top = path.split("/")[0]
        if top not in IMPORTS:
            continue
        pattern = r"^\s*(?:from|import)\s+\.*(\w+)"
        for name in re.findall(pattern, text, re.M):
            if name in sys.stdlib_module_names or name == "yaml":
                continue
            if not homes.get(name, set()) & IMPORTS[top]:
                out.append(f"{path}: {top} must not import {name}")
    return out


class Rooms(unittest.TestCase):
    """The tree itself, and one planted breach for each check."""

    def setUp(self):
        self.rooms = source.rooms()
        self.files = source.texts("reference/")

    def test_graph(self):
        self.assertGreater(len(self.rooms), 8)
        self.assertEqual(graph_breaches(self.rooms), [])

    def test_includes(self):
        self.assertGreater(len(self.files), 20)
        self.assertEqual(include_breaches(self.rooms, self.files), [])

    def test_listing(self):
        self.assertEqual(listing_breaches(self.rooms, self.files), [])

    def test_folders(self):
        files = source.texts(*INCLUDES)
        self.assertEqual(folder_include_breaches(files, self.rooms), [])
        scripts = source.texts(*IMPORTS, suffixes=(".py",))
        self.assertEqual(import_breaches(scripts), [])

    def test_top_level(self):
        extra = {name.split("/")[0] for name in source.tracked()} - TOP
        self.assertEqual(extra, set())

    def test_planted(self):
        rooms = source.parse_rooms(
            "erofs_room(base SOURCES a.cpp)\n"
            "erofs_room(tree DEPS base late SOURCES b.cpp LIBS x)\n"
            "erofs_room(late DEPS tree SOURCES c.cpp)\n")
        self.assertEqual([room.name for room in rooms],
                         ["base", "tree", "late"])
        self.assertEqual(len(graph_breaches(rooms)), 1)
        bad = {"reference/base/a.cpp": '#include "tree/b.h"\n'
                                       '#include <unistd.h>\n'
                                       '#include "a.h"\n'}
        found = include_breaches(rooms, bad)
        self.assertEqual(len(found), 3 + 3)  # and three idle dependencies
        self.assertEqual(len(listing_breaches(rooms, bad)), 3)
        bad = {"reference/base/a.cpp": '#include "fuzz/feed.h"\n',
               "conformance/x.cpp": '#include "base/bytes.h"\n'}
        self.assertEqual(len(folder_include_breaches(bad, rooms)), 2)
        bad = {"spec/gen/a.py": "import os\nimport forge\n",
               "conformance/forge/forge.py": "import yaml\n"}
        self.assertEqual(len(import_breaches(bad)), 1)


if __name__ == "__main__":
    unittest.main()
