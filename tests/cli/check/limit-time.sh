# SPDX-License-Identifier: Apache-2.0 OR MIT
# No time at all is over before the first step.
image
erofs-ref check --limit time=0 x.erofs
