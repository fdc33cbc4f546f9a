# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref dump --nid 1G x.erofs
