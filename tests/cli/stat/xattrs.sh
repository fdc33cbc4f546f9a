# SPDX-License-Identifier: Apache-2.0 OR MIT
vector valid/xattr/inline
erofs-ref ls -R x.erofs | while read -r p; do erofs-ref stat x.erofs "$p"; done | grep '(base64)'
