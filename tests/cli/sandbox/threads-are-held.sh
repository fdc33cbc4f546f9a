# SPDX-License-Identifier: Apache-2.0 OR MIT
# While a reader that stops in the middle lets it wait, every thread of it is
# held to its system calls and gets no new privileges.
tree
head -c 4M /dev/urandom >t/much
image
mkfifo pipe
# Builds that are instrumented go without.
wanted=2 privileges=1
if erofs-ref --version | grep -q instrumented; then wanted=0 privileges=0; fi
for command in 'cat x.erofs /much' 'tar x.erofs' \
  'cat --limit time=1h x.erofs /much'; do
  erofs-ref $command >pipe &
  exec 3<pipe
  head -c 1 <&3 >byte
  for status in "/proc/$!/task/"*/status; do
    grep -qx "Seccomp:[[:space:]]*$wanted" "$status" || echo "$command: calls"
    grep -qx "NoNewPrivs:[[:space:]]*$privileges" "$status" ||
      echo "$command: privileges"
  done
  [ -s byte ] && echo "${command%% *} was looked at"
  exec 3<&-
  wait $! || true
done
