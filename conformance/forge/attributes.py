# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Extended attributes: areas behind inodes, shared entries, prefixes."""

import digests
from nodes import up
from values import data

SEED = 0x25BBE08F
NAMESPACES = {1: "user.", 2: "system.posix_acl_access",
              3: "system.posix_acl_default", 4: "trusted.", 6: "security."}


def expand(entries):
    """A part with `times: N` stands for N parts, numbered in its name."""
    out = []
    for entry in entries:
        times = entry.get("times")
        if times is None:
            out.append(entry)
            continue
        for number in range(times):
            one = {key: value for key, value in entry.items()
                   if key != "times"}
            for key in ("name", "infix"):
                if key in one:
                    one[key] = f"{one[key]}{number:03d}"
            out.append(one)
    return out


def entry_parts(entry):
    """(fields of XattrEntry, bytes behind it) of an entry of a recipe."""
    name, value = data(entry.get("name")), data(entry.get("value"))
    fields = {"e_name_len": len(name), "e_name_index": entry.get("index", 1),
              "e_value_size": len(value)}
    body = name + value
    return fields, body + bytes(up(4 + len(body), 4) - 4 - len(body))


def entry_size(entry):
    """Bytes of an entry with its padding."""
    return 4 + len(entry_parts(entry)[1])


def area_size(doc):
    """Bytes of the attribute area that `xattrs` of a node describes."""
    if doc is None:
        return 0
    return (12 + 4 * len(doc.get("shared", []))
            + sum(map(entry_size, expand(doc.get("entries", [])))))


def icount(doc):
    """i_xattr_icount for that area."""
    size = area_size(doc)
    return 0 if not size else (size - 12) // 4 + 1


class Attributes:
    """The attributes of an image: what names mean and where entries are."""

    def __init__(self, doc):
        self.prefixes = expand(doc.get("prefixes", {}).get("records", []))
        self.shared = doc.get("shared", [])
        self.ids = []  # of each shared entry

    def resolve(self, entry):
        """(base index, name behind the short prefix) of an entry."""
        index, name = entry.get("index", 1), data(entry.get("name"))
        if index & 0x80 and (index & 0x7F) < len(self.prefixes):
            record = self.prefixes[index & 0x7F]
            return record.get("base", 1), data(record.get("infix")) + name
        return index, name

    def of(self, xattrs):
        """Entries of a node, inline ones first, shared ones resolved."""
        shared = [self.shared[i] for i in xattrs.get("shared", [])
                  if isinstance(i, int)]
        return expand(xattrs.get("entries", [])) + shared

    def filter(self, xattrs):
        """The name filter: a clear bit for each attribute."""
        word = 0xFFFFFFFF
        for entry in self.of(xattrs):
            if not any(entry_parts(entry)[0].values()):
                continue  # a filler
            index, name = self.resolve(entry)
            word &= ~(1 << (digests.xxh32(name, SEED + index) & 31))
        return word

    def visible(self, node):
        """{name: value} that Linux shows to root, as raw bytes."""
        out = {}
        for entry in self.of(node.doc.get("xattrs", {})):
            index, name = self.resolve(entry)
            if index not in NAMESPACES:
                continue
            if index == 1 and node.type not in ("reg", "dir"):
                continue
            full = NAMESPACES[index].encode() + name
            out.setdefault(full, data(entry.get("value")))
        return out

    def write_area(self, canvas, spec, node, at, use_filter):
        """The area of a node; `at` is where it starts."""
        doc = node.doc.get("xattrs")
        if doc is None:
            return
        path = f"xattr[{node.name}]"
        word = self.filter(doc) if use_filter else 0
        head = {"h_name_filter": doc.get("filter", word),
                "h_shared_count": len(doc.get("shared", []))}
        canvas.put_struct(at, spec.structs["XattrHeader"], head, path)
        at += 12
        for number, index in enumerate(doc.get("shared", [])):
            value = self.ids[index] if isinstance(index, int) else index["id"]
            canvas.put_struct(at, spec.structs["XattrSharedId"],
                              {"id": value}, f"{path}.shared[{number}]")
            at += 4
        for number, entry in enumerate(expand(doc.get("entries", []))):
            at = self.write_entry(canvas, spec, entry, at,
                                  f"{path}[{number}]")

    def write_entry(self, canvas, spec, entry, at, path):
        """One entry; returns where the next one starts."""
        fields, body = entry_parts(entry)
        canvas.put_struct(at, spec.structs["XattrEntry"], fields, path)
        canvas.put(at + 4, body, path + " name and value")
        return at + 4 + len(body)

    def write_shared(self, canvas, spec, at, base):
        """The shared entries from `at` on; `base` is where ids count from."""
        for number, entry in enumerate(self.shared):
            at = entry.get("at", at)
            self.ids.append((at - base) // 4)
            at = self.write_entry(canvas, spec, entry, at,
                                  f"shared[{number}]")
        return at

    def write_prefixes(self, canvas, spec, at):
        """The table of long prefixes from `at` on."""
        for number, record in enumerate(self.prefixes):
            at = up(at, 4)
            infix = data(record.get("infix"))
            path = f"prefix[{number}]"
            canvas.put_struct(at, spec.structs["XattrPrefix"],
                              {"size": 1 + len(infix),
                               "base_index": record.get("base", 1)}, path)
            canvas.put(at + 3, infix, path + " infix")
            at += 3 + len(infix)
        return at
