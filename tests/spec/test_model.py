# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The model packs and unpacks; the real specification says what images of
mkfs.erofs hold."""

import unittest

import names
import toy


def spec():
    return toy.model.load(toy.SPEC)


class Model(unittest.TestCase):

    def setUp(self):
        self.toy = toy.model.load(toy.TOY).structs["Toy"]

    def test_pack(self):
        self.assertEqual(self.toy.pack({}), bytes(24))
        packed = self.toy.pack({
            "magic": 0x1234, "flags": {"low": 4, "top": 1}, "stamp": -2,
            "pair": {"right": 0xABCD}, "rest": b"abcd"})
        self.assertEqual(packed.hex(" ", 4), "34128400 0000cdab 00000000"
                         " feffffff ffffffff 61626364")

    def test_unpack(self):
        values = self.toy.unpack(bytes(range(24)))
        self.assertEqual(values["magic"], 0x0100)
        self.assertEqual(values["stamp"], 0x131211100F0E0D0C)
        self.assertEqual(values["rest"], bytes((20, 21, 22, 23)))
        self.assertEqual(self.toy.pack(values), bytes(range(24)))
        with self.assertRaisesRegex(ValueError, "23 bytes, not 24"):
            self.toy.unpack(bytes(23))

    def test_alias(self):
        self.assertEqual(self.toy.field("count"), self.toy.field("value"))
        self.assertEqual(self.toy.pack({"count": 5}),
                         self.toy.pack({"value": 5}))
        self.assertEqual(self.toy.field("value").group("pair.left").mask,
                         0xFFFF)
        self.assertIsNone(self.toy.field("value").group("left"))

    def test_refusals(self):
        for values, message in (
                ({"shade": 256}, "shade: 256 does not fit"),
                ({"shade": -1}, "shade: -1 does not fit"),
                ({"stamp": 1 << 63}, "stamp: 9223372036854775808 does not"),
                ({"flags": {"low": 8}}, r"flags\.low: 8 does not fit"),
                ({"flags": {"lwo": 1}}, "flags: no bits lwo"),
                ({"rest": b"abc"}, "rest: 3 bytes for a field of 4"),
                ({"count": 1, "value": 1}, r"Toy\.value: given twice")):
            with self.subTest(message):
                with self.assertRaisesRegex(ValueError, message):
                    self.toy.pack(values)
        with self.assertRaisesRegex(KeyError, "no field colour"):
            self.toy.pack({"colour": 1})

    def test_digest(self):
        """It follows every file and every name of a file."""
        plain = toy.model.load(toy.TOY).digest
        for edit in ({"file": "text/00-toy.md", "old": "What", "new": "Who"},
                     {"file": "text/20-empty.md", "text": ""},
                     {"file": "features.yaml", "old": '"9.0", says: One',
                      "new": '"9.1", says: One'}):
            with toy.changed([edit]) as directory:
                self.assertNotEqual(toy.model.load(directory).digest, plain)
        with toy.changed([]) as directory:
            self.assertEqual(toy.model.load(directory).digest, plain)

    def test_names(self):
        self.assertEqual(names.constant("LZ4_0PADDING"), "kLz40padding")
        self.assertEqual(names.constant("48BIT"), "k48bit")
        self.assertEqual(names.camel("rootnid_8b"), "Rootnid8b")
        self.assertEqual(names.enumerator("device.high.needs-48bit"),
                         "device_high_needs_48bit")
        self.assertEqual(names.literal(1 << 63), "0x8000000000000000ULL")
        self.assertEqual(names.quoted('a\\"b'), '"a\\\\\\"b"')


# What erofs-utils 1.9.3 wrote, and what its source tree meant by it.
WRITTEN = (
    ("InodeExtended",
     "01000000 a4210000 00000000 00000000 2c051000 21000000 00000000 00000000"
     "e8030000 00000000 00000000 01000000" + " 00000000" * 4,
     {"i_format": 1, "i_mode": 0o20644, "i_u": 0x0010052C, "i_ino": 33,
      "i_mtime": 1000, "i_nlink": 1}),
    ("InodeCompact",
     "08000000 a4810100 00100000 00000000 22000000 0d000000 01000200 00000000",
     {"i_format": 8, "i_mode": 0o100644, "i_nb": 1, "i_size": 4096,
      "i_u": 0x22, "i_ino": 13, "i_uid": 1, "i_gid": 2}),
    ("Dirent", "2a000000 00000000 6f000100",
     {"nid": 0x2A, "nameoff": 0x6F, "file_type": 1}),
    ("XattrHeader", "fbdffeff 01000000 00000000",
     {"h_name_filter": 0xFFFEDFFB, "h_shared_count": 1}),
    ("XattrSharedId", "20010000", {"id": 288}),
    ("XattrEntry", "06800200",
     {"e_name_len": 6, "e_name_index": 0x80, "e_value_size": 2}),
    ("XattrPrefix", "090004", {"size": 9, "base_index": 4}),
    ("AclEntry", "02000700 d2040000", {"tag": 2, "perm": 7, "id": 1234}),
    ("ChunkMapEntry", "7c000000", {"startblk": 0x7C}),
    ("ChunkIndex", "00000100 36020000",
     {"device_id": 1, "startblk_lo": 0x236}),
    ("DeviceSlot", "00000000" * 16 + "ef030000 0d000000" + "00000000" * 14,
     {"tag": bytes(64), "blocks_lo": 0x3EF, "uniaddr_lo": 13}),
    ("SuperblockExtension", "25000000" + "00000000" * 3,
     {"metabox_nid": 0x25}),
)


class Real(unittest.TestCase):

    def test_written(self):
        structs = spec().structs
        for name, data, wanted in WRITTEN:
            with self.subTest(name):
                values = structs[name].unpack(bytes.fromhex(data))
                for field in structs[name].fields:
                    zero = bytes(field.size) if field.kind == "b" else 0
                    self.assertEqual(values[field.name],
                                     wanted.get(field.name, zero), field.name)

    def test_superblock(self):
        """Each field at its place: bytes that count from 0."""
        values = spec().structs["Superblock"].unpack(bytes(range(128)))
        starts = {name: value[0] if isinstance(value, bytes) else value & 0xFF
                  for name, value in values.items()}
        self.assertEqual(starts, {
            "magic": 0x00, "checksum": 0x04, "feature_compat": 0x08,
            "blkszbits": 0x0C, "sb_extslots": 0x0D, "rootnid_2b": 0x0E,
            "inos": 0x10, "epoch": 0x18, "fixed_nsec": 0x20,
            "blocks_lo": 0x24, "meta_blkaddr": 0x28, "xattr_blkaddr": 0x2C,
            "uuid": 0x30, "volume_name": 0x40, "feature_incompat": 0x50,
            "u1": 0x54, "extra_devices": 0x56, "devt_slotoff": 0x58,
            "dirblkbits": 0x5A, "xattr_prefix_count": 0x5B,
            "xattr_prefix_start": 0x5C, "packed_nid": 0x60,
            "xattr_filter_reserved": 0x68, "ishare_xattr_prefix_id": 0x69,
            "reserved1": 0x6A, "build_time": 0x6C, "rootnid_8b": 0x70,
            "reserved2": 0x78})

    def test_groups(self):
        structs = spec().structs
        for name in ("InodeCompact", "InodeExtended"):
            groups = {}
            for field in structs[name].fields:
                groups.update({f"{field.name}.{b.name}": (b.shift, b.width)
                               for b in field.bits})
                for alias in field.aliases:
                    groups.update({f"{alias.name}.{b.name}": (b.shift, b.width)
                                   for b in alias.bits})
            self.assertEqual(groups, {
                "i_format.version": (0, 1), "i_format.layout": (1, 3),
                "i_format.bit4": (4, 1), "i_format.unknown": (5, 11),
                "i_mode.permissions": (0, 12), "i_mode.type": (12, 4),
                "rdev.minor_lo": (0, 8), "rdev.major": (8, 12),
                "rdev.minor_hi": (20, 12), "chunk_info.format": (0, 16),
                "chunk_info.blkbits": (0, 5), "chunk_info.indexes": (5, 1),
                "chunk_info.wide": (6, 1), "chunk_info.unknown": (7, 9),
                "chunk_info.reserved": (16, 16)})

    def test_rules(self):
        """Each says all that `erofs-ref rules` shows of it."""
        rules = spec().rules
        self.assertGreater(len(rules), 200)
        for rule in rules.values():
            with self.subTest(rule.id):
                self.assertNotIn("", (rule.why, rule.linux, rule.fsck,
                                      rule.since, *rule.source))
                self.assertTrue(rule.source)
        self.assertEqual(rules["inode.nid.metabox"].since, "6.17")
        self.assertEqual(rules["inode.mode.type"].since, "5.4")
        self.assertEqual(rules["chunk.table.within-image"].since, "5.15")
        self.assertEqual(rules["cluster.index.hole"].since, "7.2")

    def test_bugs(self):
        bugs = spec().bugs
        self.assertGreater(len(bugs), 40)
        for bug in bugs.values():
            self.assertTrue(bug.lost.endswith("."), bug.id)
            self.assertTrue(bug.says.endswith("."), bug.id)

    def test_features(self):
        bits = {(f.family, f.name): f.mask for f in spec().features}
        self.assertEqual(spec().known("compat"), 0x3F)
        self.assertEqual(spec().known("incompat"), 0x1FF)
        self.assertEqual(bits["incompat", "CHUNKED_FILE"], 0x4)
        self.assertEqual(bits["incompat", "DEVICE_TABLE"], 0x8)
        self.assertEqual(bits["incompat", "FRAGMENTS"], 0x20)
        self.assertEqual(bits["incompat", "48BIT"], 0x80)
        self.assertEqual(bits["incompat", "METABOX"], 0x100)
        self.assertEqual(bits["compat", "PLAIN_XATTR_PFX"], 0x10)


if __name__ == "__main__":
    unittest.main()
