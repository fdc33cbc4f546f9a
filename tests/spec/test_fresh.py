# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The committed FORMAT.md is what the specification renders to."""

import re
import unittest

import emit_text
import toy


class Fresh(unittest.TestCase):

    def test_format(self):
        spec = toy.model.load(toy.SPEC, prose=True)
        fresh = emit_text.emit(spec)["FORMAT.md"]
        # Not assertEqual: nobody wants a diff of thousands of lines.
        self.assertTrue(
            (toy.SPEC / "FORMAT.md").read_text() == fresh,
            "spec/FORMAT.md is stale: /usr/bin/python3 -B spec/gen text"
            " --out spec")
        self.assertIn(f"sha256:{spec.digest}", fresh.splitlines()[2])

    def test_links(self):
        """Every link within the document has its one target."""
        text = (toy.SPEC / "FORMAT.md").read_text()
        anchors = re.findall(r'<a id="([^"]+)"></a>', text)
        for title in re.findall(r"^#+ (.*)$", text, re.M):
            words = re.sub(r"[^\w\s-]", "", title.lower())
            anchors.append(words.replace(" ", "-"))
        links = set(re.findall(r"\]\(#([^)]+)\)", text))
        self.assertGreater(len(links), 30)
        self.assertEqual(sorted(links - set(anchors)), [])
        twice = {a for a in anchors if anchors.count(a) > 1}
        self.assertEqual(sorted(links & twice), [])


if __name__ == "__main__":
    unittest.main()
