# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Two programs on one image, in turns, so that both meet the same machine."""

import collections
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

Tools = collections.namedtuple("Tools", "stopwatch reference fsck bare")
Turn = collections.namedtuple("Turn", "work cores who")

# An image that has taken this many seconds gets three rounds, and no more.
PATIENCE, ENOUGH = 150, 3

WORKS = ("check", "extract")
OURS, PEER = "erofs-ref", "fsck.erofs"

# How much faster than its peer the reference promises to be, by work and by
# whether there is more than one core: for LZ4 and for all other compressors.
GOALS = {("check", True): (1.5, 1.8), ("check", False): (1.0, 1.0),
         ("extract", True): (1.3, 1.3), ("extract", False): (1.0, 1.0)}


class Failed(Exception):
    """A program ended with an error, so its time says nothing."""


def goal(name, work, cores):
    """The ratio promised; none for what holds no compressed data."""
    if "plain" in name:
        return None
    return GOALS[work, cores > 1]["lz4" not in name]


def available():
    return sorted(os.sched_getaffinity(0))


class Bench:
    """One image after the other; `scratch` is where trees are extracted."""

    def __init__(self, tools, rounds, cores, scratch, say):
        self.tools, self.rounds, self.say = tools, rounds, say
        self.cores, self.scratch = cores, scratch
        # Without it, version 1.9 first writes the packed inode to where the
        # tree shall be, and fails.
        said = subprocess.run([tools.fsck, "--help"], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False).stdout
        self.whole = ["--path=/"] if b"--path" in said else []

    def run(self, cores, command):
        """What the stopwatch says of one run."""
        pins = ",".join(map(str, available()[:cores]))
        done = subprocess.run([self.tools.stopwatch, pins, *command],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False)
        if done.returncode != 0:
            raise Failed(done.stderr.decode(errors="replace").strip())
        said = json.loads(done.stdout)
        if said["status"] != 0:
            words = done.stderr.decode(errors="replace").strip()
            last = words.splitlines()[-1:] or ["it says nothing"]
            raise Failed(f"{os.path.basename(command[0])} {command[1]} ends "
                         f"with {said['status']}: {last[0]}")
        return said

    def command(self, turn, image, target):
        """The command line of a turn."""
        if turn.who == OURS:
            place = [target] if turn.work == "extract" else []
            return [self.tools.reference, turn.work, "--quiet",
                    f"--jobs={turn.cores}", image.path, *place]
        if turn.work == "check":
            return [self.tools.fsck, "--extract", image.path]
        return [self.tools.fsck, *self.whole, f"--extract={target}",
                image.path]

    def take(self, turn, image):
        """One turn, its tree removed when the watch has stopped."""
        target = os.path.join(self.scratch, "tree")
        try:
            return self.run(turn.cores, self.command(turn, image, target))
        finally:
            if os.path.lexists(target):
                subprocess.run(["rm", "-rf", target], check=True)

    def library(self, image):
        """The decoders alone, over the same pclusters; on one core."""
        pins = str(available()[0])
        done = subprocess.run(["taskset", "-c", pins, self.tools.bare,
                               image.path], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)
        if done.returncode != 0:
            raise Failed("erofs-bare-decode: "
                         + done.stderr.decode(errors="replace").strip())
        return json.loads(done.stdout)

    def measure(self, image, works):
        """All turns on one image, `rounds` times after one to warm up."""
        turns = [Turn(work, cores, who) for work in works
                 for cores in self.cores for who in (OURS, PEER)]
        samples, failures, bare = collections.defaultdict(list), {}, []
        start = time.monotonic()
        for number in range(self.rounds + 1):
            if number > ENOUGH and time.monotonic() - start > PATIENCE:
                break
            self.say(f"{image.name}: round {number} of {self.rounds}")
            order = turns if number % 2 == 0 else turns[::-1]
            for turn in order:
                if turn in failures:
                    continue
                try:
                    sample = self.take(turn, image)
                    if number > 0:
                        samples[turn].append(sample)
                except Failed as error:
                    failures[turn] = str(error)
            if "bare" in failures:
                continue
            try:
                bare.append(self.library(image))
            except Failed as error:
                failures["bare"] = str(error)
        return result(image, turns, samples, failures, bare)


def summary(samples):
    """Median, minimum and peak of the runs of one turn."""
    times = [sample["seconds"] for sample in samples]
    return {"median": statistics.median(times), "min": min(times),
            "cpu": statistics.median(sample["cpu"] for sample in samples),
            "peak_kib": max(sample["peak_kib"] for sample in samples),
            "seconds": times}


def result(image, turns, samples, failures, bare):
    """What is printed and written: plain dictionaries."""
    out = {"image": image._asdict(), "works": [], "bare": None,
           "failures": list(dict.fromkeys(failures.values()))}
    for turn in turns:
        if turn.who != OURS:
            continue
        twin = turn._replace(who=PEER)
        one = {"work": turn.work, "cores": turn.cores, "ours": None,
               "peer": None, "ratio": None,
               "goal": goal(image.name, turn.work, turn.cores)}
        for key, which in (("ours", turn), ("peer", twin)):
            if which not in failures:
                one[key] = summary(samples[which])
        if one["ours"] and one["peer"]:
            one["ratio"] = one["peer"]["median"] / one["ours"]["median"]
        out["works"].append(one)
    if "bare" not in failures and bare:
        out["bare"] = min(bare, key=lambda each: each["seconds"])
        out["bare"]["median"] = statistics.median(
            each["seconds"] for each in bare)
    return out


def scratch_folder(fallback):
    """(folder, whether it is a tmpfs): where extracted trees go."""
    for folder in ("/dev/shm", "/tmp"):
        kind = subprocess.run(["stat", "-f", "-c", "%T", folder],
                              stdout=subprocess.PIPE, check=False).stdout
        if kind.strip() == b"tmpfs" and shutil.disk_usage(
                folder).free > 3 << 30:
            return tempfile.mkdtemp(prefix="erofs-bench.", dir=folder), True
    return tempfile.mkdtemp(prefix="erofs-bench.", dir=fallback), False
