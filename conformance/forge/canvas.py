# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Bytes of one address space, and the names of the structures in them."""

from values import RecipeError


class Canvas:
    """Grows as it is written; every byte is written once."""

    def __init__(self):
        self.bytes = bytearray()
        self.claims = []  # (start, end, what)
        self.symbols = {}  # path -> (Struct, offset)

    def put(self, at, blob, what):
        """Writes bytes that nothing else has written."""
        if not blob:
            return
        end = at + len(blob)
        for start, stop, other in self.claims:
            if at < stop and start < end:
                raise RecipeError(f"{what} at {at:#x} lies on {other}")
        self.claims.append((at, end, what))
        self.reserve(end)
        self.bytes[at:end] = blob

    def put_struct(self, at, struct, fields, path):
        """Writes a structure and remembers it under a path."""
        try:
            packed = struct.pack(fields)
        except (KeyError, ValueError) as error:
            raise RecipeError(f"{path}: {error}") from None
        self.put(at, packed, path)
        self.symbols[path] = (struct, at)

    def reserve(self, end):
        """Makes the space at least `end` bytes long."""
        if end > len(self.bytes):
            self.bytes.extend(bytes(end - len(self.bytes)))

    def find(self, path):
        """(struct, offset, rest) of the longest known prefix of a path."""
        parts = path.split(".")
        for count in range(len(parts), 0, -1):
            head = ".".join(parts[:count])
            if head in self.symbols:
                return (*self.symbols[head], ".".join(parts[count:]))
        raise RecipeError(f"nothing is called {path}; there are "
                          + ", ".join(sorted(self.symbols)))

    def set(self, path, value):
        """Overwrites a field, or one bit group of it."""
        struct, at, rest = self.find(path)
        name, _, group = rest.partition(".")
        try:
            field = struct.field(name)
        except KeyError as error:
            raise RecipeError(str(error)) from None
        at += field.at
        place = slice(at, at + field.size)
        if group:
            owner = name if name != field.name else ""
            bits = field.group(f"{owner}.{group}" if owner else group)
            if bits is None:
                raise RecipeError(f"{path}: no such bits")
            old = field.decode(bytes(self.bytes[place]))
            value = (old & ~(bits.mask << bits.shift)
                     | (value & bits.mask) << bits.shift)
        try:
            self.bytes[place] = field.encode(value)
        except ValueError as error:
            raise RecipeError(f"{path}: {error}") from None
