# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref check --limit work=1G --limit memory=64M --limit depth=0x20 --limit output=1T x.erofs
