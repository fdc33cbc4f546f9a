# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The examples of compressed content in the text mean what is said of them.

Each listing of bytes is found by the position of its first line and decoded
by what the chapters say, with the structures of the specification.
"""

import lzma
import re
import unittest
import zlib

import toy

SPEC = toy.model.load(toy.SPEC)
MAP = (toy.SPEC / "text" / "54-cluster-map.md").read_text()
DATA = (toy.SPEC / "text" / "56-cluster-data.md").read_text()
LINE = re.compile(r"([0-9a-f]{4,5})  ((?:[0-9a-f]{2} ?)+)")
BS = 4096
PLAIN, HEAD1, NONHEAD = 0, 1, 2


def listing(first, which=0):
    """{position: bytes} of the lines of the which-th listing that begins
    with the line at that position."""
    blocks = [block for block in re.findall(r"```\n(.*?)```", MAP, re.S)
              if block.startswith(first)]
    return {int(found.group(1), 16): bytes.fromhex(found.group(2))
            for found in map(LINE.match, blocks[which].splitlines()) if found}


def joined(first, which=0):
    lines = listing(first, which)
    data = b"".join(lines[at] for at in sorted(lines))
    return min(lines), data


def group(struct, field, name, value):
    bits = SPEC.structs[struct].field(field).group(name)
    return value >> bits.shift & bits.mask


def header(data):
    fields = SPEC.structs["ClusterHeader"].unpack(data[:8])
    return {name: group("ClusterHeader", "h_advise", name, fields["h_advise"])
            for name in ("form", "big_1", "interlaced", "fragment")}, fields


def full(data):
    """(type, offset, block or count) for each 8 bytes."""
    for at in range(0, len(data) - 7, 8):
        entry = SPEC.structs["FullIndex"].unpack(data[at:at + 8])
        kind = group("FullIndex", "di_advise", "type", entry["di_advise"])
        delta0 = group("FullIndex", "di_u", "delta0", entry["di_u"])
        count = delta0 & 0x7FF if delta0 & 0x800 else 0
        yield ((kind, count, 0) if kind == NONHEAD else
               (kind, entry["di_clusterofs"], entry["di_u"]))


def pack(data, big):
    """The entries of one pack of the compact index, as of the full one."""
    slots = 2 if len(data) == 8 else 16
    width = 16 if slots == 2 else 14
    bits = int.from_bytes(data[:-4], "little")
    raw = [(bits >> slot * width + 12 & 3, bits >> slot * width & 0xFFF)
           for slot in range(slots)]
    base, out = int.from_bytes(data[-4:], "little"), []
    for slot, (kind, low) in enumerate(raw):
        before = raw[:slot]
        if kind == NONHEAD:
            out.append((kind, low & 0x7FF if low & 0x800 else 0, 0))
        elif big:
            behind = raw[1:slot + 1]
            out.append((kind, low, base + sum(
                (value & 0x7FF) * bool(value & 0x800) if each == NONHEAD
                else int(following[0] != NONHEAD)
                for (each, value), following in zip(before, behind))))
        else:
            out.append((kind, low, base + 1 + sum(
                each != NONHEAD for each, _ in before)))
    return out


def compact(start, data, size, big):
    total = -(-size // BS)
    first = (32 - start % 32) // 4 % 8
    wide = (total - first) // 16 * 16 if first < total else 0
    out, at = [], 0
    while len(out) < total:
        step = 32 if first <= len(out) < first + wide else 8
        out += pack(data[at:at + step], big)
        at += step
    return out[:total]


def extents(entries, size):
    """(begin, end, type, block) as the chapter makes them of the entries."""
    heads = [(k * BS + low, kind, block)
             for k, (kind, low, block) in enumerate(entries)
             if kind != NONHEAD and k * BS + low < size]
    ends = [begin for begin, _, _ in heads[1:]] + [size]
    return [(begin, end, kind, block)
            for (begin, kind, block), end in zip(heads, ends)]


class Index(unittest.TestCase):

    def test_full(self):
        _, data = joined("0520  00 00 00 00 00 00 00 00")
        self.assertEqual(extents(list(full(data[16:])), 19700), [
            (0, 8149, HEAD1, 1), (8149, 14456, HEAD1, 2),
            (14456, 16384, HEAD1, 3), (16384, 19700, PLAIN, 4)])

    def test_full_with_counts(self):
        _, data = joined("05a0  00 00 00 00 02")
        entries = list(full(data[16:]))
        self.assertEqual([e[1] for e in entries if e[0] == NONHEAD],
                         [2, 0, 0, 1])
        self.assertEqual(extents(entries, 25000),
                         [(0, 18455, HEAD1, 4), (18455, 25000, HEAD1, 6)])

    def test_compact(self):
        start, data = joined("6ec0  00 00 00 00 01")
        self.assertEqual(header(data)[0]["form"], 1)
        found = extents(compact(start + 8, data[8:], 90000, big=False), 90000)
        self.assertEqual(len(found), 19)
        self.assertIn((24257, 29143, HEAD1, 12), found)
        self.assertEqual(found[-1], (87753, 90000, PLAIN, 25))

    def test_compact_with_counts(self):
        start, data = joined("6ec0  00 00 00 00 07")
        self.assertEqual(header(data)[0]["big_1"], 1)
        self.assertEqual(
            extents(compact(start + 8, data[8:], 90000, big=True), 90000),
            [(0, 28247, HEAD1, 7), (28247, 56555, HEAD1, 11),
             (56555, 84786, HEAD1, 15), (84786, 88882, PLAIN, 19),
             (88882, 90000, PLAIN, 20)])

    def test_inline_tail(self):
        start, data = joined("0520  00 00 15 01")
        found = extents(compact(start + 8, data[8:], 10000, big=False), 10000)
        self.assertEqual(found[-1][:2], (9721, 10000))
        fields = header(data)[1]
        self.assertEqual(group("ClusterHeader", "h_fragmentoff", "idata_size",
                               fields["h_fragmentoff"]), 277)
        self.assertLessEqual(0x538 % BS + 277, BS)

    def test_fragment(self):
        start, data = joined("1f100")
        flags, fields = header(data)
        self.assertTrue(flags["fragment"] and flags["interlaced"])
        self.assertEqual(fields["h_fragmentoff"], 28322)
        found = extents(compact(start + 8, data[8:], 12602, big=False), 12602)
        self.assertEqual([each[:2] for each in found],
                         [(0, 7421), (7421, 12602)])


class Records(unittest.TestCase):

    def test_sizes(self):
        for first, size in (("2b20", 4), ("33fc0", 8), ("05a0  03", 16),
                            ("f440", 32)):
            with self.subTest(size=size):
                advise = header(joined(first)[1])[1]["h_advise"]
                self.assertEqual(advise & 1, 1)
                self.assertEqual(4 << (advise >> 1 & 3), size)

    def test_sixteen_bytes(self):
        lines = listing("05a0  03")
        records = [SPEC.structs["ExtentRecord16"].unpack(lines[at])
                   for at in (0x5B0, 0x5C0, 0x5D0)]
        self.assertEqual([r["lstart_lo"] for r in records], [0, 65536, 100000])
        self.assertEqual([r["pstart_lo"] for r in records],
                         [0x800, 0x800, 0xC600])
        parts = [[group("ExtentRecord16", "plen", name, r["plen"])
                  for name in ("length", "partial_ref", "format")]
                 for r in records]
        self.assertEqual(parts, [[18443, 1, 4], [18443, 1, 4], [3190, 0, 4]])


def lz4(data):
    out, at = bytearray(), 0

    def run(nibble):
        nonlocal at
        total = nibble
        while nibble == 15:
            total, at = total + data[at], at + 1
            if data[at - 1] != 255:
                break
        return total

    while True:
        token, at = data[at], at + 1
        count = run(token >> 4)
        out, at = out + data[at:at + count], at + count
        if at == len(data):
            return bytes(out)
        back, at = int.from_bytes(data[at:at + 2], "little"), at + 2
        for _ in range(run(token & 15) + 4):
            out.append(out[-back])


def microlzma(data, size):
    properties = data[0] ^ 0xFF
    own = {"id": lzma.FILTER_LZMA1, "dict_size": 4096,
           "lc": properties % 9, "lp": properties // 9 % 5,
           "pb": properties // 45}
    decoder = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[own])
    return decoder.decompress(b"\0" + data[1:], size)


class Streams(unittest.TestCase):

    def test_all_encode_the_same(self):
        text = b"read-only " * 9 + b"read-o"
        streams = [bytes.fromhex(each) for each in re.findall(
            r"```\n((?:[0-9a-f]{2} ?)+)\n```", DATA)]
        self.assertEqual([len(each) for each in streams], [20, 18, 15, 26])
        self.assertEqual(lz4(streams[0]), text)
        self.assertEqual(microlzma(streams[1], len(text)), text)
        self.assertEqual(zlib.decompress(streams[2], -15), text)
        # One block that holds all, with its size and that of the content.
        self.assertEqual(streams[3][:6], b"\x28\xb5\x2f\xfd\x20\x60")
        self.assertEqual(int.from_bytes(streams[3][6:9], "little") >> 3,
                         len(streams[3]) - 9)


if __name__ == "__main__":
    unittest.main()
