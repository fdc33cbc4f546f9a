# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref audit --json x.erofs | python3 -c '
import json, sys
d = json.load(sys.stdin)
print(sum(d["usage"].values()) == d["image_bytes"], d["schema"])
print(sum(d["inventory"]["types"].values()) == d["inventory"]["inodes"])'
