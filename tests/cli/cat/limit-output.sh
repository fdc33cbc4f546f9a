# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref cat --limit output=1000 x.erofs sub/big
