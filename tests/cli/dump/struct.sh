# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref dump --struct InodeCompact --at 0x480 x.erofs
