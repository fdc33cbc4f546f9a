# SPDX-License-Identifier: Apache-2.0 OR MIT
erofs-ref check --kernel 6 x.erofs
echo $?
erofs-ref check --kernel 4.19 x.erofs
