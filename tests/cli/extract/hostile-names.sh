# SPDX-License-Identifier: Apache-2.0 OR MIT
# Names with slashes, dots and NULs: each image is refused, and nothing is
# made beside the directory.
mkdir here
cd here
for image in "$VECTORS"/malformed/directory/*.erofs; do
  erofs-ref extract --no-owner "$image" out >log 2>&1
  [ $? -eq 1 ] || { echo "$image:"; cat log; }
  rm -rf out log
  ls -A . ..
done | sort -u
