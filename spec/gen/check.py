# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Checks on the built specification: geometry, references, places of rules."""

import re

from check_keys import keys, references  # noqa: F401  (part of the interface)
from check_places import places  # noqa: F401
from names import KEYWORDS, enumerator

CLASSES = ("malformed", "invalid", "advisory", "unsupported", "limit", "io")
NAME = re.compile(r"[a-z][a-z0-9_]*")
VERSION = re.compile(r"[0-9]+\.[0-9]+")
RULE = re.compile(r"[a-z]+\.[a-z0-9_-]+\.[a-z0-9-]+")
# Names that the emitted classes use themselves.
TAKEN = frozenset(("bytes", "view", "v", "others"))


def meaning(spec):
    """Problems of everything that C++ is made from."""
    problems = []
    for struct in spec.structs.values():
        problems += layout(struct)
        for field in struct.fields:
            for owner, groups in [(field.name, field.bits)] + [
                    (a.name, a.bits) for a in field.aliases]:
                problems += bit_groups(struct, field, owner, groups)
        problems += spelling(struct)
    for struct, field, constraint in spec.constraints():
        here = f"{struct.name}.{field.name}: rule {constraint.rule}"
        problems += [f"{here}: {p}" for p in
                     constrained(spec, struct, field, constraint)]
    for part in (rules, features, limits, bugs):
        problems += part(spec)
    return problems


def layout(struct):
    """Fields tile the structure: no gap, no overlap, nothing outside."""
    end, last = 0, "the start"
    for field in struct.fields:
        here = f"{struct.name}.{field.name}"
        if field.at < end:
            yield f"{here}: overlaps {last}"
        elif field.at > end:
            yield f"{here}: gap of {field.at - end} bytes behind {last}"
        end, last = field.at + field.size, field.name
    if end != struct.size:
        yield f"{struct.name}: fields end at {end}, size is {struct.size}"


def bit_groups(struct, field, owner, groups):
    """Groups tile the field, and inner groups tile the one around them."""
    if not groups:
        return
    here = f"{struct.name}.{owner}"
    if field.kind != "u":
        yield f"{here}: bit groups need an unsigned field"
        return
    spaces = {None: (0, 8 * field.size)}
    spaces.update({b.name: (b.shift, b.shift + b.width) for b in groups})
    for around, (end, stop) in spaces.items():
        inner = [b for b in groups if b.within == around]
        for bits in inner:
            if bits.shift != end:
                yield (f"{here}.{bits.name}: begins at bit {bits.shift},"
                       f" expected {end}")
            if bits.width < 1:
                yield f"{here}.{bits.name}: width {bits.width}"
            end = bits.shift + bits.width
        if inner and end != stop:
            yield f"{here}: bit groups end at {end}, expected {stop}"
    for bits in groups:
        if bits.within is not None and bits.within not in spaces:
            yield f"{here}.{bits.name}: unknown group {bits.within}"


def spelling(struct):
    """Accessor names are C++ identifiers and differ from each other."""
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", struct.name):
        yield f"{struct.name}: not a name for a structure"
    seen = set()
    for field in struct.fields:
        for owner, groups in [(field.name, field.bits)] + [
                (a.name, a.bits) for a in field.aliases]:
            for name in [owner] + [f"{owner}_{b.name}" for b in groups]:
                if not NAME.fullmatch(name) or name in KEYWORDS | TAKEN:
                    yield f"{struct.name}.{name}: not a name for C++"
                if name in seen:
                    yield f"{struct.name}.{name}: stands twice"
                seen.add(name)


def constrained(spec, struct, field, constraint):
    """Problems of one constraint on one field."""
    rule = spec.rules.get(constraint.rule)
    if rule is None:
        yield "unknown rule"
    elif rule.kind != "field":
        yield f"is of kind {rule.kind}, a constraint needs kind field"
    elif rule.cls in ("limit", "io"):
        yield f"class {rule.cls} cannot come from a field"
    width = 8 * field.size
    if constraint.bits is not None:
        group = field.group(constraint.bits)
        if group is None:
            yield f"unknown bits {constraint.bits}"
            return
        width = group.width
    yield from operands(constraint, field, width)
    for condition in (constraint.when, constraint.unless):
        if condition is not None:
            yield from conditioned(spec, struct, condition)


