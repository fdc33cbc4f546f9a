# SPDX-License-Identifier: Apache-2.0 OR MIT
vector valid/directory/file-type-each
erofs-ref tar x.erofs | tar -tf - | grep -c sock || true
