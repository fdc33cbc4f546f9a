# SPDX-License-Identifier: Apache-2.0 OR MIT
image
{ head -c 12288 /dev/urandom; cat x.erofs; } >disk
erofs-ref check --offset 12K disk
erofs-ref check --offset 0x3000 disk
