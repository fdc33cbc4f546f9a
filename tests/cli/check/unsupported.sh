# SPDX-License-Identifier: Apache-2.0 OR MIT
# Data of an unknown algorithm never looks clean.
vector unsupported/cluster/format-5
erofs-ref check x.erofs
