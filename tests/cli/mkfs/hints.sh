# SPDX-License-Identifier: Apache-2.0 OR MIT
mkdir t
for name in a.txt b.so c.raw; do seq 1 20000 >t/$name; done
printf '%s\n' '# bytes, compressor, paths' '65536 1 \.so$' '0 raw$' >hints
erofs-ref mkfs --quiet -zlz4:zstd --compress-hints=hints x.erofs t
erofs-ref check x.erofs
for name in a.txt b.so c.raw; do
  erofs-ref stat --map x.erofs /$name | grep -oE 'lz4|zstd|flat-plain|inline' |
    sort -u | tr '\n' ' '
done
echo
echo '4096 2 x' >hints
erofs-ref mkfs -zlz4:zstd --compress-hints=hints y.erofs t || echo "exit $?"
echo '5000 x' >hints
erofs-ref mkfs -zlz4:zstd --compress-hints=hints y.erofs t || echo "exit $?"
echo '4096 [' >hints
erofs-ref mkfs -zlz4 --compress-hints=hints y.erofs t || echo "exit $?"
erofs-ref mkfs --compress-hints=hints y.erofs t || echo "exit $?"
[ ! -e y.erofs ]
