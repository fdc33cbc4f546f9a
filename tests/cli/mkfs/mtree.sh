# SPDX-License-Identifier: Apache-2.0 OR MIT
mkdir spec
echo hello >spec/a
cat >spec/m <<'END'
#mtree
/set type=file mode=644 time=5.0
. type=dir mode=755
    a size=6
    b contents=a mode=4755
    none optional
    l type=link link=a
..
END
erofs-ref mkfs --quiet --all-root x.erofs spec/m
erofs-ref check x.erofs
erofs-ref ls -l x.erofs
erofs-ref cat x.erofs /b
erofs-ref mkfs y.erofs spec/m || echo "exit $?"
tail -n +2 spec/m >spec/n
erofs-ref mkfs y.erofs spec/n || echo "exit $?"
erofs-ref mkfs --quiet --all-root --mtree y.erofs spec/n
cmp x.erofs y.erofs
sed 's/size=6/size=7/' spec/m >spec/o
erofs-ref mkfs --all-root z.erofs spec/o || echo "exit $?"
[ ! -e z.erofs ]
