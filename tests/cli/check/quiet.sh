# SPDX-License-Identifier: Apache-2.0 OR MIT
vector malformed/superblock/checksum-wrong
erofs-ref check --quiet x.erofs
