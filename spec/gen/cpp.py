# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What all emitted C++ files have in common."""

LICENCE = "// SPDX-License-Identifier: Apache-2.0 OR MIT"
ORIGIN = "// Made from the specification by spec/gen; change that instead."


def header(name, includes, body, namespace="erofs::format"):
    """A header called format/NAME.gen.h; includes without the #include."""
    guard = f"EROFS_FORMAT_{name.upper()}_GEN_H_"
    return "\n".join(
        [LICENCE, ORIGIN, f"#ifndef {guard}", f"#define {guard}", ""]
        + block(includes)
        + [f"namespace {namespace} {{", "", *body, "",
           f"}}  // namespace {namespace}", "", f"#endif  // {guard}", ""])


def source(name, includes, body, namespace="erofs::format"):
    return "\n".join(
        [LICENCE, ORIGIN, f'#include "format/{name}.gen.h"', ""]
        + block(includes)
        + [f"namespace {namespace} {{", "", *body, "",
           f"}}  // namespace {namespace}", ""])


def block(includes):
    """Standard headers first, ours behind them, an empty line after each."""
    lines = []
    for end in (">", '"'):
        group = [f"#include {each}" for each in sorted(includes)
                 if each.endswith(end)]
        lines += group + [""] if group else []
    return lines
