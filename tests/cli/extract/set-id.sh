# SPDX-License-Identifier: Apache-2.0 OR MIT
tree
chmod 6755 t/a.txt
chmod 1644 t/sub/big
chmod 3775 t/sub
image
erofs-ref extract --no-owner x.erofs out
stat -c '%n %a' out/a.txt out/sub/big out/sub
