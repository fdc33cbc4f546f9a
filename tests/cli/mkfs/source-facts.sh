# SPDX-License-Identifier: Apache-2.0 OR MIT
mkdir -p t/secret
echo one >t/a
ln t/a t/b
touch -d @1000 t/a
touch -d @9000 t t/secret
SOURCE_DATE_EPOCH=5000 erofs-ref mkfs --quiet --exclude-path=/secret/ x.erofs t
erofs-ref manifest x.erofs | grep -o '"path":"[^"]*"\|"mtime_sec":[0-9]*\|"nlink":[0-9]*'
erofs-ref mkfs --quiet --hard-dereference -T7 x.erofs t
erofs-ref manifest x.erofs | grep -c '"nlink":1'
SOURCE_DATE_EPOCH=soon erofs-ref mkfs x.erofs t || echo "exit $?"
