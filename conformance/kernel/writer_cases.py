# SPDX-License-Identifier: Apache-2.0 OR MIT
"""How the reference is asked to write, one image a case."""

import random

# name: (tree, options of mkfs). BLOB becomes a file of the image's own.
CASES = {
    "plain": ("everything", []),
    "compact": ("metadata", ["-T1000", "-Eforce-inode-compact",
                             "--force-uid=1000", "--force-gid=100"]),
    "extended": ("everything", ["-Eforce-inode-extended"]),
    "fixed-time": ("everything", ["-T1000000000"]),
    "image-time": ("metadata", ["-T1000000000", "--mkfs-time"]),
    "ignored-time": ("metadata", ["-T1000000000", "--ignore-mtime"]),
    "no-inline": ("everything", ["-Enoinline_data"]),
    "all-root": ("metadata", ["--all-root"]),
    "moved-owners": ("metadata", ["--uid-offset=10", "--gid-offset=70000"]),
    "xattrs-shared": ("metadata", ["-x0"]),
    "xattrs-inline": ("metadata", ["-x1000"]),
    "no-xattrs": ("metadata", ["-x-1"]),
    "no-filter": ("metadata", ["-E^xattr-name-filter"]),
    "prefixes": ("metadata", ["--xattr-prefix=user.nnnnn",
                              "--xattr-prefix=trusted.over"]),
    "prefixes-packed": ("metadata", [
        "-zlz4", "-Eall-fragments", "--xattr-prefix=user.nnnnn"]),
    "prefixes-metabox": ("metadata", [
        "-zlz4", "-m4096", "-Efragments", "--zD",
        "--xattr-prefix=user.nnnnn"]),
    "no-checksum": ("metadata", ["-Enosbcrc"]),
    "labelled": ("metadata", ["-Lvolume", "-Uclear"]),
    "offset": ("metadata", ["--offset=1048576"]),
    "chunks-4k": ("everything", ["--chunksize=4096"]),
    "chunks-64k": ("content", ["--chunksize=65536"]),
    "chunks-1m": ("content", ["--chunksize=1M"]),
    "chunk-indexes": ("content", ["--chunksize=4096",
                                  "-Eforce-chunk-indexes"]),
    "blobdev": ("everything", ["--chunksize=4096", "--blobdev=BLOB"]),
    "without-path": ("metadata", ["--exclude-path=links/one",
                                  "--exclude-path=specials"]),
    "empty": ("empty", []),
    "block-512": ("everything", ["-b512"]),
    "block-1k": ("metadata", ["-b1024"]),
    "block-2k": ("everything", ["-b2048", "--chunksize=2048"]),
    "lz4": ("everything", ["-zlz4"]),
    "lz4-large": ("large", ["-zlz4"]),
    "lz4-512": ("compressible", ["-zlz4", "-b512"]),
    "lz4-2k": ("compressible", ["-zlz4", "-b2048", "-C8192"]),
    "lz4hc": ("compressible", ["-zlz4hc"]),
    "lz4hc-most": ("compressible", ["-zlz4hc,12", "-C16384"]),
    "pcluster-12k": ("compressible", ["-zlz4hc", "-C12288"]),
    "pcluster-64k": ("compressible", ["-zlz4", "-C65536"]),
    "pcluster-1m": ("large", ["-zlz4", "-C1048576"]),
    "legacy": ("compressible", ["-zlz4", "-Elegacy-compress"]),
    "legacy-64k": ("compressible", ["-zlz4", "-Elegacy-compress",
                                    "-C65536"]),
    "tails": ("everything", ["-zlz4", "-Eztailpacking"]),
    "tails-64k": ("compressible", ["-zlz4", "-Eztailpacking", "-C65536"]),
    "tails-legacy": ("compressible", ["-zlz4hc",
                                      "-Eztailpacking,legacy-compress"]),
    "extents-10k": ("compressible", ["-zlz4hc", "--max-extent-bytes=10000",
                                     "-Eztailpacking"]),
    "extents-4k": ("compressible", ["-zlz4", "--max-extent-bytes=4096"]),
    "lzma": ("compressible", ["-zlzma"]),
    "lzma-64k": ("compressible", ["-zlzma,level=109", "-C65536"]),
    "lzma-1m": ("large", ["-zlzma,level=1,dictsize=65536", "-C1048576"]),
    "deflate": ("compressible", ["-zdeflate"]),
    "deflate-64k": ("large", ["-zdeflate,level=9", "-C65536"]),
    "zstd": ("compressible", ["-zzstd"]),
    "zstd-64k": ("large", ["-zzstd,level=12", "-C65536"]),
    "zstd-1m": ("large", ["-zzstd,level=3,dictsize=65536", "-C1048576"]),
    "zstd-512": ("compressible", ["-zzstd", "-b512", "-C4096"]),
    "fragments": ("everything", ["-zlz4", "-Efragments"]),
    "fragments-64k": ("compressible", ["-zzstd", "-C65536",
                                       "-Efragments,ztailpacking"]),
    "fragments-packed": ("everything", ["-zlz4hc", "-Efragments=65536"]),
    "all-fragments": ("compressible", ["-zdeflate", "-C65536",
                                       "-Eall-fragments"]),
    "empty-lz4": ("empty", ["-zlz4"]),
    "dedupe": ("everything", ["-zlz4", "-Ededupe"]),
    "dedupe-large": ("repeated", ["-zlz4hc", "-Ededupe"]),
    "dedupe-64k": ("repeated", ["-zzstd", "-C65536", "-Ededupe"]),
    "dedupe-512": ("repeated", ["-zlz4", "-b512", "-C4096",
                                    "-Ededupe,ztailpacking"]),
    "dedupe-fragments": ("repeated", ["-zdeflate", "-C16384",
                                        "-Ededupe,fragments"]),
    "dedupe-lzma": ("repeated", ["-zlzma", "-C65536", "-Ededupe"]),
    "dedupe-records": ("repeated", ["-zlz4", "-C16384", "-Ededupe,48bit"]),
    "48bit": ("everything", ["-E48bit"]),
    "48bit-compact": ("metadata", ["-E48bit,force-inode-compact", "-T1000",
                                   "--force-uid=1000", "--force-gid=100"]),
    "dot-omitted": ("everything", ["-Edot-omitted"]),
    "records": ("everything", ["-zlz4", "-E48bit"]),
    "records-64k": ("large", ["-zzstd", "-C65536", "-E48bit"]),
    "records-grid": ("large", ["-zlz4", "-E48bit",
                               "--max-extent-bytes=4096"]),
    "records-tails": ("compressible", ["-zlz4hc",
                                       "-E48bit,ztailpacking"]),
    "records-fragments": ("everything", ["-zdeflate", "-C16384",
                                         "-E48bit,fragments"]),
    "records-512": ("compressible", ["-zlz4", "-b512", "-C2048",
                                     "-E48bit"]),
    "metabox": ("everything", ["-zlz4", "-m4096"]),
    "metabox-plain": ("everything", ["-m4096"]),
    "metabox-tails": ("everything", ["-zzstd", "-C65536", "-m65536",
                                     "-Eztailpacking,dot-omitted"]),
    "metabox-fragments": ("everything", ["-zlz4hc", "-m8192",
                                         "-Efragments"]),
    "metabox-xattrs": ("metadata", ["-zlz4", "-m4096", "-x0",
                                    "--xattr-prefix=user.nnnnn"]),
    "metabox-chunks": ("content", ["--chunksize=4096", "-m4096"]),
    "directories": ("everything", ["-zlz4", "--zD"]),
    "directories-64k": ("compressible", [
        "-zzstd", "-C65536", "-Efragments,dot-omitted", "--zD=1"]),
    "directories-512": ("metadata", ["-zlz4hc", "-b512", "--zD",
                                     "-Eall-fragments"]),
    "directories-metabox": ("everything", ["-zdeflate", "-C16384",
                                           "-m4096", "--zD"]),
    "labels": ("metadata", ["--file-contexts=LABELS",
                            "--mount-point=/system/"]),
    "labels-root": ("everything", ["-zlz4", "--file-contexts=LABELS"]),
    "digests": ("everything", ["--xattr-inode-digest=trusted.erofs.fp"]),
    "digests-hidden": ("everything", [
        "-zlz4", "--xattr-prefix=user.nnnnn",
        "--xattr-inode-digest=erofs.fingerprint.v1"]),
    "aligned": ("metadata", ["--fsalignblks=100"]),
    "metabox-512": ("everything", ["-zlz4", "-b512", "-m512"]),
}

