# SPDX-License-Identifier: Apache-2.0 OR MIT
# Whatever is wrong with an image, nothing appears beside the directory.
mkdir here
cd here
find "$VECTORS"/malformed "$VECTORS"/invalid -name '*.erofs' | sort |
  while read -r image; do
    timeout 20 erofs-ref extract --limit output=64M "$image" out >log 2>&1
    code=$?
    [ $code -le 5 ] && [ $code -ne 2 ] || { echo "$image: $code"; cat log; }
    chmod -R u+rwx out 2>/dev/null
    rm -rf out log
    [ -z "$(ls -A .)" ] || { echo "$image left"; ls -A .; }
  done
ls -A ..
