# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Holds the reports on all vectors to their schemas.

    validate.py FORMAT

Runs `erofs-ref` of the PATH over every image below $VECTORS and says what
does not fit; the last line counts. Builds that are instrumented, and slow,
look at one of five.
"""

import json
import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree
from concurrent.futures import ThreadPoolExecutor

import jsonschema

SCHEMAS = pathlib.Path(os.environ["ROOT"]) / "reference/report/schema"
CLASSES = {"malformed": "failures", "invalid": "failures", "io": "errors",
           "limit": "errors", "unsupported": "errors"}


def report(image, command, form):
    """(exit code, bytes) of a report on one image, with its blobs."""
    blobs = sorted(image.parent.glob(image.stem + ".blob*"))
    devices = [word for blob in blobs for word in ("--device", str(blob))]
    done = subprocess.run(["erofs-ref", command, "--format", form, *devices,
                           str(image)], capture_output=True, check=False)
    return done.returncode, done.stdout


def samples():
    """The images to look at."""
    images = sorted(pathlib.Path(os.environ["VECTORS"]).rglob("*.erofs"))
    version = subprocess.run(["erofs-ref", "--version"], capture_output=True,
                             check=True).stdout
    if len(images) < 500:
        raise SystemExit(f"there are only {len(images)} vectors")
    return images[::5] if b"instrumented" in version else images


def validator(name):
    """The checked schema of a name."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def breaches(schema, value):
    """Where `value` is not as `schema` says."""
    return [f"{'/'.join(map(str, error.absolute_path))}: "
            f"{error.message[:200]}" for error in schema.iter_errors(value)]


def check(code, text, schema):
    """`check --json`."""
    value = json.loads(text)
    out = breaches(schema, value)
    listed = len(value["findings"]) + sum(value.get("omitted", {}).values())
    if listed != sum(value["counts"].values()):
        out.append("findings and counts differ")
    return out + ([] if value["exit"] == code else ["another exit code"])


def audit(code, text, schema):
    """`audit --format json`."""
    value = json.loads(text)
    out = check(code, text, schema)
    usage = value["usage"]
    if usage is not None and sum(usage.values()) != value["image_bytes"]:
        out.append("usage does not add up")
    return out


def sarif(code, text, schema):
    """`check --format sarif`."""
    value = json.loads(text)
    out = breaches(schema, value)
    run = value["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        if rule["id"] != result["ruleId"]:
            out.append("a result of another rule")
        if rule["defaultConfiguration"]["level"] != result["level"]:
            out.append("a result of another level")
    invocation = run["invocations"][0]
    if invocation["exitCode"] != code:
        out.append("another exit code")
    if invocation["executionSuccessful"] != (code in (0, 1)):
        out.append("judged or not, it says something else")
    if any(result["level"] == "error" for result in run["results"]) != \
            (code == 1):
        out.append("broken or not, it says something else")
    return out


def junit(code, text, _):
    """`check --format junit`."""
    root = xml.etree.ElementTree.fromstring(text)
    suite = root[0]
    if (root.tag, len(root), suite.tag) != ("testsuites", 1, "testsuite"):
        return ["no suite"]
    cases = suite.findall("testcase")
    count = {"tests": len(cases)}
    for kind, element in (("failures", "failure"), ("errors", "error"),
                          ("skipped", "skipped")):
        count[kind] = len([case for case in cases
                           if case.find(element) is not None])
    out = [f"{kind} is not {number}" for kind, number in count.items()
           if suite.get(kind) != str(number) or root.get(kind) != str(number)]
    names = {case.get("name") for case in cases}
    if len(names) != len(cases) or not all(names):
        out.append("names come twice or not")
    if any(not case.get("classname", "").startswith("erofs.") or len(case) > 1
           for case in cases):
        out.append("a case is odd")
    for case in suite.iter():
        if case.tag in ("failure", "error") and \
                CLASSES.get(case.get("type")) != f"{case.tag}s":
            out.append(f"a {case.tag} of type {case.get('type')}")
    clean = count["failures"] == count["errors"] == 0
    return out + ([] if clean == (code == 0) else ["another verdict"])


KINDS = {"check": ("check", "json", check, "check-1"),
         "audit": ("audit", "json", audit, "audit-1"),
         "sarif": ("check", "sarif", sarif, "sarif-subset"),
         "junit": ("check", "junit", junit, None)}


def main(kind):
    """Validates one kind of report for every vector."""
    command, form, judge, name = KINDS[kind]
    schema = validator(name) if name else None
    images = samples()
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        reports = pool.map(lambda image: report(image, command, form), images)
        for image, (code, text) in zip(images, reports):
            try:
                wrong = judge(code, text, schema)
            except (ValueError, LookupError,
                    xml.etree.ElementTree.ParseError) as error:
                wrong = [repr(error)]
            failed += bool(wrong)
            if wrong:
                print(f"{image.name}: {'; '.join(wrong)}")
    print(f"{kind}: {failed} do not fit")


main(sys.argv[1])
