# SPDX-License-Identifier: Apache-2.0 OR MIT
vector malformed/content/plain-far
erofs-ref ls -R x.erofs >paths
while read -r p; do erofs-ref cat x.erofs "$p"; done <paths 2>&1 | grep -c content.plain.within-device
