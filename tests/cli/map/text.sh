# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref map x.erofs
