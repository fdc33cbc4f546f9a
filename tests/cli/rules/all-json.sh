# SPDX-License-Identifier: Apache-2.0 OR MIT
erofs-ref rules --json | python3 -c 'import json, sys; print(sorted({r["class"] for r in json.load(sys.stdin)}))'
