# SPDX-License-Identifier: Apache-2.0 OR MIT
# Root may ask for all of it.
[ "$(id -u)" -eq 0 ] || { printf '6755\nfifo\ncharacter special file 5 12c\nYes\n7 8\n'; exit; }
tree
mknod t/node c 5 300
setfattr -n trusted.test -v Yes t/sub/big 2>/dev/null ||
  python3 -c 'import os; os.setxattr("t/sub/big", "trusted.test", b"Yes")'
chown 7:8 t/sub
chmod 6755 t/a.txt
mkfs.erofs --quiet x.erofs t >mkfs.log 2>&1
erofs-ref extract --privileged x.erofs out
stat -c %a out/a.txt
stat -c %F out/pipe
stat -c '%F %t %T' out/node
python3 -c 'import os; print(os.getxattr("out/sub/big", "trusted.test").decode())'
stat -c '%u %g' out/sub
