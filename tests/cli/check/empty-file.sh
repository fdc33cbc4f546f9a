# SPDX-License-Identifier: Apache-2.0 OR MIT
: >x.erofs
erofs-ref check x.erofs
