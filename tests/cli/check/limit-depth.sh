# SPDX-License-Identifier: Apache-2.0 OR MIT
mkdir -p t/1/2/3/4
image
erofs-ref check --quiet --limit depth=2 x.erofs
