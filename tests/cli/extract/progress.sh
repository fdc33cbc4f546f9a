# SPDX-License-Identifier: Apache-2.0 OR MIT
# On a terminal there is a line, but only of what takes long; nothing of it
# stays behind.
image
script -qec 'erofs-ref extract --quiet --no-owner x.erofs out' /dev/null
