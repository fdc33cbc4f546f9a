# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref extract --no-owner x.erofs out
rm t/pipe
diff -r --no-dereference t out &&
  stat -c '%n %A %Y %h' out/a.txt out/hard out/sub out
readlink out/sub/link
