# SPDX-License-Identifier: Apache-2.0 OR MIT
# What can be printed is printed.
image
erofs-ref cat x.erofs /nope /a.txt
