# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref stat x.erofs /sub/big
