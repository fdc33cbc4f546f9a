# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What an outcome means, and what of it a suite must not accept.

A verdict is one word, or a word and the name of an error:

  ok            mounts, reads in both orders; the manifest, if any, is equal
  differs       reads, but is not what the manifest says
  unstable      two visits through two mounts do not see the same
  mount ERROR   mount(2) refuses
  read ERROR    mounts, but a system call on the tree fails
  crash, hang   the kernel does not survive, or does not come back
  timeout       the walk was ended; the kernel went on
  -             this kernel has no such way to mount
"""

import re
import struct
import urllib.parse

# Where the superblock has what has to be known of it here.
MAGIC_AT, BLOCK_BITS_AT, FEATURES_AT = 1024, 1024 + 12, 1024 + 80
MAGIC = 0xE0F5E1E2
PAGE_BITS = 12
GOOD = ("valid", "advisory")
# Calls whose failure tells of two visits that differ.
SECOND = ("again", "pread")
LOUD = re.compile(r"WARNING|BUG|Oops|lockup|RIP|panic")
ROUTINE = re.compile(r"mounted with root|EXPERIMENTAL|is not recommended")
# What differs from run to run, or only repeats which image it is about.
CLEANER = ((r"^erofs:? \(device [\w:]*\): ", ""), (r"\\x0a", " "),
           (r"0x[0-9a-f]{6,}|\+0x\w+/0x\w+", ""),
           (r"\b\w+: attempt", "attempt"),
           (r"(?i)pid:? \d+|loop\d+|CPU#?:? ?\d+|for \d+s!", ""))
COLUMNS = "vector kernel sha256 claim rule block file detail".split()


def canonical(lines):
    """Lines of a guest, sorted by raw path, as a manifest has them."""
    def raw(line):
        path = re.match(r'\{"path":"([^"]*)"', line)
        return urllib.parse.unquote_to_bytes(path.group(1) if path else line)
    return "".join(line + "\n" for line in sorted(lines, key=raw))


def beyond(kernel, job):
    """Why an image is not this kernel's business, or nothing."""
    head = job.image[job.offset:job.offset + FEATURES_AT + 4]
    if (len(head) < FEATURES_AT + 4
            or struct.unpack_from("<I", head, MAGIC_AT)[0] != MAGIC):
        return ""
    lacks = struct.unpack_from("<I", head, FEATURES_AT)[0] & ~kernel.features
    if lacks:
        return f"features {lacks:#x} are unknown to this kernel"
    if head[BLOCK_BITS_AT] > PAGE_BITS:
        return "blocks are larger than the pages of this machine"
    return ""


def declined(kernel, words):
    """Whether an old kernel says itself that it reads no such data.

    6.1 has LZ4 alone, and only in blocks as large as pages.
    """
    return kernel.version < (6, 12) and all(
        word == "-" or word.endswith(" EOPNOTSUPP") for word in words)


def absent(kernel, backing, job, outcome):
    """Whether this way to mount came later than the kernel."""
    if backing != "file" or outcome.mount == "ok":
        return False
    if outcome.mount == "ENOTBLK":
        return kernel.version < (6, 12)
    return (outcome.mount == "EINVAL" and job.offset != 0
            and kernel.version < (6, 17))


def cut_page(kernel, backing, job):
    """Linux after 6.19 fails to read the last page of a file that ends in it.

    Images of small blocks often do; as block devices they are fine.
    """
    return (backing == "file" and kernel.version > (6, 19) and any(
        len(data) % (1 << PAGE_BITS)
        for data in (job.image, *job.devices)))


def verdict(outcome, manifest):
    """One of the words above."""
    if outcome.end in ("crash", "hang", "timeout"):
        return outcome.end
    if outcome.end != "ok" or outcome.mount is None:
        return "crash"
    if outcome.mount != "ok":
        return f"mount {outcome.mount}"
    first = [e for e in outcome.errors if e[0] not in SECOND]
    if first:
        return f"read {first[0][1]}"
    if outcome.errors or outcome.again != "ok":
        return "unstable"
    if manifest is not None and canonical(outcome.lines) != manifest:
        return "differs"
    return "ok"


def difference(lines, manifest):
    """The first line that a manifest and a guest do not share."""
    ours, theirs = manifest.splitlines(), canonical(lines).splitlines()
    for left, right in zip(ours + ["(end)"], theirs + ["(end)"]):
        if left != right:
            return f"expected {left} got {right}"
    return ""


def detail(outcome, manifest, word):
    """The reason in a few words: errors first, then the kernel's own."""
    parts = []
    if word == "differs":
        parts.append(difference(outcome.lines, manifest))
    errors = list(dict.fromkeys(
        " ".join(filter(None, (call, path, error, more)))
        for call, error, path, more in outcome.errors))
    parts += errors[:3]
    if len(errors) > 3:
        parts.append(f"and {len(errors) - 3} more")
    loud = [line for line in outcome.log if LOUD.search(line)]
    told = loud + [line for line in outcome.log
                   if line not in loud and not ROUTINE.search(line)]
    shown = []
    for line in told:
        for pattern, instead in CLEANER:
            line = re.sub(pattern, instead, line)
        if line not in shown:
            shown.append(line)
    parts += shown[:2] if word != "ok" or loud else []
    return "; ".join(parts)


class Row:
    """One vector: what it claims, and what the kernel made of it."""

    def __init__(self, kernel, release, entry, job, outcomes, manifest):
        self.entry = entry
        self.release = release
        self.words, self.details = {}, {}
        self.excused = {backing for backing in outcomes
                        if cut_page(kernel, backing, job)}
        for backing, outcome in outcomes.items():
            word = "-" if absent(kernel, backing, job, outcome) else \
                verdict(outcome, manifest)
            self.words[backing] = word
            self.details[backing] = "" if word == "-" else \
                detail(outcome, manifest, word)
        self.beyond = "" if "ok" in self.words.values() else \
            beyond(kernel, job)
        if (entry["verdict"] in GOOD and not self.beyond
                and declined(kernel, self.words.values())):
            self.beyond = "this compression is unknown to this kernel"

    def failures(self):
        """Backings over which a fine image is not read as it should be."""
        if self.entry["verdict"] not in GOOD or self.beyond:
            return []
        return [backing for backing, word in self.words.items()
                if word not in ("ok", "-") and backing not in self.excused]

    def fields(self):
        """As the table has them; equal details are said once."""
        said = [text for text in self.details.values() if text]
        text = said[0] if len(set(said)) == 1 else "; ".join(
            f"{backing}: {text}" for backing, text in self.details.items()
            if text)
        if self.beyond:
            text = f"{self.beyond}; {text}"
        return [self.entry["path"], self.release, self.entry["sha256"],
                self.entry["verdict"], self.entry.get("rule") or "-",
                self.words.get("block", "-"), self.words.get("file", "-"),
                re.sub(r"[\t\n]", " ", text)[:240].rstrip("; ")]


def table(rows):
    """The rows as they are kept."""
    return "".join("\t".join(fields) + "\n" for fields in
                   [COLUMNS, *(row.fields() for row in rows)])
