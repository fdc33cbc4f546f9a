# SPDX-License-Identifier: Apache-2.0 OR MIT
mkdir t
echo inside >t/file
ln -s ../../../../file t/up
ln -s /file t/absolute
image
erofs-ref cat x.erofs up absolute
