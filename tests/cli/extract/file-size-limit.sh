# SPDX-License-Identifier: Apache-2.0 OR MIT
# A file that may not grow any more is a failure to tell, not a sudden end.
image
apart
( ulimit -f 8; erofs-ref extract --quiet x.erofs out )
