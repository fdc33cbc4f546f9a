# SPDX-License-Identifier: Apache-2.0 OR MIT
# Every thread count gives the same tree.
tree
head -c 9000000 /dev/zero | tr '\0' y >t/sub/large
seq 400000 >t/sub/numbers
image -zlz4
for jobs in 1 2 7; do
  erofs-ref extract --quiet --no-owner --jobs $jobs x.erofs out$jobs
done
rm t/pipe
diff -r --no-dereference t out1 && diff -r --no-dereference t out2 &&
  diff -r --no-dereference t out7
