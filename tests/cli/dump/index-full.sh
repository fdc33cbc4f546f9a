# SPDX-License-Identifier: Apache-2.0 OR MIT
tree
seq 9000 >t/numbers
image -zlz4 -Elegacy-compress
nid=$(erofs-ref stat --json x.erofs numbers | sed -n 's/.*"nid": \([0-9]*\),/\1/p')
erofs-ref dump --nid "$nid" x.erofs | grep -E '^[A-Z]'
