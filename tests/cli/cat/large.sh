# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref cat x.erofs sub/big | cmp - t/sub/big
