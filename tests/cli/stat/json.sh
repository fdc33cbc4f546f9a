# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref stat --json x.erofs /sub/big | python3 -c 'import json, sys; d = json.load(sys.stdin); print(d["path"], d["type"], [e["length"] for e in d["extents"]])'
