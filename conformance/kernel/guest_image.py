# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What a guest boots with: the walker, modules, and the images to look at.

All of it is one archive in the newc form of cpio(5), which the kernel unpacks
into memory. There an image is a file of its exact length.
"""

import pathlib
import stat
import subprocess

import guest_kernel

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = [HERE / "guest_walk.cpp", HERE / "guest_tree.cpp"]
FLAGS = ["-std=c++20", "-O2", "-static", "-s", "-Wall", "-Wextra",
         "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow",
         "-Werror"]


class Job:
    """An image and its devices, byte for byte."""

    def __init__(self, image, devices=(), offset=0):
        self.image, self.devices, self.offset = image, list(devices), offset


def walker(folder):
    """The program that runs in the guest; built where it is stale."""
    program = folder / "walk"
    sources = [*SOURCES, HERE / "guest_tree.h"]
    if program.exists() and program.stat().st_mtime > max(
            source.stat().st_mtime for source in sources):
        return program
    guest_kernel.install("g++", "libssl-dev")
    guest_kernel.say("building the walker")
    guest_kernel.run("g++", *FLAGS, *map(str, SOURCES), "-lcrypto", "-o",
                     str(program))
    return program


class Archive:
    """A cpio archive under construction."""

    def __init__(self, file):
        self.file, self.count = file, 0

    def add(self, name, data=b"", mode=stat.S_IFREG | 0o644):
        self.count += 1
        text = name.encode() + b"\0"
        fields = (self.count, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0,
                  len(text), 0)
        head = b"070701" + b"".join(b"%08X" % field for field in fields)
        self.file.write(self._padded(head + text) + self._padded(data))

    def folder(self, name):
        self.add(name, mode=stat.S_IFDIR | 0o755)

    def close(self):
        self.add("TRAILER!!!", mode=0)

    @staticmethod
    def _padded(data):
        return data + bytes(-len(data) % 4)


def build(path, kernel, program, jobs):
    """Writes the archive. The guest knows a job by its number."""
    with open(path, "wb") as file:
        archive = Archive(file)
        archive.add("init", program.read_bytes(), stat.S_IFREG | 0o755)
        archive.folder("modules")
        modules = kernel.modules()
        archive.add("modules/list", "".join(
            f"{name}\n" for name, _ in modules).encode())
        for name, data in modules:
            archive.add(f"modules/{name}", data)
        archive.folder("i")
        lines = []
        for number, job in enumerate(jobs):
            archive.add(f"i/{number}", job.image)
            for slot, device in enumerate(job.devices, 1):
                archive.add(f"i/{number}.{slot}", device)
            lines.append(f"{number} {job.offset} {len(job.devices)}\n")
        archive.add("jobs", "".join(lines).encode())
        archive.close()


def qemu():
    """The emulator's name; it is installed where it is missing."""
    name = "qemu-system-x86_64"
    try:
        subprocess.run([name, "--version"], stdout=subprocess.DEVNULL,
                       check=True)
    except (OSError, subprocess.CalledProcessError):
        guest_kernel.install("qemu-system-x86")
    return name
