# SPDX-License-Identifier: Apache-2.0 OR MIT
echo junk >x.erofs
erofs-ref audit x.erofs
