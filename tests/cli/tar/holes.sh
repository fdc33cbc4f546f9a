# SPDX-License-Identifier: Apache-2.0 OR MIT
vector valid/chunk/all-holes
erofs-ref tar -o x.tar x.erofs
mkdir out
tar -xf x.tar --no-same-owner -C out
find out -type f -printf '%s %k\n'
[ "$(stat -c %s x.tar)" -lt 30000 ] && echo small
