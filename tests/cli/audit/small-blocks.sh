# SPDX-License-Identifier: Apache-2.0 OR MIT
vector valid/inode/specials
erofs-ref audit x.erofs
