# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Faults of kernels that a mutant can meet; see divergences.md."""

BLOCK_BITS_AT = 1024 + 12
FIXED = (7, 0)


def next_block_of_another(mutant):
    """Whether some chunk has the next address, but on another device.

    Looks at the chunk indexes of the image that the mutant was made from, and
    so finds too few where a mutant moved them.
    """
    image = mutant.image
    places = {at: what for what, at in mutant.base.symbols
              if what.name == "ChunkIndex"}
    bits = image[mutant.base.offset + BLOCK_BITS_AT]
    for at, what in places.items():
        if at + 8 not in places or at + 16 > len(image):
            continue
        one, two = (what.unpack(image[start:start + 8])
                    for start in (at, at + 8))
        step = two["startblk_lo"] - one["startblk_lo"]
        if (one["device_id"] != two["device_id"] and bits <= 12
                and step > 0 and step & step - 1 == 0):
            return True
    return False


def excuse(kernel, mutant, words, detail):
    """Why what a kernel says is known to be wrong, or nothing."""
    wrong = {word for word in words if word not in ("ok", "-")}
    if (wrong == {"differs"} and kernel.version < FIXED
            and next_block_of_another(mutant)):
        return "next-block-of-another"
    if (wrong == {"mount EINVAL"} and kernel.series in ("6.1", "6.18")
            and "too large lz4 pclusterblks" in detail
            and mutant.image[mutant.base.offset + BLOCK_BITS_AT] < 12):
        return "lz4-blocks-2048"
    return ""
