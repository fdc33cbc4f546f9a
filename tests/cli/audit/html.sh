# SPDX-License-Identifier: Apache-2.0 OR MIT
# One page, the worst finding first, drawn and explained.
image
poke x.erofs 1036 ff
erofs-ref audit --format html x.erofs
