# SPDX-License-Identifier: Apache-2.0 OR MIT
image
poke x.erofs 1036 ff
erofs-ref check --format junit x.erofs >check.xml
code=$?
head -n 6 check.xml
grep -A1 '<failure ' check.xml
exit $code
