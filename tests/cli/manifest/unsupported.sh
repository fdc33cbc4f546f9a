# SPDX-License-Identifier: Apache-2.0 OR MIT
vector unsupported/cluster/algorithm-4
erofs-ref manifest x.erofs
