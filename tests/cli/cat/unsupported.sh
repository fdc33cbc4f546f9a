# SPDX-License-Identifier: Apache-2.0 OR MIT
image -zlz4
erofs-ref cat x.erofs sub/big
