# SPDX-License-Identifier: Apache-2.0 OR MIT
mkdir t
ln -s b t/a
ln -s a t/b
image
erofs-ref cat x.erofs /a
