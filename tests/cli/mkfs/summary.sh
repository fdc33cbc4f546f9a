# SPDX-License-Identifier: Apache-2.0 OR MIT
tree
erofs-ref mkfs -T1000 -Uclear --all-root x.erofs t
