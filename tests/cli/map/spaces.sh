# SPDX-License-Identifier: Apache-2.0 OR MIT
vector valid/device/two-blobs
erofs-ref map --device x.blob1 --device x.blob2 x.erofs
