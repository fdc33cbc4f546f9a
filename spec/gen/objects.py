# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The typed objects a specification consists of."""

from dataclasses import dataclass, field as member

INTEGERS = {"u8": (1, "u"), "u16": (2, "u"), "u32": (4, "u"), "u64": (8, "u"),
            "s64": (8, "s")}
PREDICATES = ("equals", "range", "one_of", "not_one_of", "mask", "zero")


class SpecError(Exception):
    """The specification contradicts itself; .problems lists every way."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Bits:
    name: str
    shift: int
    width: int
    says: str
    within: str | None = None

    @property
    def mask(self):
        return (1 << self.width) - 1


@dataclass(frozen=True)
class Alias:
    name: str
    says: str
    bits: tuple = ()


@dataclass(frozen=True)
class Condition:
    """Holds if a feature is set (family, name) or a bit group has a value."""
    family: str
    name: str
    equals: int | None = None


@dataclass(frozen=True)
class Constraint:
    """predicate(value) of a field, or of its bit group, as one rule says."""
    predicate: str
    value: object
    rule: str
    bits: str | None = None
    when: Condition | None = None
    unless: Condition | None = None


@dataclass(frozen=True)
class Field:
    name: str
    at: int
    size: int
    kind: str  # "u" unsigned, "s" signed, "b" bytes
    says: str = ""
    reserved: bool = False
    bits: tuple = ()
    aliases: tuple = ()
    must: tuple = ()

    def group(self, name):
        """The bit group NAME, or ALIAS.NAME for one of an alias."""
        owner, _, last = name.rpartition(".")
        groups = self.bits if not owner else next(
            (a.bits for a in self.aliases if a.name == owner), ())
        return next((b for b in groups if b.name == last), None)

    def encode(self, value, alias=None):
        """Bytes of a value: an integer, {bit group: integer}, or bytes; in
        the terms of an alias if one is named."""
        if self.kind == "b":
            data = bytes(value)
            if len(data) != self.size:
                raise ValueError(f"{self.name}: {len(data)} bytes for a field"
                                 f" of {self.size}")
            return data
        if isinstance(value, dict):
            value = self.combine(value, alias)
        try:
            return int(value).to_bytes(self.size, "little",
                                       signed=self.kind == "s")
        except OverflowError:
            raise ValueError(f"{self.name}: {value} does not fit") from None

    def combine(self, groups, alias):
        """The integer whose bit groups have the given values, others 0."""
        total = 0
        for name, value in groups.items():
            bits = self.group(f"{alias}.{name}" if alias else name)
            if bits is None:
                raise ValueError(f"{self.name}: no bits {name}")
            if not 0 <= value <= bits.mask:
                raise ValueError(f"{self.name}.{name}: {value} does not fit")
            total |= value << bits.shift
        return total

    def decode(self, data):
        if self.kind == "b":
            return bytes(data)
        return int.from_bytes(data, "little", signed=self.kind == "s")


@dataclass(frozen=True)
class Struct:
    name: str
    area: str
    size: int
    says: str
    fields: tuple
    source: tuple = ()

    def field(self, name):
        """The field NAME, or the one that NAME is an alias of."""
        for each in self.fields:
            if name == each.name or any(a.name == name for a in each.aliases):
                return each
        raise KeyError(f"{self.name} has no field {name}")

    def pack(self, values):
        """Bytes of the structure; fields without a value are zero."""
        image, seen = bytearray(self.size), set()
        for name, value in values.items():
            each = self.field(name)
            if each.name in seen:
                raise ValueError(f"{self.name}.{each.name}: given twice")
            seen.add(each.name)
            image[each.at:each.at + each.size] = each.encode(
                value, name if name != each.name else None)
        return bytes(image)

    def unpack(self, data):
        """Values by field name; data must have the size of the structure."""
        if len(data) != self.size:
            raise ValueError(f"{self.name}: {len(data)} bytes, not {self.size}")
        return {f.name: f.decode(data[f.at:f.at + f.size])
                for f in self.fields}


@dataclass(frozen=True)
class Feature:
    family: str
    name: str
    mask: int
    since: str
    says: str
    fields: tuple = ()


@dataclass(frozen=True)
class Limit:
    name: str
    value: int
    says: str
    unit: str = ""
    type: str = "u32"


@dataclass(frozen=True)
class EnumValue:
    name: str
    value: int
    says: str
    prefix: str | None = None
    since: str | None = None


@dataclass(frozen=True)
class Enum:
    name: str
    says: str
    values: tuple
    prefixes: str | None = None


@dataclass(frozen=True)
class Rule:
    id: str
    cls: str
    kind: str
    says: str
    why: str = ""
    linux: str = ""
    fsck: str = ""
    source: tuple = ()
    since: str = ""  # first Linux version that knows what it is about

    @property
    def area(self):
        return self.id.split(".")[0]


@dataclass(frozen=True)
class WriterBug:
    """What a released writer got wrong, and which rules its trace breaks."""
    id: str
    writer: str
    affected: str
    says: str
    lost: str
    fixed: str = ""
    rules: tuple = ()
    when: str = ""
    unseen: str = ""
    telling: bool = False


@dataclass
class Spec:
    structs: dict = member(default_factory=dict)
    features: list = member(default_factory=list)
    limits: dict = member(default_factory=dict)
    enums: dict = member(default_factory=dict)
    rules: dict = member(default_factory=dict)
    bugs: dict = member(default_factory=dict)
    texts: dict = member(default_factory=dict)
    digest: str = ""

    def areas(self):
        return list(dict.fromkeys(s.area for s in self.structs.values()))

    def known(self, family):
        """All bits of a feature family."""
        mask = 0
        for feature in self.features:
            mask |= feature.mask if feature.family == family else 0
        return mask

    def constraints(self):
        """(struct, field, constraint) for each constraint of each field."""
        for struct in self.structs.values():
            for each in struct.fields:
                for constraint in each.must:
                    yield struct, each, constraint
