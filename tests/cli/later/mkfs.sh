# SPDX-License-Identifier: Apache-2.0 OR MIT
erofs-ref mkfs -zlz4 x d
