# SPDX-License-Identifier: Apache-2.0 OR MIT
"""FORMAT.md: the chapters under text/, with tables and rules in their places.
"""

import textwrap

from check_places import MARKER

TYPES = {"u": "u{}", "s": "s{}", "b": "bytes"}


def emit(spec):
    """{file name: content}"""
    head = ["<!-- SPDX-License-Identifier: Apache-2.0 OR MIT -->",
            "<!-- Rendered by spec/gen; change the files it is made from. -->",
            f"<!-- Digest of the specification: sha256:{spec.digest} -->"]
    chapters = ["\n".join(head)]
    chapters += [chapter(spec, text) for _, text in sorted(spec.texts.items())]
    return {"FORMAT.md": "\n\n".join(chapters) + "\n"}


def chapter(spec, text):
    lines = []
    for line in text.splitlines():
        marker = MARKER.fullmatch(line.strip())
        if marker:
            word, _, name = marker.group(1).strip().partition(" ")
            lines += SPLICES[word](spec, name.strip())
        elif not line.startswith("<!-- SPDX-"):
            lines.append(line)
    return "\n".join(lines).strip()


def table(*rows):
    """Markdown of rows; the first is the head."""
    rows = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    rows.insert(1, ["---"] * len(rows[0]))
    return ["| " + " | ".join(row) + " |" for row in rows]


def wrapped(text, first="", rest=""):
    return textwrap.wrap(text, 80, initial_indent=first,
                         subsequent_indent=rest, break_long_words=False,
                         break_on_hyphens=False)


def struct(spec, name):
    this = spec.structs[name]
    rows = [("At", "Type", "Field", "Meaning", "Must hold")]
    groups = []
    for field in this.fields:
        kind = TYPES[field.kind].format(8 * field.size)
        if field.kind == "b":
            kind += f"[{field.size}]"
        rows.append((f"0x{field.at:02X}", kind, f"`{field.name}`",
                     field.says or "Reserved.",
                     "; ".join(holds(field, c) for c in field.must)))
        groups += [(field.name, b) for b in field.bits]
        for alias in field.aliases:
            rows.append(("", "", f"or `{alias.name}`", alias.says, ""))
            groups += [(alias.name, b) for b in alias.bits]
    lines = [f'<a id="{name}"></a>',
             *wrapped(f"**{name}**, {this.size} bytes. {this.says}"), "",
             *table(*rows)]
    if groups:
        lines += ["", *table(("Bits", "Name", "Meaning"), *(
            (places(b), f"`{owner}.{b.name}`", b.says) for owner, b in groups))]
    return lines + ["", *wrapped(f"Sources: {'; '.join(this.source)}.")]


def places(bits):
    last = bits.shift + bits.width - 1
    return str(last) if bits.width == 1 else f"{bits.shift}-{last}"


def holds(field, constraint):
    """A constraint in words, with a link to its rule."""
    show = "0x{:X}".format if constraint.predicate in (
        "equals", "mask") else "{}".format
    value = constraint.value
    if isinstance(value, list):
        value = [show(each) for each in value]
    text = {
        "equals": lambda: f"is {show(value)}",
        "zero": lambda: "is zero",
        "range": lambda: f"is {value[0]} to {value[1]}",
        "one_of": lambda: f"is one of {', '.join(value)}",
        "not_one_of": lambda: f"is not {' or '.join(value)}",
        "mask": lambda: ("has only bits that have a name"
                         if isinstance(value, str) else
                         f"has no bits outside {show(value)}"),
    }[constraint.predicate]()
    if constraint.bits:
        text = f"`{constraint.bits}` {text}"
    if constraint.when:
        text += f" if {condition(constraint.when)}"
    if constraint.unless:
        text += f" unless {condition(constraint.unless)}"
    return f"{text} ([{constraint.rule}](#{constraint.rule}))"


def condition(this):
    if this.family == "bits":
        return f"`{this.name}` is {this.equals}"
    return f"{this.name} is set"


def rules(spec, area):
    lines = []
    for rule in spec.rules.values():
        if rule.area != area:
            continue
        lines += [""] * bool(lines) + [
            f'<a id="{rule.id}"></a>',
            f"**{rule.id}** ({rule.cls}, {rule.kind})  ",
            *wrapped(rule.says)]
        lines += [""] + [line for label, text in (
            ("Why", rule.why), ("Linux", rule.linux),
            ("fsck.erofs", rule.fsck),
            ("Since Linux", rule.since), ("Sources", "; ".join(rule.source)))
            if text for line in wrapped(f"{label}: {text}", "- ", "  ")]
    return lines


def features(spec, family):
    return table(("Bit", "Name", "Since Linux", "Meaning", "Fields"), *(
        (f"0x{f.mask:03X}", f.name, f.since, f.says,
         ", ".join(f"`{name}`" for name in f.fields))
        for f in spec.features if f.family == family))


def limits(spec, _):
    return table(("Name", "Value", "Unit", "Meaning"), *(
        (f"`{limit.name}`", number(limit), limit.unit, limit.says)
        for limit in spec.limits.values()))


def number(limit):
    """Quantities are decimal, large patterns of bits are not."""
    patterned = limit.value > 0xFFFF and not limit.unit
    return f"0x{limit.value:X}" if patterned else str(limit.value)


def enum(spec, name):
    this = spec.enums[name]
    head = ["Value", "Name", "Meaning"] + ["Prefix"] * bool(this.prefixes)
    return [f'<a id="{name}"></a>', *wrapped(f"**{name}**. {this.says}"), "",
            *table(head, *(
                [v.value, f"`{v.name}`", v.says]
                + ([f"`{v.prefix}`" if v.prefix else ""]
                   if this.prefixes else [])
                for v in this.values))]


def writers(spec, _):
    lines = []
    for bug in spec.bugs.values():
        lines += [""] * bool(lines) + [
            f'<a id="bug-{bug.id}"></a>',
            f"**{bug.id}** ({bug.writer}, {bug.affected};"
            f" {'fixed in ' + bug.fixed if bug.fixed else 'not fixed'})  ",
            *wrapped(bug.says), ""]
        rules = ", ".join(f"[{rule}](#{rule})" for rule in bug.rules)
        lines += [line for label, text in (
            ("Lost", bug.lost), ("Breaks", rules), ("When", bug.when),
            ("Never shows", bug.unseen))
            if text for line in wrapped(f"{label}: {text}", "- ", "  ")]
    return lines


SPLICES = {"struct": struct, "rules": rules, "features": features,
           "limits": limits, "enum": enum, "writers": writers}
