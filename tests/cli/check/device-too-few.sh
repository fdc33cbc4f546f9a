# SPDX-License-Identifier: Apache-2.0 OR MIT
vector valid/device/two-blobs
erofs-ref check --quiet --device x.blob1 x.erofs
