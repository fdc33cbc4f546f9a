# SPDX-License-Identifier: Apache-2.0 OR MIT
# A flag takes one value; what follows is the image and a path.
vector valid/device/two-blobs
erofs-ref ls -R --limit work=1G --device x.blob1 --device x.blob2 x.erofs / >a
erofs-ref ls -R x.erofs / --device x.blob1 --device x.blob2 --limit work=1G >b
cmp a b && head -n 1 a
