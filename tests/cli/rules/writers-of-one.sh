# SPDX-License-Identifier: Apache-2.0 OR MIT
erofs-ref rules --writers superblock
