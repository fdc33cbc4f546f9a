# SPDX-License-Identifier: Apache-2.0 OR MIT
tree
tar --sort=name -C t -czf t.tgz .
erofs-ref mkfs --quiet --tar=f --all-root -zlz4 x.erofs t.tgz
gunzip -c t.tgz | erofs-ref mkfs --quiet --tar=f --all-root -zlz4 y.erofs -
cmp x.erofs y.erofs
erofs-ref check x.erofs
erofs-ref cat x.erofs /hard
