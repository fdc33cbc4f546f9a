# SPDX-License-Identifier: Apache-2.0 OR MIT
image -zlz4
erofs-ref tar x.erofs | sha256sum >one
erofs-ref tar --jobs 1 x.erofs | sha256sum | cmp - one
erofs-ref tar x.erofs --output x.tar
sha256sum <x.tar | cmp - one
