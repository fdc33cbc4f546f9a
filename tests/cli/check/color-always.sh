# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref check --color always x.erofs | cat -v
