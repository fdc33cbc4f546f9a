# SPDX-License-Identifier: Apache-2.0 OR MIT
erofs-ref check --limit space=5 x
