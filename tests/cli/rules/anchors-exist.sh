# SPDX-License-Identifier: Apache-2.0 OR MIT
# Every rule leads to a place in the specification.
erofs-ref rules --json | python3 -c '
import json, sys
text = open(sys.argv[1]).read()
print([r["id"] for r in json.load(sys.stdin) if "id=\"" + r["section"] + "\"" not in text])' "$ROOT/spec/FORMAT.md"
