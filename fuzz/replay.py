#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Runs every fuzz target over every input that is kept.

usage: replay.py BIN      BIN: the bin/ folder of a build

Counts inputs: one that ends a target is one failure, and the rest of that
target's inputs still run. A target without inputs, or one that was not
built, is a failure. The last line is "replay: N passed, N failed".
"""
import pathlib
import subprocess
import sys

import inputs


def replay(program, files):
    """Returns (passed, failed); after a crash goes on behind its input."""
    passed = failed = 0
    while files:
        run = subprocess.run([program, *map(str, files)], text=True,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, errors="replace",
                             check=False)
        started = run.stderr.count("\nrun ") + run.stderr.startswith("run ")
        if run.returncode == 0:
            return passed + len(files), failed
        started = max(started, 1)
        print(f"{program.name} fails on {files[started - 1]}:")
        print("\n".join(run.stderr.splitlines()[-25:]))
        passed += started - 1
        failed += 1
        files = files[started:]
    return passed, failed


def main(arguments):
    if len(arguments) != 1:
        print(__doc__)
        return 2
    folder = pathlib.Path(arguments[0])
    passed = failed = 0
    for target in inputs.targets(folder.parent):
        program = folder / f"replay_{target}"
        files = inputs.files(target)
        if not files or not program.is_file():
            print(f"{target}: nothing to run")
            failed += 1
            continue
        good, bad = replay(program, files)
        print(f"{target}: {good} inputs pass, {bad} fail")
        passed += good
        failed += bad
    print(f"replay: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
