# SPDX-License-Identifier: Apache-2.0 OR MIT
mkdir d
erofs-ref check d
