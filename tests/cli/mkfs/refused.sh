# SPDX-License-Identifier: Apache-2.0 OR MIT
tree
erofs-ref mkfs --incremental=data x.erofs t || echo "exit $?"
erofs-ref mkfs -Eunknown x.erofs t || echo "exit $?"
erofs-ref mkfs -zbzip2 x.erofs t || echo "exit $?"
erofs-ref mkfs -b3000 x.erofs t || echo "exit $?"
erofs-ref mkfs -C6000 -zlz4 x.erofs t || echo "exit $?"
erofs-ref mkfs -zlz4 --chunksize=4096 x.erofs t || echo "exit $?"
erofs-ref mkfs -Unone x.erofs t || echo "exit $?"
[ ! -e x.erofs ]
