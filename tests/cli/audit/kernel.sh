# SPDX-License-Identifier: Apache-2.0 OR MIT
# What the machine that shall mount it lacks; nothing against the image.
image --chunksize=4096
for kernel in 5.4 5.10 5.15 6.1 6.6 6.12 6.18; do
  erofs-ref check --kernel $kernel --quiet x.erofs
  echo "$kernel: $?"
done
erofs-ref check --kernel 5.10 x.erofs
