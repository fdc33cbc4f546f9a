# SPDX-License-Identifier: Apache-2.0 OR MIT
cat >d <<'END'
/ 0 40755 3 0 0 0 1.0 - - -
/a 3 100644 2 1 2 0 5.6 - a\nb - user.k=v
/b 0 @100644 1 0 0 0 0.0 /a - -
/far 12345 100644 1 0 0 0 1.0 ab/cd - -
END
erofs-ref mkfs --quiet x.erofs d
erofs-ref check x.erofs
erofs-ref cat x.erofs /b
erofs-ref manifest x.erofs | grep -E '"/(far|7f)"' |
  sed 's/"ino":[0-9]*,//; s/"sha256":"[0-9a-f]*",//'
grep -v far d >e
erofs-ref mkfs --quiet --plain-dump x.erofs e
erofs-ref ls x.erofs
erofs-ref mkfs --plain-dump y.erofs d || echo "exit $?"
erofs-ref mkfs -x-1 y.erofs d || echo "exit $?"
echo '/c 1 100644 1 0 0 0 1.0 - ab -' >>d
erofs-ref mkfs y.erofs d || echo "exit $?"
[ ! -e y.erofs ]
