# SPDX-License-Identifier: Apache-2.0 OR MIT
# Holes stay holes; a file of nothing else takes no room at all.
mkdir t
truncate -s 300M t/nothing
{ printf start; head -c 5000000 /dev/zero; printf end; } >t/islands
image --chunksize=65536
erofs-ref extract --no-owner x.erofs out
cmp t/islands out/islands
stat -c '%n %s' out/nothing
du -k out/nothing | cut -f 1
[ "$(du -k out/islands | cut -f 1)" -lt 400 ] && echo sparse
