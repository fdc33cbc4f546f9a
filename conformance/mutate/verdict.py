# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What the reference says of an image, and how that fits what a kernel said.

  clean         both accept it and see the same
  bad           both find fault with it
  stricter      the reference refuses what the kernel reads
  FALSE-CLEAN   the reference accepts what the kernel does not, reads
                otherwise, or does not survive
  known         accepted; the kernel reads it by a fault that is written down
  slow          accepted, but the kernel was still reading when it was ended
  unsupported   the reference says it cannot judge it
  limit         it costs more than the reference is granted
  beyond        accepted; the kernel lacks a feature, or pages of that size
  TROUBLE       the reference crashed, hung, or contradicts itself
"""

import json
import subprocess

CLASSES = ("clean", "bad", "stricter", "FALSE-CLEAN", "known", "slow",
           "unsupported", "limit", "beyond", "TROUBLE")
NEVER = ("FALSE-CLEAN", "TROUBLE")
SECONDS = 60
# Exit codes of the reference.
CLEAN, BROKEN, UNSUPPORTED, LIMIT, IO = 0, 1, 3, 4, 5
FAULTS = ("malformed", "invalid", "io")


class Ours:
    """The verdict of the reference, and the manifest of what it accepts."""

    def __init__(self, status, rules=(), manifest=None, said=""):
        self.status, self.rules = status, list(rules)
        self.manifest, self.said = manifest, said

    @property
    def why(self):
        """The first rule that is broken, or what else there is to say."""
        return self.rules[0] if self.rules else self.said or "-"


def call(binary, verb, arguments):
    """(status, standard output, standard error); None for no end."""
    try:
        done = subprocess.run([binary, *verb, *arguments], timeout=SECONDS,
                              stdout=subprocess.PIPE, check=False,
                              stderr=subprocess.PIPE)
    except subprocess.TimeoutExpired:
        return None, b"", b"no end"
    return done.returncode, done.stdout, done.stderr


def stored(folder, mutant):
    """The command line for a mutant, which is written to a folder."""
    image, arguments = folder / "image", []
    image.write_bytes(mutant.image)
    for slot, device in enumerate(mutant.base.devices):
        (folder / f"blob{slot}").write_bytes(device)
        arguments.append(f"--device={folder}/blob{slot}")
    return [*arguments, f"--offset={mutant.base.offset}", str(image)]


def ask(binary, arguments):
    """Ours of one image."""
    status, out, error = call(binary, ["check", "--json"], arguments)
    try:
        findings = json.loads(out)["findings"] if out else []
    except ValueError:
        return Ours(None, said="no JSON")
    if status not in (CLEAN, BROKEN, UNSUPPORTED, LIMIT, IO):
        return Ours(status, said=f"status {status}: {error[-200:]!r}")
    wanted = {UNSUPPORTED: ("unsupported",), LIMIT: ("limit",)}.get(
        status, FAULTS)
    rules = [each["rule"] for kind in wanted for each in findings
             if each["class"] == kind]
    if status != CLEAN:
        return Ours(status, dict.fromkeys(rules))
    status, out, error = call(binary, ["manifest"], arguments)
    if status == LIMIT:
        return Ours(LIMIT, ["manifest: limit"])
    if status != CLEAN:
        return Ours(None, said=f"it conforms, but cannot be read: {status}: "
                    f"{error[-200:]!r}")
    return Ours(CLEAN, rules, out.decode("ascii", "replace"))


def classify(ours, words, beyond, excuse=""):
    """One of the classes; `words` are the kernel's, a backing each."""
    words = [word for word in words if word != "-"]
    good = words and all(word == "ok" for word in words)
    if ours.status in (BROKEN, IO):
        return "stricter" if good else "bad"
    if ours.status in (UNSUPPORTED, LIMIT):
        return {UNSUPPORTED: "unsupported", LIMIT: "limit"}[ours.status]
    if ours.status != CLEAN:
        return "TROUBLE"
    if good:
        return "clean"
    if beyond:
        return "beyond"
    if words and all(word in ("ok", "timeout") for word in words):
        return "slow"
    return "known" if excuse else "FALSE-CLEAN"
