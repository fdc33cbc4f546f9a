# SPDX-License-Identifier: Apache-2.0 OR MIT
# What a consumer should know before it uses the image.
mkdir t
printf x >t/su
printf x >t/open
ln -s ../../etc t/up
mknod t/disk b 8 1
mknod t/gone c 0 0
chmod 4755 t/su
chmod 666 t/open
image
erofs-ref audit x.erofs | sed -n '/^Hazards/,/^$/p'
erofs-ref audit --json x.erofs |
  python3 -c 'import json, sys
found = json.load(sys.stdin)["hazards"]
print({kind: each["count"] for kind, each in found.items() if each["count"]})'
