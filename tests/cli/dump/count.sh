# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref dump --struct Dirent --at 1184 --count 3 --json x.erofs | wc -l
