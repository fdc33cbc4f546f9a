# SPDX-License-Identifier: Apache-2.0 OR MIT
erofs-ref dump --struct Frob --at 0 x
