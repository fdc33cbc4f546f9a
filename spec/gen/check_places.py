# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Checks on the prose: every structure, rule and table has its one place."""

import re

MARKER = re.compile(r"\{\{(.*?)\}\}")


def wanted(spec):
    """(word, name) of every marker that has to stand in the text once."""
    for name in spec.structs:
        yield "struct", name
    for name in dict.fromkeys(rule.area for rule in spec.rules.values()):
        yield "rules", name
    for name in dict.fromkeys(f.family for f in spec.features):
        yield "features", name
    for name in spec.enums:
        yield "enum", name
    if spec.limits:
        yield "limits", ""
    if spec.bugs:
        yield "writers", ""


def places(spec):
    problems, found = [], {}
    known = set(wanted(spec))
    for path, text in spec.texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            here = f"{path}:{number}"
            for inside in MARKER.findall(line):
                word, _, name = inside.strip().partition(" ")
                marker = (word, name.strip())
                if line.strip() != "{{" + inside + "}}":
                    problems.append(f"{here}: a marker fills its line")
                if marker not in known:
                    problems.append(f"{here}: unknown marker {inside.strip()}")
                if marker in found:
                    problems.append(f"{here}: {inside.strip()} stands already"
                                    f" at {found[marker]}")
                found.setdefault(marker, here)
    for word, name in sorted(known - set(found)):
        problems.append(f"{word} {name}".strip() + ": has no place in the text")
    return problems
