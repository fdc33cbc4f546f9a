# SPDX-License-Identifier: Apache-2.0 OR MIT
tree
seq 30000 >t/numbers
image -zlz4
few="$(erofs-ref map x.erofs | grep -c 'cluster.*/numbers')"
all="$(erofs-ref map --full x.erofs | grep -c 'cluster .*/numbers')"
[ "$few" -lt "$all" ] && echo more
erofs-ref map --full x.erofs | grep -c 'clusters'
true
