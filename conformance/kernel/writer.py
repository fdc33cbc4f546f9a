# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Images of the reference's own writer before the running kernel.

  kernel/writer.py EROFS_REF [--seed N] [--random N] [--only TEXT]

For each case of writer_cases.py, and for random trees and options: `mkfs`
ends well, `check` finds nothing above advisory, Debian's fsck.erofs reads
what it knows, the kernel shows what was in the source, as the options want
it, and what `manifest` prints; one thread writes the same bytes as four; and
the tree that the kernel shows, written again, gives those bytes once more.
Where the machine cannot mount, that is counted as not done; with CI in the
environment it fails.
"""

import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile

import listing
import mounted
import toolbox
import trees
import walk
import writer_cases
from differential import Tally, first_difference, last_line
from writer_expect import LABELS, comparable, known_to_fsck, values, wanted

FSCK = os.environ.get("FSCK_EROFS", "fsck.erofs")


class Writer:
    def __init__(self, reference, tally, scratch):
        self.reference, self.tally, self.scratch = reference, tally, scratch
        self.blob = os.path.join(scratch, "blob")
        self.labels = os.path.join(scratch, "labels")
        pathlib.Path(self.labels).write_text(LABELS)

    def write(self, name, source, options, *more):
        """The image's path, or None."""
        image = os.path.join(self.scratch, name)
        # What --offset leaves in front of an image would stay.
        if os.path.exists(image):
            os.unlink(image)
        options = [each.replace("=BLOB", "=" + self.blob)
                   .replace("=LABELS", "=" + self.labels)
                   for each in options]
        made = toolbox.run(self.reference, "mkfs", "--quiet", *options,
                           *more, image, source)
        self.tally.expect(made.returncode == 0,
                          f"{self.case}: mkfs: {last_line(made)}")
        return image if made.returncode == 0 else None

    def judge(self, case, source, options):
        self.case = f"{case} ({' '.join(options)})"
        if os.path.exists(self.blob):
            os.unlink(self.blob)
        image = self.write("image", source, options, "--workers=1")
        if image is None:
            return
        offset = sum(map(int, values(options, "--offset")))
        flags = [f"--offset={offset}"] if offset else []
        blobs = [self.blob] if os.path.exists(self.blob) else []
        flags += [f"--device={blob}" for blob in blobs]
        check = toolbox.run(self.reference, "check", *flags, image)
        self.tally.expect(check.returncode == 0, f"{self.case}: check: "
                          + check.stdout.decode()[:400])
        ours = toolbox.run(self.reference, "manifest", *flags, image)
        self.again(image, source, options, "four threads", "--workers=4")
        if known_to_fsck(options):
            self.fsck(image, blobs)
        if case in writer_cases.ARCHIVED:
            self.archives(image, source, options)
        if case in writer_cases.LISTED:
            self.listed(image, source, options)
        try:
            with mounted.Mounted(image, blobs, offset) as directory:
                self.compare(image, ours, source, options, directory)
        except mounted.Unable as error:
            self.tally.skip(str(error))
        except OSError as error:
            self.tally.expect(False, f"{self.case}: mount: {error}")

    def fsck(self, image, blobs):
        """Another reader takes it, too, and reads all of it."""
        there = os.path.join(self.scratch, "extracted")
        judged = toolbox.run(FSCK, f"--extract={there}", "--no-preserve",
                             *[f"--device={blob}" for blob in blobs], image)
        self.tally.expect(judged.returncode == 0,
                          f"{self.case}: {FSCK}: {last_line(judged)}")
        shutil.rmtree(there, ignore_errors=True)

    def archives(self, image, source, options):
        """The same tree from an archive."""
        archive = os.path.join(self.scratch, "archive")
        toolbox.run("tar", "--format=pax", "--xattrs", "--acls",
                    "--xattrs-include=*", "--sort=name", "-C", source,
                    "-czf", archive, ".")
        self.again(image, archive, options, "from tar", "--tar=f")
        self.indexed(source)

    def listed(self, image, source, options):
        """The same tree from text that says all of it."""
        text = os.path.join(self.scratch, "listing")
        pathlib.Path(text).write_text(listing.composefs(source))
        self.again(image, text, options, "from a dump", "--plain-dump")
        if "-x-1" in options:
            pathlib.Path(text).write_text(listing.mtree(source))
            self.again(image, text, options, "from an mtree")

    def indexed(self, source):
        """An archive that the kernel reads through an image of its index."""
        archive = os.path.join(self.scratch, "plain.tar")
        toolbox.run("tar", "--format=pax", "-C", source, "-cf", archive, ".")
        image = self.write("index", archive, ["--tar=i"])
        if image is None:
            return
        check = toolbox.run(self.reference, "check", f"--device={archive}",
                            image)
        self.tally.expect(check.returncode == 0, f"{self.case}: --tar=i: "
                          + check.stdout.decode()[:400])
        try:
            with mounted.Mounted(image, [archive], 0) as directory:
                lines = walk.manifest(directory).encode().splitlines()
        except mounted.Unable as error:
            self.tally.skip(str(error))
            return
        shown = comparable(map(json.loads, lines), [])
        want = comparable(wanted(source, []), [])
        self.tally.expect(shown == want, f"{self.case}: linux and --tar=i"
                          + first_difference(shown, want))

    def compare(self, image, ours, source, options, directory):
        try:
            linux = walk.manifest(directory).encode()
        except OSError as error:
            self.tally.expect(False, f"{self.case}: linux: {error}")
            return
        self.tally.expect(linux == ours.stdout,
                          f"{self.case}: linux and manifest"
                          + first_difference(linux, ours.stdout))
        shown = comparable(map(json.loads, linux.splitlines()), options)
        want = comparable(wanted(source, options), options)
        self.tally.expect(shown == want, f"{self.case}: linux and source"
                          + first_difference(shown, want))
        self.again(image, directory, [
            each for each in options
            if not each.startswith(("--uid-offset", "--gid-offset"))],
            "written again")

    def again(self, image, source, options, what, *more):
        """The same once more gives the same bytes."""
        kept = self.blob + ".kept"
        if os.path.exists(self.blob):
            shutil.copyfile(self.blob, kept)
        other = self.write("other", source, options, *more)
        if other is None:
            return
        same = (pathlib.Path(image).read_bytes()
                == pathlib.Path(other).read_bytes())
        if os.path.exists(self.blob):
            same = same and (pathlib.Path(kept).read_bytes()
                             == pathlib.Path(self.blob).read_bytes())
        self.tally.expect(same, f"{self.case}: {what}: other bytes")
        os.unlink(other)


def run(writer, options):
    cases = list(writer_cases.CASES.items())
    for number in range(options.random):
        seed = options.seed * 1000000 + number
        cases.append((f"random-{seed}", writer_cases.random_case(seed)))
    for number, (name, (kind, words)) in enumerate(cases):
        if options.only not in name:
            continue
        source = os.path.join(writer.scratch, "source")
        trees.grow(source, kind, options.seed + number)
        writer.judge(name, source, words)
        shutil.rmtree(source)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference", help="the binary erofs-ref")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--random", type=int, default=200, metavar="N",
                        help="so many random trees and options, too")
    parser.add_argument("--only", metavar="TEXT", default="",
                        help="cases whose name contains this")
    options = parser.parse_args()
    tally = Tally()
    if os.geteuid() != 0:
        tally.undone, tally.reason = len(writer_cases.CASES), "not root"
    else:
        mounted.enter_namespace()
        with tempfile.TemporaryDirectory(prefix="erofs-write.") as scratch:
            run(Writer(os.path.abspath(options.reference), tally, scratch),
                options)
    if tally.undone:
        print(f"note: {tally.undone} images could not be mounted: "
              f"{tally.reason}")
        if os.environ.get("CI"):
            tally.failed += tally.undone
    print(f"writer: {tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
