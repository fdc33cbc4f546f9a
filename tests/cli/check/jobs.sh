# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref check --jobs 4 x.erofs
