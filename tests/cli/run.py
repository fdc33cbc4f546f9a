# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Runs the command line as users do and compares all that it says.

    run.py BINARY [AREA/SLUG]...

A case is AREA/SLUG.sh, a bash script that runs in an empty folder with
fixture.sh read before it and `erofs-ref` in its PATH. Beside it stand
    SLUG.exit                        its exit code
    SLUG.stdout.exact  or  .glob     what it prints; nothing where absent
    SLUG.stderr.exact  or  .glob     the same for standard error
In a glob `*` stands for any text, line ends included, and nothing else is
special.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TIMEOUT_SECONDS = 120


def matches(pattern, text):
    """Whether `text` is what the glob `pattern` describes."""
    parts = [re.escape(part) for part in pattern.split("*")]
    return re.fullmatch(".*".join(parts), text, re.S) is not None


def wanted(case, stream):
    """(text, is it a glob) that a case expects of one stream."""
    for kind in ("exact", "glob"):
        path = case.with_suffix(f".{stream}.{kind}")
        if path.exists():
            return path.read_text(encoding="utf-8"), kind == "glob"
    return "", False


def environment(binary, folder):
    """A plain environment in which only the binary is new."""
    tools = folder / "bin"
    tools.mkdir()
    (tools / "erofs-ref").symlink_to(binary)
    return {"PATH": f"{tools}:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder),
            "ROOT": str(ROOT), "VECTORS": str(ROOT / "conformance/vectors"),
            "FIXTURE": str(HERE / "fixture.sh")}


def run(case, binary):
    """What a case said: (exit code, stdout, stderr)."""
    with tempfile.TemporaryDirectory(prefix="erofs-cli-") as name:
        folder = pathlib.Path(name)
        work = folder / "work"
        work.mkdir()
        script = f'. "$FIXTURE"; . "{case}"'
        done = subprocess.run(
            ["bash", "-uc", script], cwd=work, stdin=subprocess.DEVNULL,
            env=environment(binary, folder), capture_output=True,
            timeout=TIMEOUT_SECONDS, check=False)
    return (done.returncode, done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"))


def breaches(case, code, texts):
    """How what a case said differs from what it should."""
    out = []
    expected = case.with_suffix(".exit")
    if not expected.exists():
        return [f"no {expected.name}"]
    if code != int(expected.read_text(encoding="utf-8")):
        out.append(f"exit code {code}, not {expected.read_text().strip()}")
    for stream, text in texts.items():
        pattern, glob = wanted(case, stream)
        if not (matches(pattern, text) if glob else pattern == text):
            out.append(f"{stream} is\n{text[:3000]}--- not\n{pattern[:3000]}")
    return out


def judge(case, binary):
    """One case: None where it passed, else what is wrong."""
    try:
        code, stdout, stderr = run(case, binary)
    except subprocess.TimeoutExpired:
        return f"no end after {TIMEOUT_SECONDS} s"
    wrong = breaches(case, code, {"stdout": stdout, "stderr": stderr})
    return "\n".join(wrong) or None


def strays(cases):
    """Expectations whose script is gone."""
    known = {case.with_suffix("") for case in cases}
    return [path for path in sorted(HERE.glob("*/*"))
            if path.suffix != ".sh" and
            path.parent / path.name.split(".")[0] not in known]


def main(argv):
    """Runs all cases or the named ones; 0 when all passed."""
    if len(argv) < 2:
        print(__doc__)
        return 2
    binary = pathlib.Path(argv[1]).resolve()
    cases = [HERE / f"{name}.sh" for name in argv[2:]] or \
        sorted(HERE.glob("*/*.sh"))
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda case: judge(case, binary), cases)
        for case, wrong in zip(cases, results):
            if wrong is not None:
                failed += 1
                print(f"FAILED {case.relative_to(HERE)}: {wrong}")
    passed = len(cases) - failed
    for path in strays(sorted(HERE.glob("*/*.sh"))):
        failed += 1
        print(f"FAILED {path.relative_to(HERE)}: belongs to no script")
    if not cases:
        failed += 1
        print("there are no cases")
    print(f"cli: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
