# SPDX-License-Identifier: Apache-2.0 OR MIT
"""python3 -B spec/gen EMITTER [--out DIR] [--spec DIR]

  cpp    headers and sources of namespace erofs::format
  text   FORMAT.md
  dict   erofs.dict, a dictionary for fuzzers
  check  nothing; exit 1 if the specification contradicts itself
"""

import argparse
import os
import sys

import emit_dict
import emit_format
import emit_rules
import emit_text
import emit_vocabulary
import emit_writers
import model

PROSE = ("text", "check")  # emitters that need the chapters
EMITTERS = {
    "cpp": (emit_format.emit, emit_vocabulary.emit, emit_rules.emit,
            emit_writers.emit),
    "text": (emit_text.emit,),
    "dict": (emit_dict.emit,),
    "check": (),
}


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(
        description=__doc__, prog="spec/gen",
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("emitter", choices=EMITTERS)
    parser.add_argument("--out", help="directory for the files")
    parser.add_argument("--spec", default=os.path.dirname(here),
                        help="directory of the specification")
    options = parser.parse_args(arguments)
    if EMITTERS[options.emitter] and not options.out:
        parser.error("--out is missing")
    try:
        spec = model.load(options.spec, prose=options.emitter in PROSE)
    except model.SpecError as error:
        for problem in error.problems:
            print(f"spec: {problem}", file=sys.stderr)
        return 1
    for emit in EMITTERS[options.emitter]:
        for name, content in emit(spec).items():
            write(options.out, name, content)
    return 0


def write(directory, name, content):
    """Leaves a file alone that holds the content already."""
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, name)
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == content:
                return
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
