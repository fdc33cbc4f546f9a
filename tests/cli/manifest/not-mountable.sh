# SPDX-License-Identifier: Apache-2.0 OR MIT
# What Linux does not mount has no manifest.
image
poke x.erofs 1040 ff
erofs-ref manifest x.erofs
