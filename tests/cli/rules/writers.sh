# SPDX-License-Identifier: Apache-2.0 OR MIT
# Every known fault of a writer says either what shows it or why nothing does.
erofs-ref rules --writers | awk '/^  (when|unseen) / {n++} /^  breaks / {b++}
  /^  lost / {l++} END {print (n == l), (n > 40), (b > n)}'
erofs-ref rules --writers --json | python3 -c '
import json, sys
bugs = json.load(sys.stdin)
print(all(bool(b["rules"]) == ("when" in b) != ("unseen" in b) for b in bugs))
print([b["fixed"] for b in bugs if b["id"] == "utils-short-fragments"])'
