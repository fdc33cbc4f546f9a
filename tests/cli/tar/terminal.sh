# SPDX-License-Identifier: Apache-2.0 OR MIT
image
script -qec 'erofs-ref tar x.erofs' /dev/null
