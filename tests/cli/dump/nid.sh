# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref dump --nid 36 x.erofs
