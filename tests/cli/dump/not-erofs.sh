# SPDX-License-Identifier: Apache-2.0 OR MIT
# The stored bytes are shown even where they make no sense.
head -c 4096 /dev/zero >x
erofs-ref dump x
