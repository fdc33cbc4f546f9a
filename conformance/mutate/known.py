# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Faults of kernels that a mutant can meet; see divergences.md."""

BLOCK_BITS_AT = 1024 + 12


def excuse(kernel, mutant, words, detail):
    """Why what a kernel says is known to be wrong, or nothing."""
    wrong = {word for word in words if word not in ("ok", "-")}
    if (wrong == {"mount EINVAL"} and kernel.series in ("6.1", "6.18")
            and "too large lz4 pclusterblks" in detail
            and mutant.image[mutant.base.offset + BLOCK_BITS_AT] < 12):
        return "lz4-blocks-2048"
    return ""
