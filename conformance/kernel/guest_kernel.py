# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Kernels for guests: Debian's packages, unpacked and never installed.

A private apt configuration fetches them, so that the sources of the machine
stay as they are: bookworm has 6.1 and 6.12, trixie-backports what is newer.
"""

import fnmatch
import functools
import lzma
import os
import pathlib
import re
import shutil
import subprocess
import sys

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
MIRROR = "http://deb.debian.org/debian"
SOURCES = (f"{MIRROR} bookworm main", f"{MIRROR} bookworm-updates main",
           f"{MIRROR}-security bookworm-security main",
           f"{MIRROR} trixie-backports main")

# What incompatible features a kernel knows, by the bits of the superblock.
# What it was built without (6.1: LZMA) shows in its configuration.
FEATURES = {"6.1": 0x3F, "6.12": 0x7F, "6.18": 0x1FF, "7.3": 0x1FF}

# The modules that a guest needs, where they are modules; what they depend on
# comes with them.
MODULES = ("virtio_pci", "virtio_console", "loop", "lz4_decompress", "crc32c",
           "crc32c_generic", "libcrc32c", "xz_dec", "erofs")


class Missing(Exception):
    """Something that this machine lacks and that could not be fetched."""


class Kernel:
    """One unpacked kernel: its image, its modules, its configuration."""

    def __init__(self, top, name):
        self.top, self.name = pathlib.Path(top), name
        images = sorted(self.top.glob("**/vmlinuz*"))
        if not images:
            raise Missing(f"{top}: no vmlinuz (a kernel package, unpacked)")
        self.image = images[0]
        # boot/vmlinuz-RELEASE, or usr/lib/modules/RELEASE/vmlinuz
        self.release = (self.image.name.partition("-")[2]
                        or self.image.parent.name)
        self.version = tuple(map(int, re.findall(r"\d+", self.release)[:2]))
        self.series = "%d.%d" % self.version
        known = [v for v in FEATURES if tuple(map(int, v.split("."))) <=
                 self.version]
        self.features = FEATURES[known[-1]] if known else 0

    @functools.cached_property
    def _modules(self):
        return {path.name.split(".ko")[0].replace("-", "_"): path
                for path in self.top.glob("**/*.ko*")}

    def modules(self):
        """[(file name, bytes)] in the order in which they can be loaded."""
        out = {}

        def need(name):
            path = self._modules.get(name)
            if path is None or name in out:
                return
            data = path.read_bytes()
            if path.suffix == ".xz":
                data = lzma.decompress(data)
            wants = re.search(rb"\0depends=([^\0]*)", data)
            for other in (wants.group(1).decode() if wants else "").split(","):
                need(other.replace("-", "_"))
            out[name] = data

        for name in MODULES:
            need(name)
        if "erofs" not in out:
            raise Missing(f"{self.top}: the kernel has no module erofs")
        return [(f"{name}.ko", data) for name, data in out.items()]


def say(text):
    print(f"guest: {text}", file=sys.stderr)


def run(*command, where=None, env=None):
    done = subprocess.run(command, cwd=where, env=env, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise Missing(f"{' '.join(command[:3])}: "
                      + (done.stderr.strip() or "failed").splitlines()[-1])
    return done.stdout


def install(*packages):
    """Installs what Debian's packages bring, as root or by sudo."""
    lacking = [package for package in packages if "ok installed" not in
               subprocess.run(["dpkg-query", "-W", "-f", "${Status}", package],
                              stdout=subprocess.PIPE, text=True, check=False,
                              stderr=subprocess.DEVNULL).stdout]
    if not lacking:
        return
    say(f"installing {' '.join(lacking)}")
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    run(*prefix, "apt-get", "update", "-q")
    run(*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install",
        "-q", "-y", "--no-install-recommends", *lacking)


class Archive:
    """Debian's archive as a private apt sees it."""

    def __init__(self, folder):
        self.folder = folder.absolute()
        for name in ("state/lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "sources.list").write_text("".join(
            f"deb [signed-by={KEYRING}] {each}\n" for each in SOURCES))
        conf = self.folder / "apt.conf"
        conf.write_text(f'Dir::State "{self.folder}/state";\n'
                        f'Dir::Cache "{self.folder}/cache";\n'
                        f'Dir::Etc::sourcelist "{self.folder}/sources.list";\n'
                        'Dir::Etc::sourceparts "-";\n'
                        'Acquire::Languages "none";\n'
                        'APT::Sandbox::User "root";\n')
        self.env = {**os.environ, "APT_CONFIG": str(conf), "LC_ALL": "C"}
        run("apt-get", "update", "-q", env=self.env)

    def newest(self, series):
        """The newest cloud kernel of a series such as 6.12."""
        names = run("apt-cache", "pkgnames", f"linux-image-{series}.",
                    env=self.env).split()
        fitting = fnmatch.filter(names, "*-cloud-amd64")
        if not fitting:
            raise Missing(f"Debian has no cloud kernel {series} any more")
        return max(fitting, key=lambda name: [
            int(n) for n in re.findall(r"\d+", name.replace("amd64", ""))])

    def unpack(self, package, into):
        """A package, and those parts of a kernel that stand beside it."""
        depends = run("apt-cache", "depends", package, env=self.env)
        parts = re.findall(r"Depends: (linux-(?:binary|modules)-\S+)", depends)
        for part in [package, *parts]:
            say(f"fetching {part}")
            run("apt-get", "download", part, where=self.folder, env=self.env)
            for file in self.folder.glob(f"{part}_*.deb"):
                run("dpkg-deb", "-x", str(file), str(into))
                file.unlink()


def find(name, folder):
    """The kernel of a series, fetched once, or one that lies in a folder."""
    if os.path.isdir(name):
        return Kernel(name, os.path.basename(os.path.abspath(name)))
    place = folder / "kernels" / name
    if not place.is_dir():
        if not os.path.exists(KEYRING):
            install("debian-archive-keyring")
        archive = Archive(folder / "apt")
        fresh = place.with_name(f".{name}")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        archive.unpack(archive.newest(name), fresh)
        fresh.rename(place)
    return Kernel(place, name)
