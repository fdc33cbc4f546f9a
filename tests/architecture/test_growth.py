# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Work grows no faster than the image, whatever is in it."""

import pathlib
import sys
import tempfile
import unittest

import source

sys.path.insert(0, str(source.ROOT / "tests" / "bench"))

import families  # noqa: E402
import growth  # noqa: E402

BINARY = str(source.ROOT / "build/dev/bin/erofs-ref")
SIZES = (128, 256, 512)


class Growth(unittest.TestCase):
    """Each family, by what the budget counts; nothing is timed."""

    def test_families(self):
        self.assertGreater(len(families.FAMILIES), 10)
        with tempfile.TemporaryDirectory() as folder:
            image = pathlib.Path(folder) / "image"
            for name, forge in families.FAMILIES.items():
                sizes, costs = [], []
                for size in SIZES:
                    image.write_bytes(forge(size))
                    sizes.append(image.stat().st_size)
                    costs.append(growth.work(BINARY, str(image)))
                with self.subTest(name):
                    self.assertEqual(sizes, sorted(sizes))
                    self.assertGreater(costs[-1], costs[0])
                    self.assertLess(growth.exponent(costs, sizes), 1.5)
                    self.assertLess(costs[-1], 64 * sizes[-1])

    def test_planted(self):
        sizes = [1000, 2000, 4000]
        self.assertAlmostEqual(growth.exponent([5, 10, 20], sizes), 1)
        self.assertAlmostEqual(growth.exponent([1, 4, 16], sizes), 2)
        self.assertAlmostEqual(growth.exponent([105, 110, 120], sizes), 1)
        self.assertEqual(growth.exponent([5, 5, 5], sizes), 0)


if __name__ == "__main__":
    unittest.main()
