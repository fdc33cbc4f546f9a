# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref tar -o no/such.tar x.erofs
