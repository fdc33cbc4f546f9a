# SPDX-License-Identifier: Apache-2.0 OR MIT
"""Builds test images from recipes.

  conformance/forge RECIPE -o OUT   one image (blobs and manifest beside it)
  conformance/forge --all [--to D]  all vectors and index.tsv, there or in D
"""

import argparse
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "spec" / "gen")]

import model  # noqa: E402
import vectors  # noqa: E402
from recipe import Forged  # noqa: E402
from values import RecipeError  # noqa: E402


def main(arguments):
    parser = argparse.ArgumentParser(
        prog="conformance/forge", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", nargs="?")
    parser.add_argument("-o", "--output", help="the image")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--to", help="directory instead of conformance/")
    options = parser.parse_args(arguments)
    if options.all == bool(options.recipe):
        parser.error("either --all or one recipe")
    spec = model.load(str(HERE.parents[1] / "spec"))
    if options.all:
        return vectors.build(spec, HERE.parent, options.to or HERE.parent)
    if not options.output:
        parser.error("-o is missing")
    try:
        forged = Forged(spec, options.recipe)
    except (RecipeError, KeyError) as error:
        print(f"{options.recipe}: {error}", file=sys.stderr)
        return 1
    output = pathlib.Path(options.output)
    for name, content in forged.files().items():
        suffix = name[len(pathlib.Path(options.recipe).stem):]
        place = output if suffix == ".erofs" else output.with_suffix(suffix)
        place.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
