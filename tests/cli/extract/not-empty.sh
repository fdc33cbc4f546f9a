# SPDX-License-Identifier: Apache-2.0 OR MIT
image
mkdir out
echo theirs >out/file
erofs-ref extract x.erofs out
code=$?
cat out/*
exit $code
