# SPDX-License-Identifier: Apache-2.0 OR MIT
"""load(directory): the specification in a directory, checked, as a Spec."""

import check
import files
from objects import Spec, SpecError  # noqa: F401  (part of this interface)


def load(directory, prose=False):
    """Raises SpecError with every problem found.

    With prose, the chapters under text/ are checked too: each structure and
    rule has its place in them.
    """
    raw = files.read(directory)
    problems = check.keys(raw)
    if not problems:
        problems = check.references(raw)
    if problems:
        raise SpecError(problems)
    spec = files.build(raw)
    problems = check.meaning(spec)
    if prose and not problems:
        problems = check.places(spec)
    if problems:
        raise SpecError(problems)
    return spec
