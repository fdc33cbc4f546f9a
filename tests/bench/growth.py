# SPDX-License-Identifier: Apache-2.0 OR MIT
"""How the cost of one image grows with its size, in hostile families.

  bench/growth.py [--bin FOLDER] [--only NAME]...

Each family is forged at doubling sizes. `growth` is the exponent that the
last doubling of what was added has: 1 is linear. Work is what the budget
counts and the same every time; seconds of CPU and MiB are of this machine.
Fails where work grows faster than the image. `manifest` hashes all content
that is named, which shared blocks let grow with the square of the image until
its budget ends it (exit 4): 16 GiB, and 64 bytes for each of the image.
"""

import argparse
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

import builder
import families

SIZES = (256, 512, 1024, 2048)
# Work may grow by so much more than the image; a table that doubles its
# room now and then is no more than linear.
LINEAR = 1.15
BIN = builder.ROOT / "build/release/bin"


def call(command):
    """(exit status, output) of a command that may say anything but 2."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False,
                          stderr=subprocess.DEVNULL)
    return done.returncode, done.stdout


def run(folder, verb, image):
    """(exit status, CPU seconds, MiB) of one command, on one core."""
    core = str(min(os.sched_getaffinity(0)))
    said = json.loads(call([str(folder / "erofs-bench-stopwatch"), core,
                            str(folder / "erofs-ref"), verb, image])[1])
    return said["status"], said["cpu"], said["peak_kib"] / 1024


def work(binary, image):
    """What audit says that it spent."""
    status, out = call([binary, "audit", "--json", image])
    if status not in (0, 1, 3, 4):
        raise OSError(f"audit ended with {status}")
    return json.loads(out)["work_spent"]


def exponent(costs, sizes):
    """How the last step of cost relates to that of the size; both affine
    parts, such as a block that all images have, do not count."""
    more = [costs[-1] - costs[-2], costs[-2] - costs[-3]]
    bytes_more = [sizes[-1] - sizes[-2], sizes[-2] - sizes[-3]]
    if min(more) <= 0 or bytes_more[0] <= bytes_more[1]:
        return 0.0
    return math.log(more[0] / more[1]) / math.log(
        bytes_more[0] / bytes_more[1])


def measure(tools, name, sizes, folder):
    """[(bytes, work, {command: (status, seconds, MiB)})] of a family."""
    out = []
    for size in sizes:
        image = pathlib.Path(folder) / "image"
        image.write_bytes(families.FAMILIES[name](size))
        costs = {verb: run(tools, verb, str(image))
                 for verb in ("check", "manifest")}
        out.append((image.stat().st_size,
                    work(str(tools / "erofs-ref"), str(image)), costs))
    return out


def lines(name, found):
    """What is printed of one family."""
    sizes, spent = [each[0] for each in found], [each[1] for each in found]
    for number, (size, steps, costs) in enumerate(found):
        growth = f"{exponent(spent[:number + 1], sizes[:number + 1]):.2f}" \
            if number > 1 else "-"
        cells = "  ".join(f"{status} {seconds:7.2f} s {memory:6.1f} MiB"
                          for status, seconds, memory in costs.values())
        yield (f"{name:16} {size:9} {steps:10} {steps / size:7.1f} "
               f"{growth:>6}  {cells}")
        name = ""


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(BIN))
    parser.add_argument("--only", action="append", default=[],
                        choices=families.FAMILIES)
    options = parser.parse_args()
    tools, failed = pathlib.Path(options.bin), 0
    names = options.only or list(families.FAMILIES)
    print("family               bytes       work    each growth  "
          "check: exit, CPU, peak     manifest")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            found = measure(tools, name, SIZES, folder)
            print("\n".join(lines(name, found)), flush=True)
            failed += exponent([each[1] for each in found],
                               [each[0] for each in found]) > LINEAR
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
