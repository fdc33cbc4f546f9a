# SPDX-License-Identifier: Apache-2.0 OR MIT
# An image with settings of algorithms, by hand.
vector valid/cluster/compact-zstd
erofs-ref dump x.erofs | grep Config
erofs-ref dump --json x.erofs | grep -o '"struct":"[A-Za-z0-9]*Config"'