def operands(constraint, field, width):
    value = constraint.value
    if field.kind == "b" and constraint.predicate != "zero":
        yield "bytes can only be zero"
    if field.kind == "s" and constraint.predicate == "mask":
        yield "a mask needs an unsigned field"
    if constraint.predicate == "zero" and value is not True:
        yield "zero is true or left out"
    if constraint.predicate == "range" and (
            len(value) != 2 or value[0] >= value[1]):
        yield "a range is [lowest, highest]"
    if constraint.predicate == "mask" and isinstance(value, str):
        if value not in ("compat", "incompat"):
            yield f"unknown feature family {value}"
        return
    for each in value if isinstance(value, list) else [value]:
        if each < 0 or each >= 1 << (width - (field.kind == "s")):
            yield f"operand {each} does not fit into {width} bits"


def conditioned(spec, struct, condition):
    if condition.family != "bits":
        names = [f.name for f in spec.features if f.family == condition.family]
        if condition.name not in names:
            yield f"unknown feature {condition.family} {condition.name}"
        return
    owner, _, name = condition.name.partition(".")
    field = next((f for f in struct.fields if f.name == owner), None)
    group = field.group(name) if field else None
    if group is None:
        yield f"unknown bits {condition.name}"
    elif not 0 <= condition.equals <= group.mask:
        yield f"{condition.equals} does not fit into {condition.name}"


def rules(spec):
    problems = []
    placed = {constraint.rule for _, _, constraint in spec.constraints()}
    for rule in spec.rules.values():
        if not RULE.fullmatch(rule.id):
            problems.append(f"rule {rule.id}: an id is area.subject.predicate")
        if rule.cls not in CLASSES:
            problems.append(f"rule {rule.id}: unknown class {rule.cls}")
        if rule.kind not in ("field", "code"):
            problems.append(f"rule {rule.id}: unknown kind {rule.kind}")
        if rule.kind == "field" and rule.id not in placed:
            problems.append(f"rule {rule.id}: no field has it")
        if not rule.says.endswith(".") or ". " in rule.says:
            problems.append(f"rule {rule.id}: says is one sentence")
        if rule.since and not VERSION.fullmatch(rule.since):
            problems.append(f"rule {rule.id}: since {rule.since} is neither"
                            " a version nor a feature")
    names = [enumerator(each) for each in spec.rules]
    problems += [f"rule {name}: spelled like another in C++"
                 for name in sorted({n for n in names if names.count(n) > 1})]
    return problems


def features(spec):
    accessors = {f"{s.name}.{name}" for s in spec.structs.values()
                 for f in s.fields
                 for name in [f.name] + [a.name for a in f.aliases]}
    for feature in spec.features:
        here = f"feature {feature.name}"
        if feature.mask <= 0 or feature.mask & (feature.mask - 1) \
                or feature.mask >= 1 << 32:
            yield f"{here}: mask {feature.mask:#x} is not one bit of 32"
        for name in feature.fields:
            if name not in accessors:
                yield f"{here}: unknown field {name}"


def limits(spec):
    for limit in spec.limits.values():
        if not NAME.fullmatch(limit.name):
            yield f"limit {limit.name}: not a name"
        if limit.type not in ("u32", "u64") or not (
                0 <= limit.value < 1 << int(limit.type[1:])):
            yield f"limit {limit.name}: {limit.value} is no {limit.type}"
    for enum in spec.enums.values():
        for what, seen in (("name", [v.name for v in enum.values]),
                           ("value", [v.value for v in enum.values])):
            if len(set(seen)) != len(seen):
                yield f"enum {enum.name}: a {what} stands twice"
        for value in enum.values:
            here = f"enum {enum.name}.{value.name}"
            if not 0 <= value.value <= 255:
                yield f"{here}: {value.value} does not fit into 8 bits"
            if (value.prefix is None) == (enum.prefixes is not None):
                yield f"{here}: prefix and prefixes go together"
            if not NAME.fullmatch(value.name):
                yield f"{here}: not a name"


def bugs(spec):
    for bug in spec.bugs.values():
        here = f"bug {bug.id}"
        for rule in bug.rules:
            if rule not in spec.rules:
                yield f"{here}: unknown rule {rule}"
        if bool(bug.rules) == bool(bug.unseen) or \
                bool(bug.rules) != bool(bug.when):
            yield f"{here}: has either rules and when, or unseen"
