# SPDX-License-Identifier: Apache-2.0 OR MIT
vector invalid/inode/nlink-zero
erofs-ref check x.erofs
