# SPDX-License-Identifier: Apache-2.0 OR MIT
vector valid/xattr/inline
erofs-ref manifest x.erofs | cmp - "$VECTORS/valid/xattr/inline.manifest"
