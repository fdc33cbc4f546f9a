# SPDX-License-Identifier: Apache-2.0 OR MIT
tree
erofs-ref mkfs --quiet -T1000 --all-root -zlz4hc -Eztailpacking x.erofs t
erofs-ref check x.erofs
erofs-ref cat x.erofs /a.txt
erofs-ref mkfs --quiet -T1000 --all-root -zlz4hc -Eztailpacking \
  --workers=3 y.erofs t
cmp x.erofs y.erofs
erofs-ref extract --quiet x.erofs back
diff t/sub/big back/sub/big
