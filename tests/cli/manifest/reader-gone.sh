# SPDX-License-Identifier: Apache-2.0 OR MIT
# Nobody reads on: no signal, no message, exit code 5.
tree
for i in $(seq 3000); do : >t/$i; done
image
erofs-ref manifest x.erofs | head -n 1 | cut -c1-12
exit "${PIPESTATUS[0]}"
