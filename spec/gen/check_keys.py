# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Checks on the files as read: keys, types of values, and names given twice."""

import os

import files
from objects import PREDICATES

KINDS = {"format": "format_file", "rules": "rules_file",
         "features.yaml": "features_file", "limits.yaml": "limits_file",
         "writers": "writers_file"}
TYPES = {"int": int, "text": str, "bool": bool, "mask": (int, str)}


def keys(raw):
    """Problems of keys and types against schema.yaml."""
    schema, problems = files.schema(), []
    for path, document in raw.items():
        kind = KINDS.get(path.split("/")[0])
        if kind:
            walk(schema, kind, document, path, problems)
    return problems


def walk(schema, kind, value, where, problems):
    """Holds one mapping to its kind; where names what it stands in."""
    if not isinstance(value, dict):
        problems.append(f"{where}: a {kind} is a mapping")
        return
    name = value.get("name") or value.get("id") or kind
    here = where if kind.endswith("_file") else f"{where}: {name}"
    allowed = schema[kind]
    for key in value:
        if key not in allowed:
            problems.append(f"{here}: unknown key {key}")
    for key, wanted in allowed.items():
        if key in value:
            one(schema, wanted.rstrip("?"), key, value[key], here, problems)
        elif not wanted.endswith("?"):
            problems.append(f"{here}: key {key} is missing")
    if kind == "constraint" and sum(key in value for key in PREDICATES) != 1:
        problems.append(f"{here}: exactly one predicate is needed")
    if kind == "condition" and not plain_condition(value):
        problems.append(f"{here}: neither a feature nor bits with equals")


def plain_condition(value):
    return set(value) in ({"compat"}, {"incompat"}, {"bits", "equals"})


def one(schema, wanted, key, value, where, problems):
    """Holds the value of one key to its type."""
    if wanted.startswith("["):
        if not isinstance(value, list):
            problems.append(f"{where}: {key} is not a list")
            return
        for each in value:
            one(schema, wanted[1:-1], key, each, where, problems)
    elif wanted in TYPES:
        right = isinstance(value, TYPES[wanted])
        if not right or (isinstance(value, bool) and wanted != "bool"):
            problems.append(f"{where}: {key} {value!r} is not of type"
                            f" {wanted}")
    else:
        walk(schema, wanted, value, where, problems)


def references(raw):
    """Problems that building objects would hide: names given twice, and
    files that stand in the wrong place."""
    problems, structs, rules = [], [], []
    for path, document in raw.items():
        folder, _, name = path.partition("/")
        if folder not in ("format", "rules"):
            continue
        area = document["area"]
        stem = os.path.splitext(name)[0]
        if folder == "rules":  # those of a large area fill several files
            stem = stem.partition("-")[0]
        if area != stem:
            problems.append(f"{path}: area {area} belongs into {area}.yaml")
        if folder == "format":
            structs += [each["name"] for each in document["structs"]]
            for each in document["structs"]:
                problems += sizes(path, each)
        for each in document["rules"] if folder == "rules" else ():
            rules.append(each["id"])
            if each["id"].split(".")[0] != area:
                problems.append(f"{path}: rule {each['id']} is not of area"
                                f" {area}")
    limits = raw["limits.yaml"]
    bugs = [each for path in raw if path.startswith("writers/")
            for each in raw[path]["bugs"]]
    features = [f"{family} {each['name']}" for family in ("compat", "incompat")
                for each in raw["features.yaml"][family]]
    for what, names in (
            ("structure", structs), ("rule", rules), ("feature", features),
            ("bug", [each["id"] for each in bugs]),
            ("limit", [each["name"] for each in limits["limits"]]),
            ("enum", [each["name"] for each in limits["enums"]])):
        for name in sorted({n for n in names if names.count(n) > 1}):
            problems.append(f"{what} {name}: stands twice")
    return problems


def sizes(path, struct):
    for field in struct["fields"]:
        here = f"{path}: {struct['name']}.{field['name']}"
        if field["type"] == "bytes":
            if field.get("size", 0) < 1:
                yield f"{here}: bytes need a size"
        elif field["type"] not in files.INTEGERS:
            yield f"{here}: unknown type {field['type']}"
        elif "size" in field:
            yield f"{here}: size is for type bytes only"
        if not field.get("reserved") and not field.get("says"):
            yield f"{here}: says nothing and is not reserved"
