# SPDX-License-Identifier: Apache-2.0 OR MIT
head -c 8192 /dev/zero >x.erofs
erofs-ref map x.erofs
