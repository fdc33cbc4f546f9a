# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref tar x.erofs | tar --numeric-owner -tvf -