# Cases whose trees are written from an archive, too: tar knows no sockets.
ARCHIVED = ["chunks-64k", "lz4hc", "zstd-64k"]

# ... from a listing, too.
LISTED = ["plain", "xattrs-shared", "no-xattrs", "lz4"]

KINDS = ["everything", "metadata", "content", "compressible", "repeated",
         "empty"]


def random_case(seed):
    """(tree, options) that a seed makes of all that there is."""
    dice = random.Random(seed)
    options = [f"-b{dice.choice([512, 1024, 2048, 4096, 4096, 4096])}"]
    block = int(options[0][2:])
    options += dice.choice([[], ["-x0"], ["-x1000"], ["-x-1"]])
    options += dice.choice([[], ["-T12345"], ["--all-root"],
                            ["--ignore-mtime"]])
    extended = [each for each in ("noinline_data", "force-inode-extended",
                                  "^xattr-name-filter", "nosbcrc")
                if dice.random() < 0.25]
    if dice.random() < 0.75:
        method = dice.choice(["lz4", "lz4hc", "zstd", "deflate", "lzma"])
        options.append(f"-z{method}")
        options.append(f"-C{block * dice.choice([1, 1, 2, 3, 16, 64])}")
        if dice.random() < 0.2:
            options.append("--zD")
        extended += [each for each in ("ztailpacking", "legacy-compress",
                                       "dedupe")
                     if dice.random() < 0.4]
        extended += dice.choice([[], [], ["fragments"], ["all-fragments"]])
    elif dice.random() < 0.7:
        options.append(f"--chunksize={block << dice.randrange(6)}")
        if dice.random() < 0.5:
            extended.append("force-chunk-indexes")
    if dice.random() < 0.4:
        extended.append(dice.choice(["48bit", "dot-omitted"]))
    if dice.random() < 0.25:
        options.append(f"-m{block * dice.choice([1, 4])}")
    if "-x-1" not in options and dice.random() < 0.15:
        options.append("--xattr-inode-digest="
                       + dice.choice(["user.sum", "sum"]))
    if extended:
        options.append("-E" + ",".join(extended))
    return dice.choice(KINDS), options
