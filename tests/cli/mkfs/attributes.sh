# SPDX-License-Identifier: Apache-2.0 OR MIT
mkdir -p t/sub
echo hello >t/sub/a
printf '/.*\tu:r:any:s0\n/system/sub/.*\tu:r:sub:s0\n' >contexts
erofs-ref mkfs --quiet -T0 --all-root --file-contexts=contexts \
  --mount-point=system --xattr-inode-digest=trusted.sum x.erofs t
erofs-ref check x.erofs
erofs-ref manifest x.erofs | grep -o '"path":"[^"]*"\|"xattrs":.*'
erofs-ref mkfs --file-contexts=none y.erofs t || echo "exit $?"
erofs-ref mkfs -x-1 --xattr-inode-digest=user.x y.erofs t || echo "exit $?"
erofs-ref mkfs --sort=none y.erofs t || echo "exit $?"
erofs-ref mkfs --quiet --sort=path --zD -zlz4 y.erofs t
erofs-ref check y.erofs
erofs-ref mkfs --zD z.erofs t || echo "exit $?"
[ ! -e z.erofs ]
