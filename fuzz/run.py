#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Fuzzes one target, or all of them in turn, for a number of seconds.

usage: run.py [TARGET|all] [--seconds N] [--engine libfuzzer|afl]

Builds the preset of the engine first. Starts from the inputs that are kept,
works in build/<preset>/fuzz/TARGET, and prints executions, executions per
second and what was found. Exits 1 where an input breaks a property.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys

import inputs

TIMEOUT_S = 5
MEMORY_MB = 1024
LONGEST = 65536


def collect(target, folder):
    """Copies the kept inputs into one flat folder and returns it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, path in enumerate(inputs.files(target)):
        if path.stat().st_size <= LONGEST:
            shutil.copyfile(path, folder / f"{number:05d}")
    return folder


def libfuzzer(build, target, work, seconds):
    """Returns (executions, inputs that broke something)."""
    corpus, found = work / "corpus", work / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    command = [build / "bin" / f"fuzz_{target}", f"-max_total_time={seconds}",
               f"-max_len={LONGEST}", f"-timeout={TIMEOUT_S}",
               f"-rss_limit_mb={MEMORY_MB}", "-print_final_stats=1",
               f"-artifact_prefix={found}/", corpus,
               collect(target, work / "start")]
    dictionary = build / "generated" / "erofs.dict"
    if dictionary.is_file():
        command.insert(1, f"-dict={dictionary}")
    log = work / "log"
    with open(log, "wb") as out:
        subprocess.run(command, stdout=out, stderr=out, check=False)
    text = log.read_text(errors="replace")
    runs = re.findall(r"number_of_executed_units:\s*(\d+)", text)
    if not runs:
        print(text[-2000:])
    return int(runs[-1]) if runs else 0, sorted(found.iterdir())


def afl(build, target, work, seconds):
    """Returns (executions, inputs that broke something)."""
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    environment = dict(os.environ, AFL_SKIP_CPUFREQ="1", AFL_NO_UI="1",
                       AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES="1",
                       AFL_NO_AFFINITY="1", AFL_FAST_CAL="1")
    command = ["afl-fuzz", "-i", collect(target, work / "start"), "-o", out,
               "-V", str(seconds), "-t", str(TIMEOUT_S * 1000), "-m", "none",
               "--", build / "bin" / f"fuzz_{target}"]
    work.mkdir(parents=True, exist_ok=True)
    with open(work / "log", "wb") as log:
        subprocess.run(command, env=environment, stdout=log, stderr=log,
                       check=False)
    stats = out / "default" / "fuzzer_stats"
    if not stats.is_file():
        print((work / "log").read_text(errors="replace")[-2000:])
        return 0, []
    runs = re.search(r"execs_done\s*:\s*(\d+)", stats.read_text())
    found = [path for kind in ("crashes", "hangs")
             for path in (out / "default" / kind).glob("id*")]
    return int(runs[1]) if runs else 0, sorted(found)


def prepare(engine):
    """Configures and builds the preset of `engine`; returns its folder."""
    preset = {"libfuzzer": "fuzz", "afl": "afl"}[engine]
    build = inputs.ROOT / "build" / preset
    # Anew each time: the list of targets below is that of the last time.
    subprocess.run(["cmake", "--preset", preset], cwd=inputs.ROOT,
                   stdout=subprocess.DEVNULL, check=True)
    listed = subprocess.run(["ninja", "-C", build, "-t", "targets", "all"],
                            capture_output=True, text=True, check=True)
    programs = re.findall(r"^(bin/fuzz_\w+):", listed.stdout, re.M)
    subprocess.run(["ninja", "--quiet", "-C", build, *programs], check=True)
    return build


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", nargs="?", default="all")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--engine", choices=["libfuzzer", "afl"],
                        default="libfuzzer")
    chosen = parser.parse_args()
    build = prepare(chosen.engine)
    known = inputs.targets(build)
    names = known if chosen.target == "all" else [chosen.target]
    for name in names:
        if name not in known:
            parser.error(f"no target {name}; there are {', '.join(known)}")
    engine = libfuzzer if chosen.engine == "libfuzzer" else afl
    bad = 0
    for name in names:
        work = build / "fuzz" / name
        runs, found = engine(build, name, work, chosen.seconds)
        print(f"{name} ({chosen.engine}): {runs} executions in "
              f"{chosen.seconds} s, {runs // max(chosen.seconds, 1)}/s, "
              f"{len(found)} findings", flush=True)
        for path in found:
            print(f"  {path}")
        bad += len(found) + (runs == 0)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
