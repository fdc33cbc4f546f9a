# SPDX-License-Identifier: Apache-2.0 OR MIT
"""From the files of a specification to objects; the only reader of YAML."""

import hashlib
import os

import yaml

from objects import (INTEGERS, PREDICATES, Alias, Bits, Condition, Constraint,
                     Enum, EnumValue, Feature, Field, Limit, Rule, Spec,
                     SpecError, Struct, WriterBug)


class Strict(yaml.CSafeLoader):
    """A loader that refuses a key that stands twice in one mapping."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key.value} stands twice",
                    key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read(directory):
    """{path: parsed YAML, or text of a chapter} plus "digest"."""
    raw, digest, problems = {}, hashlib.sha256(), []
    for path in sorted(paths(directory)):
        with open(os.path.join(directory, path), "rb") as file:
            data = file.read()
        digest.update(f"{path} {len(data)}\n".encode() + data)
        try:
            raw[path] = (data.decode() if path.endswith(".md")
                         else yaml.load(data, Strict))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1
            problems.append(f"{path}:{line}: {error.problem}")
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(f"{path}: {' '.join(str(error).split())}")
    for path in ("features.yaml", "limits.yaml"):
        if path not in raw and not problems:
            problems.append(f"{path}: missing")
    if problems:
        raise SpecError(problems)
    raw["digest"] = digest.hexdigest()
    return raw


def paths(directory):
    """The files that make up a specification, relative to its directory."""
    for name in ("features.yaml", "limits.yaml"):
        if os.path.exists(os.path.join(directory, name)):
            yield name
    for folder, end in (("format", ".yaml"), ("rules", ".yaml"),
                        ("writers", ".yaml"), ("text", ".md")):
        place = os.path.join(directory, folder)
        for name in os.listdir(place) if os.path.isdir(place) else ():
            if name.endswith(end):
                yield f"{folder}/{name}"


def build(raw):
    """A Spec of raw files whose keys check.keys() has accepted."""
    spec = Spec(digest=raw["digest"])
    versions = {each["name"]: each["since"] for family in raw["features.yaml"]
                for each in raw["features.yaml"][family]}
    for path, document in raw.items():
        if path.startswith("format/"):
            for each in document["structs"]:
                spec.structs[each["name"]] = struct(document["area"], each)
        elif path.startswith("rules/"):
            for each in document["rules"]:
                since = each.get("since", document.get("since", ""))
                spec.rules[each["id"]] = rule(each, versions.get(since, since))
        elif path.startswith("writers/"):
            for each in document["bugs"]:
                spec.bugs[each["id"]] = bug(each)
        elif path.startswith("text/"):
            spec.texts[path] = document
    for family in ("compat", "incompat"):
        for each in raw["features.yaml"][family]:
            spec.features.append(Feature(
                family=family, **{**each,
                                  "fields": tuple(each.get("fields", ()))}))
    for each in raw["limits.yaml"]["limits"]:
        spec.limits[each["name"]] = Limit(**each)
    for each in raw["limits.yaml"]["enums"]:
        values = tuple(EnumValue(**value) for value in each["values"])
        spec.enums[each["name"]] = Enum(**{**each, "values": values})
    return spec


def struct(area, raw):
    return Struct(raw["name"], area, raw["size"], prose(raw["says"]),
                  tuple(field(each) for each in raw["fields"]),
                  tuple(raw["source"]))


def field(raw):
    size, kind = INTEGERS.get(raw["type"], (raw.get("size", 0), "b"))
    return Field(
        raw["name"], raw["at"], size, kind, prose(raw.get("says", "")),
        raw.get("reserved", False), bits(raw),
        tuple(Alias(a["name"], prose(a["says"]), bits(a))
              for a in raw.get("alias", ())),
        tuple(constraint(each) for each in raw.get("must", ())))


def bits(raw):
    return tuple(Bits(**each) for each in raw.get("bits", ()))


def constraint(raw):
    predicate = next(key for key in PREDICATES if key in raw)
    return Constraint(predicate, raw[predicate], raw["rule"], raw.get("bits"),
                      condition(raw.get("when")), condition(raw.get("unless")))


def condition(raw):
    if raw is None:
        return None
    family = next(key for key in ("compat", "incompat", "bits") if key in raw)
    return Condition(family, raw[family], raw.get("equals"))


def rule(raw, since):
    return Rule(raw["id"], raw["class"], raw["kind"], prose(raw["says"]),
                prose(raw.get("why", "")), prose(raw.get("linux", "")),
                prose(raw.get("fsck", "")), tuple(raw["source"]), since)


def bug(raw):
    return WriterBug(**{
        **{key: prose(value) if isinstance(value, str) else value
           for key, value in raw.items()},
        "rules": tuple(raw.get("rules", ()))})


def prose(text):
    return " ".join(text.split())


def schema():
    """The allowed keys; part of the generator, not of a specification."""
    path = os.path.join(os.path.dirname(__file__), os.pardir, "schema.yaml")
    with open(path, "rb") as file:
        return yaml.load(file, Strict)
