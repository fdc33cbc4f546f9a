# SPDX-License-Identifier: Apache-2.0 OR MIT
"""One change of an image: of a field, of bytes, of a compressed stream.

Each takes dice, changes the image in place and says in a few words what it
did.
"""

# What counts, sizes and addresses of the format like to be compared with.
LANDMARKS = (1, 2, 3, 7, 8, 11, 12, 13, 15, 16, 31, 32, 127, 128, 254, 255,
             511, 512, 513, 1023, 1024, 4095, 4096, 4097, 65535, 65536,
             0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 1 << 32, (1 << 48) - 1)


def of_field(dice, key, field, at, image):
    """A field at a place; its name is key."""
    place = slice(at, at + field.size)
    if at + field.size > len(image):
        return "nothing"
    old = int.from_bytes(image[place], "little")
    value = another(dice, field, old)
    image[place] = value.to_bytes(field.size, "little")
    return f"{key[0]}.{key[1]} at {at:#x}: {old:#x} -> {value:#x}"


def another(dice, field, old):
    """A value of a field that is not the one it has."""
    bits = 8 * field.size
    full = (1 << bits) - 1
    for _ in range(20):
        value = candidate(dice, field, old, bits) & full
        if value != old:
            return value
    return old ^ 1


def candidate(dice, field, old, bits):
    """A value that may lie on a boundary, near the old one, or anywhere."""
    way = dice.randrange(8)
    if way == 0:
        return dice.choice((0, 1, -1, -2, 1 << bits - 1,
                            (1 << bits - 1) - 1))
    if way == 1:
        return old + dice.choice((-16, -8, -4, -2, -1, 1, 2, 4, 8, 16))
    if way == 2:
        return old ^ 1 << dice.randrange(bits)
    if way == 3 and (field.must or field.bits):
        return bounded(dice, field, old)
    if way in (3, 4):
        return dice.choice(LANDMARKS)
    if way == 5:
        return dice.choice((old << 1, old >> 1, ~old, old + 512, old + 4096))
    if way == 6 and bits > 8:
        return dice.randrange(1 << dice.randrange(1, bits))
    return dice.randrange(1 << bits)


def bounded(dice, field, old):
    """What the specification says of a field: its groups, its bounds."""
    ends = [end for each in field.must if each.predicate == "range"
            for end in each.value]
    if ends and dice.random() < 0.5:
        return dice.choice(ends) + dice.choice((-1, 0, 1))
    if not field.bits:
        return old ^ dice.choice((1, 2, 3))
    group = dice.choice(field.bits)
    value = dice.choice((0, 1, group.mask, dice.randrange(group.mask + 1)))
    return old & ~(group.mask << group.shift) | value << group.shift


def used(dice, image, start):
    """A place behind `start` that is not in the middle of zeros, mostly."""
    at = start
    for _ in range(8):
        at = dice.randrange(start, len(image))
        if any(image[at:at + 4]):
            break
    return at


def of_bytes(dice, seed, image):
    """Bytes anywhere behind the boot area."""
    start = seed.offset + 1024
    if len(image) <= start + 1:
        return "nothing"
    way = dice.randrange(7)
    at = used(dice, image, start)
    if way == 0:
        bit = dice.randrange(8)
        image[at] ^= 1 << bit
        return f"bit {bit} at {at:#x} flipped"
    if way == 1:
        image[at] = dice.randrange(256)
        return f"byte at {at:#x}: {image[at]:#x}"
    length = min(1 << dice.randrange(1, 10), len(image) - at)
    if way == 2:
        image[at:at + length] = bytes(length)
        return f"{length} bytes at {at:#x} zeroed"
    other = used(dice, image, start)
    length = min(length, len(image) - other)
    if way == 3:
        image[at:at + length] = image[other:other + length]
        return f"{length} bytes from {other:#x} copied to {at:#x}"
    if way == 4:
        one, two = bytes(image[at:at + length]), image[other:other + length]
        image[at:at + length] = two
        image[other:other + length] = one
        return f"{length} bytes at {at:#x} and {other:#x} swapped"
    if way == 5:
        for each in range(at, at + min(length, 8)):
            image[each] = dice.randrange(256)
        return f"{min(length, 8)} random bytes at {at:#x}"
    return cut(dice, image)


def cut(dice, image):
    """The end of the image: less of it, or more."""
    if dice.random() < 0.3:
        more = dice.choice((1, 511, 512, 4096))
        image += bytes([dice.choice((0, 0xA5))]) * more
        return f"{more} bytes more"
    less = dice.choice((1, 2, 16, 511, 512, 513, 1024, 4096))
    less = min(less, max(len(image) - 1200, 1))
    del image[len(image) - less:]
    return f"{less} bytes less"


def in_stream(dice, seed, image):
    """Bytes of one physical cluster."""
    start, end = dice.choice(seed.streams)
    end = min(end, len(image))
    if start >= end:
        return "nothing"
    near = min(end - start, 1 << dice.randrange(2, 13))
    at = start + dice.randrange(near)
    if dice.random() < 0.3:
        at = end - 1 - dice.randrange(near)
    way = dice.randrange(4)
    if way == 0:
        bit = dice.randrange(8)
        image[at] ^= 1 << bit
        return f"bit {bit} of a stream at {at:#x} flipped"
    if way == 1:
        image[at] = dice.choice((0, 1, 0x0F, 0x7F, 0x80, 0xF0, 0xFF,
                                 dice.randrange(256)))
        return f"byte of a stream at {at:#x}: {image[at]:#x}"
    if way == 2:
        length = min(dice.randrange(1, 16), end - at)
        del image[at:at + length]
        image[end - length:end - length] = bytes(length)
        return f"{length} bytes of a stream at {at:#x} left out"
    length = min(dice.randrange(1, 9), end - at)
    for each in range(at, at + length):
        image[each] = dice.randrange(256)
    return f"{length} random bytes of a stream at {at:#x}"
