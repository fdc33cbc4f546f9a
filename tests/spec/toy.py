# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The toy specification of these tests, as it is or with faults planted."""

import contextlib
import os
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SPEC = ROOT / "spec"
TOY = HERE / "toy"

sys.path.insert(0, str(SPEC / "gen"))

# pylint: disable=wrong-import-position
import emit_dict  # noqa: E402
import emit_format  # noqa: E402
import emit_rules  # noqa: E402
import emit_text  # noqa: E402
import emit_vocabulary  # noqa: E402
import emit_writers  # noqa: E402
import model  # noqa: E402

EMITTERS = (emit_format, emit_vocabulary, emit_rules, emit_writers, emit_text,
            emit_dict)


def emitted():
    """{file name: content} of all that the generator makes of the toy."""
    spec = model.load(TOY, prose=True)
    out = {}
    for emitter in EMITTERS:
        out.update(emitter.emit(spec))
    return out


@contextlib.contextmanager
def changed(edits):
    """A copy of the toy: edits are {"file", "old", "new"} or {"file", "text"}
    or {"file", "gone"}; an edit that changes nothing is an error."""
    with tempfile.TemporaryDirectory() as place:
        copy = pathlib.Path(place) / "toy"
        shutil.copytree(TOY, copy)
        for edit in edits:
            path = copy / edit["file"]
            if "gone" in edit:
                os.remove(path)
                continue
            text = path.read_text() if path.exists() else ""
            if "text" in edit:
                new = edit["text"]
            else:
                assert text.count(edit["old"]) == 1, edit["old"]
                new = text.replace(edit["old"], edit["new"])
            path.write_text(new)
        yield copy


if __name__ == "__main__":
    for name, content in emitted().items():
        (HERE / "golden" / f"{name}.golden").write_text(content)
