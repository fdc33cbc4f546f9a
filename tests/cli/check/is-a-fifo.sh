# SPDX-License-Identifier: Apache-2.0 OR MIT
mkfifo p
erofs-ref check p
