# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref extract --quiet --no-owner x.erofs out
