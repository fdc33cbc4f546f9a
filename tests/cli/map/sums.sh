# SPDX-License-Identifier: Apache-2.0 OR MIT
# Of each valid vector, whatever its devices, all spaces add up.
for image in "$VECTORS"/valid/*/*.erofs; do
  stem="${image%.erofs}"
  devices=()
  for blob in "$stem".blob*; do
    [ ! -f "$blob" ] || devices+=(--device "$blob")
  done
  offset="$(sed -n 's/^args: \["--offset=\([0-9]*\)"\]$/\1/p' "$stem.yaml")"
  erofs-ref map --json --offset "${offset:-0}" "${devices[@]}" "$image" ||
    echo "failed: $image" >&2
done | python3 -c '
import collections, json, sys
count, at, own = 0, collections.Counter(), 0
for line in map(json.loads, sys.stdin):
    if "schema" in line:
        at.clear()
        own = line["bytes"]
    elif "totals" in line:
        count += 1
        sums = {each.get("space", ""): each["bytes"] for each in line["totals"]}
        assert line["whole"] and sums == dict(at) and sums[""] == own, line
        for each in line["totals"]:
            assert sum(each["kinds"].values()) == each["bytes"], each
    else:
        space = line.get("space", "")
        assert line["offset"] == at[space] and line["length"] > 0, line
        at[space] += line["length"]
print(count > 200)'
