# SPDX-License-Identifier: Apache-2.0 OR MIT
printf old >x.erofs
erofs-ref mkfs x.erofs none || echo "exit $?"
cat x.erofs
echo
