# SPDX-License-Identifier: Apache-2.0 OR MIT
# Each limit is a verdict of its own, for every command that looks inside.
image
for limit in work=10 memory=0 depth=0 output=0 time=0; do
  echo "check $limit: $(erofs-ref check --quiet --limit $limit x.erofs) $?"
  for command in 'manifest x.erofs' 'tar x.erofs' 'ls -R x.erofs /' \
    'cat x.erofs /sub/big' 'stat x.erofs /a.txt' 'dump --nid 36 x.erofs' \
    "extract x.erofs out-$limit"; do
    erofs-ref $command --limit $limit >out 2>err
    echo "${command%% *} $limit: $? $(grep -o 'limit\.[a-z]*\.reached' err | head -n 1)"
  done
done
erofs-ref check --quiet --limit time=0 x.erofs >out
