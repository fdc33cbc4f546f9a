# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What a fsck.erofs says of each vector.

  kernel/fsck.py [--binary fsck.erofs]... [--keep]

Runs the program on every image of the index, once as it is and once with
`--extract --xattrs`, which decodes all content and writes nothing, and makes
a table: its exit status each time, `signal N`, or `timeout`. What it answers
fails nothing. `--keep` stores the table as
conformance/kernel/verdicts-fsck-VERSION.tsv.
"""

import argparse
import concurrent.futures
import pathlib
import re
import resource
import shlex
import subprocess
import sys
import tempfile

import guest

BUILD = guest.BUILD
SECONDS = 10
MEMORY, LARGEST = 4 << 30, 6 << 30  # it has a temporary file
COLUMNS = "vector version sha256 claim rule plain extract detail".split()
# What it says besides, or only differs from run to run.
IDLE = re.compile(r"Found \d+ error|^$|Filesystem was left|No errors? found|"
                  r"^This image is compressed|EXPERIMENTAL")


def version(binary):
    """What the program says it is."""
    done = subprocess.run([binary, "-V"], stdout=subprocess.PIPE, check=False,
                          stderr=subprocess.STDOUT, text=True)
    found = re.search(r"\b(\d+\.\d+[\w.-]*)", done.stdout)
    if not found:
        raise OSError(f"{binary} names no version")
    return found.group(1)


def arguments(folder, entry):
    """Its command line for a row of the index; blobs come from there too."""
    words = []
    for word in shlex.split(entry["args"]):
        name, _, value = word.partition("=")
        words.append(f"{name}={folder / value}" if name == "--device"
                     else word)
    return [*words, str(folder / entry["path"])]


def bounded():
    """It may ask for anything; a crafted image must not cost this machine."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def call(binary, words, scratch):
    """(verdict, what it complained about)."""
    try:
        done = subprocess.run(
            [binary, *words], timeout=SECONDS, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=scratch,
            preexec_fn=bounded, check=False)
    except subprocess.TimeoutExpired:
        return "timeout", ""
    lines = [line.strip() for line in
             done.stderr.decode("utf-8", "replace").splitlines()]
    lines = [line for line in lines if not IDLE.search(line)]
    word = (f"signal {-done.returncode}" if done.returncode < 0
            else str(done.returncode))
    return word, lines[0] if lines else ""


def row(binary, number, folder, entry, scratch):
    """The fields of one vector."""
    words = arguments(folder, entry)
    plain, said = call(binary, words, scratch)
    full, more = call(binary, ["--extract", "--xattrs", *words], scratch)
    detail = (said or more) if plain != "0" or full != "0" else ""
    detail = detail.replace(str(folder) + "/", "")
    detail = re.sub(r"^<[EWI]> erofs: ", "", detail)
    detail = re.sub(r"[\t\n]|[^\x20-\x7e]", " ", detail)[:160].strip()
    return [entry["path"], number, entry["sha256"], entry["verdict"],
            entry["rule"] or "-", plain, full, detail]


def table(binary, index, only):
    """All rows, and the version."""
    number, folder = version(binary), index.parent
    entries = guest.entries(index, only)
    for entry in entries:
        guest.job(folder, entry)  # its bytes are what the index says
    with tempfile.TemporaryDirectory() as scratch, \
            concurrent.futures.ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda entry: row(binary, number, folder, entry,
                                               scratch), entries))
    return number, rows


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", action="append", default=[])
    parser.add_argument("--index", type=pathlib.Path,
                        default=guest.HERE.parent / "index.tsv")
    parser.add_argument("--only", default="*", metavar="GLOB")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    passed = 0
    for binary in options.binary or ["fsck.erofs"]:
        try:
            number, rows = table(binary, options.index.resolve(),
                                 options.only)
        except (OSError, guest.guest_kernel.Missing) as error:
            print(f"failed: {error}\n{passed} passed, 1 failed")
            return 1
        BUILD.mkdir(parents=True, exist_ok=True)
        place = (guest.HERE if options.keep else BUILD) / \
            f"verdicts-fsck-{number}.tsv"
        place.write_text("".join("\t".join(fields) + "\n" for fields in
                                 [COLUMNS, *rows]), encoding="ascii")
        passed += len(rows)
    print(f"{passed} passed, {0 if passed else 1} failed")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
