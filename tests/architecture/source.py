# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What the architecture tests know about the tree: files, tokens, rooms."""

import collections
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3"

Room = collections.namedtuple("Room", "name deps sources libs")

_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'
    r'|R"(?P<tag>[^()\\ ]{0,16})\(.*?\)(?P=tag)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.S)
_ROOM = re.compile(r"^erofs_room\(\s*(\w+)(.*?)\)", re.S | re.M)


def code_only(text):
    """C++ without comments and without what literals hold; same lines."""
    def blank(match):
        token = match.group(0)
        lines = "\n" * token.count("\n")
        if token.startswith("/"):
            return " " + lines
        quote = "'" if token.startswith("'") else '"'
        return quote + lines + quote
    includes = re.compile(r'^(\s*#\s*include\s*)"([^"\n]+)"', re.M)
    kept = includes.sub(r"\1<\2>", text)
    return _TOKEN.sub(blank, kept)


def includes(text):
    """(quoted?, path) of each include directive, in order."""
    found = re.findall(r'^\s*#\s*include\s*([<"])([^>"\n]+)[>"]', text, re.M)
    return [(mark == '"', path) for mark, path in found]


def parse_rooms(cmake):
    """The erofs_room declarations of a CMakeLists.txt, in order."""
    cmake = re.sub(r"#[^\n]*", "", cmake)
    rooms = []
    for name, body in _ROOM.findall(cmake):
        if name == "room":
            continue
        groups = {"DEPS": [], "SOURCES": [], "LIBS": []}
        current = None
        for word in body.split():
            if word in groups:
                current = groups[word]
            elif word == "THROWS":
                current = None
            elif current is not None:
                current.append(word)
        rooms.append(Room(name, groups["DEPS"], groups["SOURCES"],
                          groups["LIBS"]))
    return rooms


def rooms():
    """The declared rooms of the tree."""
    return parse_rooms(read("reference/CMakeLists.txt"))


def read(path):
    """Text of a file given relative to the root."""
    return (ROOT / path).read_text(encoding="utf-8")


def tracked():
    """Files of the project: those git tracks or would add, sorted."""
    if (ROOT / ".git").exists():
        out = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"],
            stdout=subprocess.PIPE, check=True).stdout.decode()
        names = [n for n in out.splitlines() if (ROOT / n).is_file()]
    else:
        names = []
        for folder, inner, leaves in os.walk(ROOT):
            inner[:] = [d for d in inner if d not in ("build", ".git")]
            names += [os.path.relpath(os.path.join(folder, leaf), ROOT)
                      for leaf in leaves]
    return sorted(set(names))


def texts(*prefixes, suffixes=(".cpp", ".h")):
    """{path: text} of the project's files under any of the prefixes."""
    return {name: read(name) for name in tracked()
            if name.startswith(prefixes) and name.endswith(suffixes)}


def spec():
    """The spec's model, as its generator reads it."""
    folder = str(ROOT / "spec" / "gen")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    import model  # pylint: disable=import-outside-toplevel
    return model.load(ROOT / "spec")
