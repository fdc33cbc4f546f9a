# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Runs every test_*.py beside it and prints what was counted."""

import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    """A skipped test did not look, so it counts as failed; so does no test."""
    sys.path.insert(0, HERE)
    unittest.TestCase.maxDiff = 4000
    suite = unittest.defaultTestLoader.discover(HERE, "test_*.py")
    result = unittest.TextTestRunner(sys.stdout, verbosity=1).run(suite)
    # Failures of subtests count once, for the test that they belong to.
    bad = {getattr(case, "test_case", case).id()
           for case, _ in result.failures + result.errors}
    failed = len(bad) + len(result.skipped) + len(result.unexpectedSuccesses)
    passed = max(result.testsRun - failed, 0)
    if result.testsRun == 0:
        print("no architecture test was found")
        failed = 1
    print(f"architecture: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
