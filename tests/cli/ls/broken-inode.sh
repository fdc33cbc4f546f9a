# SPDX-License-Identifier: Apache-2.0 OR MIT
vector malformed/inode/mode-zero
erofs-ref ls -l x.erofs
