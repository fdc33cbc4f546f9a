# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref cat --range 12 x.erofs a.txt
