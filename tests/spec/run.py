# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Runs every test_*.py beside it and prints what was counted."""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent


def main():
    """A skipped test did not look, so it counts as failed; so does no test."""
    sys.path.insert(0, str(HERE))
    suite = unittest.defaultTestLoader.discover(str(HERE), "test_*.py")
    result = unittest.TextTestRunner(sys.stdout, verbosity=1).run(suite)
    # Failures of subtests count once, for the test that they belong to.
    bad = {getattr(case, "test_case", case).id()
           for case, _ in result.failures + result.errors}
    failed = len(bad) + len(result.skipped) + len(result.unexpectedSuccesses)
    if result.testsRun == 0:
        print("no test of the specification was found")
        failed = 1
    print(f"spec: {max(result.testsRun - failed, 0)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
