# SPDX-License-Identifier: Apache-2.0 OR MIT
# Who waits for a slow reader is over its time by the next file, at the latest.
tree
head -c 1M /dev/urandom >t/much
image
erofs-ref cat --limit time=1ms x.erofs /much /a.txt /much 2>err |
  { sleep 1; cat; } >much
code=${PIPESTATUS[0]}
echo "$code $(grep -q 'limit.time.reached.*raise it with --limit time=' err) $?"
