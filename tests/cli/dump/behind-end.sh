# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref dump --struct Dirent --at 1M x.erofs
