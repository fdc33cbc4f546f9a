# SPDX-License-Identifier: Apache-2.0 OR MIT
# Another user gets files of his own, and is told so. Directories that he may
# not pass are no obstacle, not even for hard links through them.
tree
mkdir t/shut
ln t/sub/big t/shut/first
chmod 0 t/shut
image
chmod 0711 ..
mkdir theirs
binary=$(readlink -f "$(command -v erofs-ref)")
as=""
if [ "$(id -u)" -eq 0 ]; then
  chown 65534:65534 theirs
  as="setpriv --reuid=65534 --regid=65534 --clear-groups"
fi
( apart; $as "$binary" extract x.erofs theirs/out )
stat -c '%n %A %h' theirs/out/shut theirs/out/sub/big theirs/out/a.txt
cmp t/sub/big theirs/out/sub/big
$as chmod -R u+rwx theirs/out
