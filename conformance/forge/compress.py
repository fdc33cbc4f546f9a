# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Streams of the algorithms by name."""

import compress_deflate
import compress_lz4
import compress_lzma
import compress_zstd

ALGORITHMS = {"lz4": 0, "lzma": 1, "deflate": 2, "zstd": 3}
ENCODERS = {"lz4": compress_lz4.encode, "lzma": compress_lzma.encode,
            "deflate": compress_deflate.encode,
            "zstd": compress_zstd.encode}


def encode(name, raw, options):
    """A stream that decodes to `raw`; options are those of the encoder."""
    return ENCODERS[name](raw, **options)
