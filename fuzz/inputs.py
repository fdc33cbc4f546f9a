# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Which files a fuzz target starts from."""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
IMAGE_TARGETS = ("read_image", "check_image")


def targets(build):
    """Names of the targets that a build directory holds."""
    return (pathlib.Path(build) / "fuzz_targets.txt").read_text().split()


def folders(target):
    """Folders whose files are inputs of `target`; some may not exist yet."""
    found = [ROOT / "corpus" / "seeds" / target,
             ROOT / "corpus" / "regressions" / target]
    if target in IMAGE_TARGETS:
        found += [ROOT / "conformance" / "vectors", ROOT / "corpus" / "images"]
    return [folder for folder in found if folder.is_dir()]


def files(target):
    """Every input of `target`, sorted by path."""
    found = []
    for folder in folders(target):
        images = folder.name in ("vectors", "images")
        pattern = "*.erofs" if images else "*"
        found += [p for p in folder.rglob(pattern) if p.is_file()]
    return sorted(found)
