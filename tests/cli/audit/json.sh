# SPDX-License-Identifier: Apache-2.0 OR MIT
# --json is --format json.
image
erofs-ref audit --format json x.erofs | tee j | python3 -c 'import json, sys; print(sorted(json.load(sys.stdin)))'
erofs-ref audit --json x.erofs | cmp - j
