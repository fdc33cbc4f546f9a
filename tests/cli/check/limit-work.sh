# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref check --limit work=10 x.erofs
