# SPDX-License-Identifier: Apache-2.0 OR MIT
# Nothing is held where nobody wants it.
tree
head -c 4M /dev/urandom >t/much
image
mkfifo pipe
for flag in --no-sandbox '--sandbox never'; do
  erofs-ref cat $flag x.erofs /much >pipe &
  exec 3<pipe
  head -c 1 <&3 >byte
  grep Seccomp: "/proc/$!/status" | tr -d '[:space:]'
  echo
  exec 3<&-
  wait $! || true
done
