# SPDX-License-Identifier: Apache-2.0 OR MIT
tree
seq 20000 >t/numbers
image -zlz4
erofs-ref cat --range 5:3 x.erofs a.txt | od -An -c
erofs-ref cat --range :2 x.erofs a.txt hard | od -An -c
erofs-ref cat --range 4: x.erofs a.txt | od -An -c
erofs-ref cat --range 1M:4K x.erofs a.txt | wc -c
erofs-ref cat --range 0x10000:1K x.erofs numbers >part
tail -c +65537 t/numbers | head -c 1024 | cmp - part
