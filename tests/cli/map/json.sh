# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref map --json x.erofs | python3 -c '
import json, sys
lines = [json.loads(line) for line in sys.stdin]
head, pieces, end = lines[0], lines[1:-1], lines[-1]
print(head)
print(all(a["offset"] + a["length"] == b["offset"]
          for a, b in zip(pieces, pieces[1:])), pieces[0]["offset"])
print(sum(piece["length"] for piece in pieces) == head["bytes"])
print([piece for piece in pieces if piece["kind"] == "data"])
print(end["whole"], sum(end["totals"][0]["kinds"].values()) == head["bytes"])'
