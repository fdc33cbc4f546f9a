# SPDX-License-Identifier: Apache-2.0 OR MIT
# One byte of the superblock that a real writer sealed is changed.
image
poke x.erofs 1040 ff
erofs-ref check x.erofs
