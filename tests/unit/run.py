# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Runs every unit-test binary of one build and counts test cases.

    run.py BUILD_DIR

BUILD_DIR/unit_tests.txt (written by tests/CMakeLists.txt) lists the binaries.
A binary that is missing, dies, or runs no test counts as one failure, so an
empty or broken build never looks green. A test that this system gives no
occasion to run counts as nothing and is named in a note.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

PASSED = re.compile(r"^\[  PASSED  \] (\d+) tests?\.", re.M)
FAILED = re.compile(r"^\[  FAILED  \] (\d+) tests?, listed below", re.M)
SKIPPED = re.compile(r"^\[  SKIPPED \] ([\w./]+)$", re.M)
TIMEOUT_SECONDS = 600


def tally(output, status):
    """(passed, failed) of one GoogleTest run; a lost test is a failure."""
    passed = sum(int(n) for n in PASSED.findall(output))
    failed = sum(int(n) for n in FAILED.findall(output))
    if failed == 0 and (passed == 0 or status != 0):
        failed = 1
    return passed, failed


def skipped(output):
    """A note about the tests that one run left out; nothing for none."""
    names = sorted(set(SKIPPED.findall(output)))
    return f"note: not run here: {', '.join(names)}" if names else ""


def run(binary):
    """Output and counts of one binary; a missing one is a failure."""
    if not os.access(binary, os.X_OK):
        return f"{binary}: not built\n", (0, 1)
    try:
        done = subprocess.run(
            [binary, "--gtest_brief=0"], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"{binary}: no end after {TIMEOUT_SECONDS} s\n", (0, 1)
    output = done.stdout.decode("utf-8", "replace")
    return output, tally(output, done.returncode)


def listed(build):
    """The binaries that this build promises."""
    path = os.path.join(build, "unit_tests.txt")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as lines:
        return [line.strip() for line in lines if line.strip()]


def main(argv):
    """Runs all listed binaries side by side; 0 when all passed."""
    if len(argv) != 2:
        print(__doc__)
        return 2
    binaries = listed(argv[1])
    passed = failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for binary, result in zip(binaries, pool.map(run, binaries)):
            output, (good, bad) = result
            if bad:
                print(output[-8000:])
            print(f"  {os.path.basename(binary)}: {good} passed, {bad} failed")
            if skipped(output):
                print(skipped(output))
            passed += good
            failed += bad
    if not binaries:
        print(f"{argv[1]} lists no unit tests")
        failed = 1
    print(f"unit: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
