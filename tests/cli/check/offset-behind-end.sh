# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref check --offset 1G x.erofs
