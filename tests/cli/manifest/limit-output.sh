# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref manifest --limit output=1K x.erofs
