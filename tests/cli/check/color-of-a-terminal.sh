# SPDX-License-Identifier: Apache-2.0 OR MIT
# Colour only on a terminal that can, and not against NO_COLOR.
image
env TERM=xterm script -qec 'erofs-ref check x.erofs' /dev/null | cat -v
env TERM=xterm NO_COLOR=1 script -qec 'erofs-ref check x.erofs' /dev/null | cat -v
env TERM=dumb script -qec 'erofs-ref check x.erofs' /dev/null | cat -v
