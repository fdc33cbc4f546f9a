# SPDX-License-Identifier: Apache-2.0 OR MIT
tree
seq 3000 >t/numbers
image -zlz4
erofs-ref stat --map x.erofs numbers | tr -s ' ' | cut -d ' ' -f 2-5,7-
erofs-ref stat --map --json x.erofs /a.txt | cut -d, -f 1-3
