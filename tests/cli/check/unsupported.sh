# SPDX-License-Identifier: Apache-2.0 OR MIT
# Compressed data never looks clean.
image -zlz4
erofs-ref check x.erofs
