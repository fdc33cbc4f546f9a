# SPDX-License-Identifier: Apache-2.0 OR MIT
vector unsupported/superblock/incompat-unknown-bit
erofs-ref check --quiet x.erofs
