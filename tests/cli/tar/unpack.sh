# SPDX-License-Identifier: Apache-2.0 OR MIT
image -zlz4
erofs-ref tar -o x.tar x.erofs
mkdir out
tar -xf x.tar --no-same-owner -C out
diff -r --no-dereference t out 2>&1 | grep -v 'is a fifo'
stat -c '%n %h' out/hard
