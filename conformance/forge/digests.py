# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The two digests that an image carries."""

WORD = 0xFFFFFFFF
PRIMES = (2654435761, 2246822519, 3266489917, 668265263, 374761393)


def crc32c(blob):
    """CRC-32C that starts from all ones and is not inverted at the end."""
    value = WORD
    for byte in blob:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    return value


def xxh32(blob, seed):
    """XXH32, as its specification has it."""
    one, two, three, four, five = PRIMES
    at = 0
    if len(blob) >= 16:
        lanes = [seed + one + two, seed + two, seed, seed - one]
        while at + 16 <= len(blob):
            for lane in range(4):
                lanes[lane] += _word(blob, at) * two
                lanes[lane] = _rotate(lanes[lane], 13) * one & WORD
                at += 4
        value = sum(_rotate(lane, turn)
                    for lane, turn in zip(lanes, (1, 7, 12, 18)))
    else:
        value = seed + five
    value = value + len(blob) & WORD
    while at + 4 <= len(blob):
        value = _rotate(value + _word(blob, at) * three, 17) * four & WORD
        at += 4
    while at < len(blob):
        value = _rotate(value + blob[at] * five, 11) * one & WORD
        at += 1
    value = (value ^ value >> 15) * two & WORD
    value = (value ^ value >> 13) * three & WORD
    return value ^ value >> 16


def _word(blob, at):
    return int.from_bytes(blob[at:at + 4], "little")


def _rotate(value, turn):
    value &= WORD
    return (value << turn | value >> 32 - turn) & WORD


LONG = 0xFFFFFFFFFFFFFFFF
LONG_PRIMES = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9,
               0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)


def xxh64(blob):
    """XXH64 with seed 0, as its specification has it."""
    one, two, three, four, five = LONG_PRIMES
    at, value = 0, five
    if len(blob) >= 32:
        lanes = [one + two, two, 0, -one]
        while at + 32 <= len(blob):
            for lane in range(4):
                word = int.from_bytes(blob[at:at + 8], "little")
                lanes[lane] = _round(lanes[lane], word)
                at += 8
        value = sum(_turn(lane, turn)
                    for lane, turn in zip(lanes, (1, 7, 12, 18)))
        for lane in lanes:
            value = ((value ^ _round(0, lane)) * one + four) & LONG
    value = value + len(blob) & LONG
    while at + 8 <= len(blob):
        word = int.from_bytes(blob[at:at + 8], "little")
        value = (_turn(value ^ _round(0, word), 27) * one + four) & LONG
        at += 8
    if at + 4 <= len(blob):
        value = _turn(value ^ _word(blob, at) * one, 23) * two + three & LONG
        at += 4
    while at < len(blob):
        value = _turn(value ^ blob[at] * five, 11) * one & LONG
        at += 1
    value = (value ^ value >> 33) * two & LONG
    value = (value ^ value >> 29) * three & LONG
    return value ^ value >> 32


def _round(lane, word):
    return _turn(lane + word * LONG_PRIMES[1], 31) * LONG_PRIMES[0] & LONG


def _turn(value, turn):
    value &= LONG
    return (value << turn | value >> 64 - turn) & LONG
