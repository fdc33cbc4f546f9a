# SPDX-License-Identifier: Apache-2.0 OR MIT
image
erofs-ref extract --limit output=4K --no-owner x.erofs out
