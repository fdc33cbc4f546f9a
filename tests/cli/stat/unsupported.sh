# SPDX-License-Identifier: Apache-2.0 OR MIT
image -zlz4
erofs-ref stat x.erofs /sub/big
