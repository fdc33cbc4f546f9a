# SPDX-License-Identifier: Apache-2.0 OR MIT
"""All vectors of the suite and the table that lists them."""

import hashlib
import pathlib
import sys

import yaml

from recipe import Forged
from values import RecipeError

VERDICTS = ("valid", "malformed", "invalid", "advisory", "unsupported")
COLUMNS = ("path", "sha256", "bytes", "verdict", "rule", "area", "profile",
           "args", "also", "near")
LARGEST = 1032 * 1024  # one holds the longest pcluster


def build(spec, source, target):
    """Forges every recipe under source/vectors; 1 if one cannot be."""
    source, target = pathlib.Path(source), pathlib.Path(target)
    rows, failures = [], 0
    for path in sorted(source.glob("vectors/*/*/*.yaml")):
        try:
            rows += vector(spec, source, target, path)
        except (RecipeError, KeyError, ValueError,
                yaml.YAMLError) as error:
            print(f"{path.relative_to(source)}: {error!r}", file=sys.stderr)
            failures += 1
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(str(row[c]) for c in COLUMNS) for row in rows]
    write(target / "index.tsv", ("\n".join(lines) + "\n").encode())
    stale = leftovers(source, target, rows)
    for path in stale:
        print(f"{path}: no recipe makes it", file=sys.stderr)
    print(f"forge: {sum(r['verdict'] != 'blob' for r in rows)} vectors, "
          f"{failures + len(stale)} failed")
    return 1 if failures or stale else 0


def vector(spec, source, target, path):
    """Writes the files of one recipe; its rows of the table."""
    verdict, area = path.parts[-3], path.parts[-2]
    if verdict not in VERDICTS:
        raise RecipeError(f"no verdict {verdict}")
    forged = Forged(spec, path)
    recipe = forged.recipe
    check(spec, verdict, area, recipe)
    folder = path.parent.relative_to(source)
    rows, devices = [], []
    for name, content in forged.files().items():
        if len(content) > LARGEST:
            raise RecipeError(f"{name}: {len(content)} bytes")
        write(target / folder / name, content)
        row = {"path": f"{folder}/{name}", "bytes": len(content),
               "sha256": hashlib.sha256(content).hexdigest(),
               "verdict": verdict, "rule": recipe.get("rule", "-"),
               "area": area, "profile": recipe.get("profile", "core"),
               "args": "", "also": ",".join(recipe.get("also", {})),
               "near": ",".join(near(recipe)) or "-"}
        if name.endswith(".erofs"):
            rows.append(row)
        elif not name.endswith(".manifest"):
            rows.append({**row, "verdict": "blob", "rule": "-",
                         "also": "", "near": "-"})
            devices.append(f"--device={row['path']}")
    if verdict == "valid" and forged.manifest is None:
        place = path.with_suffix(".manifest")
        if not place.exists():
            raise RecipeError("a literal image needs a manifest by hand")
        write(target / folder / place.name, place.read_bytes())
    rows[0]["args"] = " ".join(devices + recipe.get("args", []))
    return rows


def near(recipe):
    """The rules that an image is at the boundary of."""
    rules = recipe.get("near", [])
    return rules if isinstance(rules, list) else [rules]


def check(spec, verdict, area, recipe):
    """What a recipe promises must fit the specification and its folder."""
    if not recipe.get("why"):
        raise RecipeError("it does not say why")
    for rule in recipe.get("also", {}):
        if rule not in spec.rules:
            raise RecipeError(f"also: no rule {rule}")
    for rule in near(recipe):
        if rule not in spec.rules:
            raise RecipeError(f"near: no rule {rule}")
    if verdict == "valid":
        if "rule" in recipe:
            raise RecipeError("a valid image breaks no rule")
        return
    rule = spec.rules.get(recipe.get("rule"))
    if rule is None:
        raise RecipeError(f"no rule {recipe.get('rule')}")
    if rule.cls != verdict or rule.area != area:
        raise RecipeError(f"{rule.id} is {rule.cls}, of {rule.area}")


def leftovers(source, target, rows):
    """Files beside the vectors that no recipe accounts for."""
    known = {row["path"] for row in rows}
    out = []
    for path in sorted(target.glob("vectors/*/*/*")):
        name = str(path.relative_to(target))
        recipe = source / name
        if path.suffix in (".yaml", ".manifest"):
            recipe = recipe.with_suffix(".yaml")
            known_too = recipe.exists()
        else:
            known_too = name in known
        if not known_too:
            out.append(name)
    return out


def write(path, content):
    """Leaves a file alone that has the content already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)
