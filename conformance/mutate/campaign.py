# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Mutated images before the reference and before a guest kernel.

  mutate/campaign.py [--kernel 6.12] [--count 1000] [--salt TEXT] [--first N]

Makes mutants number N, N+1, ... of every conforming image that the kernel
knows the features of, has both judge each, and says how the two fit. One
that the reference accepts and the kernel does not take, reads otherwise or
does not survive fails the run and is kept; so is one that the reference does
not survive. `--show NUMBER` writes one mutant and says what it is.
"""

import argparse
import concurrent.futures
import hashlib
import pathlib
import sys
import tempfile
import threading

import seeds
import known
import mutants
import table
import verdict

sys.path.insert(0, str(seeds.SUITE / "kernel"))

import guest_boot  # noqa: E402
import guest_image  # noqa: E402
import guest_kernel  # noqa: E402
import guest_verdicts  # noqa: E402

BATCH = 1000
BUILD = seeds.ROOT / "build" / "guest"
OUT = seeds.ROOT / "build" / "mutate"


class Campaign:
    """What does not change from one batch to the next."""

    def __init__(self, options):
        self.options = options
        BUILD.mkdir(parents=True, exist_ok=True)
        self.kernel = guest_kernel.find(options.kernel, BUILD)
        features = self.kernel.features
        self.source = mutants.Mutants(options.salt, [
            seed for seed in seeds.load_all()[1] if seed.known_to(features)])
        self.scratch = OUT / f"run-{self.kernel.name}-{options.salt}"
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.guests = guest_boot.Guests(self.kernel, self.scratch,
                                        options.seconds, options.way,
                                        options.visits)
        self.program = guest_image.walker(BUILD)

    def batch(self, numbers):
        """Rows of a table, one for each mutant."""
        made = [self.source.at(number) for number in numbers]
        jobs = [guest_image.Job(each.image, each.base.devices,
                                each.base.offset) for each in made]
        theirs = {}
        guest = threading.Thread(target=lambda: theirs.update(
            self.guests.run(jobs, self.program)[0]))
        guest.start()
        with tempfile.TemporaryDirectory(dir=self.options.memory) as folder, \
                concurrent.futures.ThreadPoolExecutor(1) as pool:
            ours = list(pool.map(
                lambda each: self.ours(pathlib.Path(folder), each), made))
        guest.join()
        if not theirs:
            raise RuntimeError("the guest said nothing")
        return [self.row(each, jobs[number], ours[number],
                         {way: theirs[number, way]
                          for way in self.options.way
                          if (number, way) in theirs})
                for number, each in enumerate(made)]

    def anew(self, rows):
        """The rows of a table, those in doubt judged once more."""
        doubtful = [row.number for row in rows
                    if row.found in (*verdict.NEVER, "slow")]
        fresh = {row.number: row for row in self.batch(doubtful)}
        for row in rows:
            if row.number in fresh and row.sha256 != fresh[row.number].sha256:
                raise RuntimeError(f"{row.number} was another image: the "
                                   "conforming ones have changed")
        return [fresh.get(row.number, row) for row in rows]

    def finish(self, rows):
        """Tells what a campaign has come to, and keeps it where asked to."""
        if self.options.keep:
            place = pathlib.Path(__file__).with_name(
                f"campaign-{self.kernel.series}.tsv")
            place.write_text(table.kept(rows, self.kernel.release,
                                        self.options.salt), encoding="ascii")
        return table.tell(rows)

    def ours(self, folder, mutant):
        """The reference's verdict."""
        return verdict.ask(self.options.binary,
                           verdict.stored(folder, mutant))

    def row(self, mutant, job, ours, outcomes):
        """One line of the table; what must never be is kept as a file."""
        words, detail = [], ""
        for way, outcome in outcomes.items():
            if guest_verdicts.absent(self.kernel, way, job, outcome):
                words.append("-")
                continue
            words.append(guest_verdicts.verdict(outcome, ours.manifest))
            detail = detail or guest_verdicts.detail(outcome, ours.manifest,
                                                     words[-1])
        beyond = guest_verdicts.beyond(self.kernel, job)
        excuse = known.excuse(self.kernel, mutant, words, detail)
        found = verdict.classify(ours, words, beyond, excuse)
        if found in verdict.NEVER:
            name = f"{self.options.salt}-{mutant.number}.erofs"
            (OUT / name).write_bytes(mutant.image)
        return table.Row(mutant.number, mutant.base.name, mutant.said,
                         hashlib.sha256(mutant.image).hexdigest(), found,
                         str(ours.status), ",".join(ours.rules) or ours.said,
                         "/".join(words), excuse or detail)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", default="6.12")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--salt", default="1")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--visits", type=int, default=2)
    parser.add_argument("--way", action="append", default=[],
                        choices=guest_boot.BACKINGS)
    parser.add_argument("--memory", default="/dev/shm",
                        help="a folder for images that are being looked at")
    parser.add_argument("--binary", default=str(
        seeds.ROOT / "build/release/bin/erofs-ref"))
    parser.add_argument("--again", action="store_true",
                        help="only judge anew what the table calls slow or "
                        "what must never be")
    parser.add_argument("--show", type=int, metavar="NUMBER")
    parser.add_argument("--keep", action="store_true",
                        help="store the summary beside this program")
    options = parser.parse_args()
    options.way = options.way or ["block"]
    campaign = Campaign(options)
    if options.show is not None:
        mutant = campaign.source.at(options.show)
        place = OUT / f"{options.salt}-{mutant.number}.erofs"
        place.write_bytes(mutant.image)
        print(f"{place}: {mutant.base.name}: {mutant.said}")
        return 0
    name = f"{campaign.kernel.series}-{options.salt}.tsv"
    if options.again:
        rows = campaign.anew(table.read(OUT / name))
        (OUT / name).write_text("".join(row.line() for row in rows),
                                encoding="utf-8")
        return campaign.finish(rows)
    rows, end = [], options.first + options.count
    with open(OUT / name, "a" if options.first else "w",
              encoding="utf-8") as out:
        for first in range(options.first, end, BATCH):
            fresh = campaign.batch(range(first, min(first + BATCH, end)))
            out.write("".join(row.line() for row in fresh))
            out.flush()
            rows += fresh
            print(f"{len(rows)} of {options.count}: "
                  + table.tally(rows), flush=True)
    return campaign.finish(rows)


if __name__ == "__main__":
    sys.exit(main())
