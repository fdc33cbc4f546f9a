# SPDX-License-Identifier: Apache-2.0 OR MIT
image --chunksize=4096
erofs-ref audit x.erofs
