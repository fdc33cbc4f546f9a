# SPDX-License-Identifier: Apache-2.0 OR MIT
# The same log as that of check.
image
poke x.erofs 1036 ff
erofs-ref check --format sarif x.erofs >check.sarif
erofs-ref audit --format sarif x.erofs >audit.sarif
code=$?
cmp check.sarif audit.sarif
head -n 12 audit.sarif
exit $code
