# SPDX-License-Identifier: Apache-2.0 OR MIT
vector valid/superblock/metabox
erofs-ref dump --nid 0x8000000000000000 x.erofs
