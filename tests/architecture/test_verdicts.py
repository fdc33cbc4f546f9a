# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What guest kernels said is of the vectors that stand here.

The kernels themselves are too slow for every run: kernel/guest.py asks them,
and keeps what they answer.
"""

import csv
import unittest

import source

FOLDER = source.ROOT / "conformance"
SERIES = ("6.1", "6.12", "6.18", "7.3")
FSCK = ("1.5", "1.9.3")
GOOD = {"valid", "advisory"}
BEYOND = ("to this kernel", "of this machine")


def rows(path):
    """The rows of a table with a head."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


def missing(vectors, answers):
    """Paths of images that have no answer, or one of other bytes."""
    known = {(row["vector"], row["sha256"]) for row in answers}
    return [row["path"] for row in vectors
            if (row["path"], row["sha256"]) not in known]


def images(index):
    """The rows of an index without those of blobs."""
    return [row for row in index if row["path"].endswith(".erofs")]


def refused(answers, known=()):
    """Good images that a kernel does not read from a block device, though it
    has all that they ask for, and though that is not known."""
    return [row["vector"] for row in answers
            if row["claim"] in GOOD and row["block"] != "ok"
            and row["vector"] not in known
            and not any(words in row["detail"] for words in BEYOND)]


class Verdicts(unittest.TestCase):
    """The tables, and planted faults."""

    def test_every_vector_was_asked(self):
        vectors = images(rows(FOLDER / "index.tsv"))
        self.assertGreater(len(vectors), 700)
        for series in SERIES:
            answers = rows(FOLDER / f"kernel/verdicts-{series}.tsv")
            with self.subTest(series):
                self.assertEqual(missing(vectors, answers), [])
                self.assertEqual(len(answers), len(vectors))

    def test_every_vector_was_shown_to_fsck(self):
        vectors = images(rows(FOLDER / "index.tsv"))
        for version in FSCK:
            answers = rows(FOLDER / f"kernel/verdicts-fsck-{version}.tsv")
            with self.subTest(version):
                self.assertEqual(missing(vectors, answers), [])
                self.assertEqual(len(answers), len(vectors))
                self.assertEqual({row["version"] for row in answers},
                                 {version})

    def test_good_ones_are_read(self):
        known = rows(FOLDER / "kernel/guest_known.tsv")
        for series in SERIES:
            answers = rows(FOLDER / f"kernel/verdicts-{series}.tsv")
            with self.subTest(series):
                self.assertEqual(refused(answers, {
                    row["vector"] for row in known
                    if row["series"] == series}), [])

    def test_planted(self):
        vector = {"path": "a", "sha256": "1"}
        answer = {"vector": "a", "sha256": "1", "claim": "valid",
                  "block": "ok", "detail": ""}
        self.assertEqual(missing([vector], [answer]), [])
        self.assertEqual(missing([vector], [{**answer, "sha256": "2"}]),
                         ["a"])
        self.assertEqual(refused([answer]), [])
        failing = {**answer, "block": "read EIO"}
        self.assertEqual(refused([failing]), ["a"])
        self.assertEqual(refused([failing], {"a"}), [])
        self.assertEqual(refused([{**failing, "claim": "invalid"}]), [])
        self.assertEqual(refused([{
            **failing, "detail": "features 0x80 are unknown to this kernel"
        }]), [])


if __name__ == "__main__":
    unittest.main()
