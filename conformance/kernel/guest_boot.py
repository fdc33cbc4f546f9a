# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Boots guests until each job has an outcome.

A guest that crashes or hangs costs its job alone: the next guest goes on
behind it. Nothing here needs KVM, and no image meets the host's kernel.
"""

import os
import re
import subprocess
import time

import guest_image

BACKINGS = ("block", "file")
# Twice as long as the guest's own watchdogs; software emulation is slow.
BOOT_SECONDS = 120
SILENT_SECONDS = 45
MEMORY = 1536  # MiB
TROUBLE = re.compile(r"BUG: .*|Oops: .*|Kernel panic - .*|"
                     r"watchdog: .*|RIP: 0010:.*|INFO: task .*")


class Outcome:
    """What one kernel made of one image over one backing."""

    def __init__(self):
        self.mount = self.again = None  # "ok" or the name of an error
        self.lines = []                 # of the manifest, in no order
        self.errors = []                # (call, errno, path, more)
        self.log = []                   # what the kernel said
        self.end = None                 # ok timeout hang signal crash

    def take(self, kind, text):
        """One line of the guest's report."""
        if kind == "N" and text.startswith("again "):
            self.again = text[len("again "):]
        elif kind == "N":
            self.mount = text
        elif kind == "M":
            self.lines.append(text)
        elif kind == "E":
            self.errors.append((text.split(" ", 3) + [""] * 3)[:4])
        elif kind == "K":
            self.log.append(text)
        elif kind == "D":
            self.end = text


class Report:
    """The guest's report as it grows."""

    def __init__(self, jobs, path):
        self.jobs, self.path = jobs, path
        self.release, self.done = None, False
        self.outcomes = {}              # (job number, backing) -> Outcome
        self.last = None

    def reread(self):
        """Reads the file anew: it is what one boot has said so far."""
        self.last, self.done = None, False
        with open(self.path, encoding="utf-8", errors="replace") as file:
            for line in file:
                kind, _, text = line.rstrip("\n").partition(" ")
                if kind == "B":
                    self.release = text
                elif kind == "J":
                    number, backing = text.split()
                    self.last = (int(number), backing)
                    self.outcomes[self.last] = Outcome()
                elif kind == "Z":
                    self.done = True
                elif self.last:
                    self.outcomes[self.last].take(kind, text)


class Guests:
    """Boots of one kernel in a scratch folder.

    ways: which backings, and how many visits there.
    """

    def __init__(self, kernel, folder, seconds, ways=BACKINGS, visits=2):
        self.kernel, self.folder, self.seconds = kernel, folder, seconds
        self.ways = sum(1 << BACKINGS.index(way) for way in ways)
        self.visits = visits
        self.qemu = guest_image.qemu()

    def command(self, first, port, console):
        append = ("console=ttyS0 loglevel=5 panic=-1 oops=panic "
                  "rootfstype=ramfs softlockup_panic=1 watchdog_thresh=5 "
                  f"mitigations=off tsc=reliable first={first} "
                  f"seconds={self.seconds} ways={self.ways} "
                  f"visits={self.visits}")
        return [self.qemu, "-machine", "q35,accel=tcg", "-cpu", "max",
                "-smp", "1", "-m", str(MEMORY), "-nodefaults",
                "-no-user-config", "-display", "none", "-no-reboot",
                "-kernel", str(self.kernel.image),
                "-initrd", str(self.folder / "initrd"), "-append", append,
                "-chardev", f"file,id=log,path={console}",
                "-device", "isa-serial,chardev=log",
                "-device", "virtio-serial-pci",
                "-chardev", f"file,id=out,path={port}",
                "-device", "virtserialport,chardev=out,nr=1"]

    def boot(self, first, report, console):
        """One guest from the start to its end; True where it was shot."""
        for path in (report.path, console):
            path.write_bytes(b"")
        with subprocess.Popen(self.command(first, report.path, console),
                              stdin=subprocess.DEVNULL) as guest:
            size, since = 0, time.monotonic()
            while guest.poll() is None:
                time.sleep(0.05)
                now = os.path.getsize(report.path)
                if now != size:
                    size, since = now, time.monotonic()
                patience = SILENT_SECONDS + self.seconds if size else \
                    BOOT_SECONDS
                if time.monotonic() - since > patience:
                    guest.kill()
                    return True
        return False

    def run(self, jobs, program):
        """{(job number, backing): Outcome}, and the kernel's release."""
        guest_image.build(self.folder / "initrd", self.kernel, program, jobs)
        report = Report(jobs, self.folder / "report")
        console, first = self.folder / "console", 0
        while not report.done and first < 2 * len(jobs):
            shot = self.boot(first, report, console)
            report.reread()
            if report.last is None:
                tail = console.read_text(errors="replace")[-2000:]
                raise RuntimeError("the guest did not come up:\n" + tail)
            number, backing = report.last
            outcome = report.outcomes[report.last]
            if outcome.end in (None, "hang"):
                self.blame(outcome, console, shot)
            first = 2 * number + BACKINGS.index(backing) + 1
        return report.outcomes, report.release

    @staticmethod
    def blame(outcome, console, shot):
        """A job that brought its guest down."""
        said = TROUBLE.findall(console.read_text(errors="replace"))
        hung = shot or outcome.end == "hang" or any(
            "lockup" in line for line in said[:1])
        outcome.end = "hang" if hung else "crash"
        outcome.log += said[:3]
