# SPDX-License-Identifier: Apache-2.0 OR MIT
mkdir t
seq 1 1000 >t/a
echo hello >t/b
ln -s a t/link
tar --format=pax --sort=name -C t -cf x.tar .
erofs-ref mkfs --quiet --tar=i x.erofs x.tar
erofs-ref check --device x.tar x.erofs || echo "exit $?"
erofs-ref cat --device x.tar x.erofs /a | cmp - t/a
erofs-ref cat --device x.tar x.erofs /b
gzip x.tar
erofs-ref mkfs --tar=i y.erofs x.tar.gz || echo "exit $?"
[ ! -e y.erofs ]
