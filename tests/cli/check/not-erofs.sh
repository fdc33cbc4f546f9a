# SPDX-License-Identifier: Apache-2.0 OR MIT
head -c 100000 /dev/zero >x.erofs
erofs-ref check x.erofs
