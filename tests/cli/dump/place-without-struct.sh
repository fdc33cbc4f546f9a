# SPDX-License-Identifier: Apache-2.0 OR MIT
erofs-ref dump --at 4 x
