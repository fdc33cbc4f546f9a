# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref ls --json x.erofs sub
