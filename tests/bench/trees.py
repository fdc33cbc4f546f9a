# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The trees that a benchmark packs: real files, and very many small ones."""

import hashlib
import os
import random
import shutil
import stat

WORDS = 3000        # of the vocabulary
SENTENCES = 20_000  # of which texts are put together


def library(top, source, limit):
    """Copies files of `source`, some `limit` bytes of them, to `top`.

    Which ones depends on their names alone: a sample of every sort and size
    that the system has, the same at every call.
    """
    os.makedirs(top)
    names = []
    for folder, _, leaves in os.walk(source):
        here = os.path.relpath(folder, source)
        names += [os.path.normpath(os.path.join(here, n)) for n in leaves]
    names.sort(key=lambda n: hashlib.sha256(os.fsencode(n)).digest())
    for name in names:
        limit -= copy(os.path.join(source, name), os.path.join(top, name),
                      limit)


def copy(source, target, limit):
    """One link, or file of at most `limit` bytes; the bytes copied."""
    facts = os.lstat(source)
    if not (stat.S_ISREG(facts.st_mode) or stat.S_ISLNK(facts.st_mode)):
        return 0
    if facts.st_size > limit:
        return 0
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        shutil.copy2(source, target, follow_symlinks=False)
    except PermissionError:
        return 0  # some files of a system are for its owner only
    return facts.st_size if stat.S_ISREG(facts.st_mode) else 0


def texts(seed):
    """Yields texts without end: 200 to 6000 bytes of made-up prose."""
    chance = random.Random(seed)
    letters = "eeeeeetttttaaaaoooiiinnnsssrrrhhldcumfpgwybvk"
    words = ["".join(chance.choices(letters, k=chance.randrange(2, 11)))
             for _ in range(WORDS)]
    # A few words make up most of a text, as Zipf saw.
    weights = [1 / (rank + 1) for rank in range(WORDS)]
    sentences = [" ".join(chance.choices(words, weights,
                                         k=chance.randrange(4, 20)))
                 for _ in range(SENTENCES)]
    while True:
        size = chance.randrange(200, 6001)
        text = ".\n".join(chance.choices(sentences, k=size // 50 + 1))
        while len(text) < size:
            text += chance.choice(sentences)
        yield text[:size].encode()


def small(top, count, seed):
    """`count` small files, 500 to a directory."""
    source = texts(seed)
    for number in range(count):
        folder = os.path.join(top, f"d{number // 500:04}")
        if number % 500 == 0:
            os.makedirs(folder)
        with open(os.path.join(folder, f"f{number:07}.txt"), "wb",
                  buffering=0) as file:
            file.write(next(source))
