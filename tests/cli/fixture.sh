# SPDX-License-Identifier: Apache-2.0 OR MIT
# Read before every case: small trees and images to look at.
umask 022

# tree: the folder `t` with a file of each plain kind.
tree() {
  mkdir -p t/sub
  printf 'hello\n' >t/a.txt
  head -c 20000 /dev/zero | tr '\0' x >t/sub/big
  ln -s ../a.txt t/sub/link
  ln t/a.txt t/hard
  mkfifo t/pipe
  printf 'odd\n' >'t/a "b'
}

# image [MKFS ARGUMENT]...: x.erofs of `t`, the same each time.
image() {
  [ -d t ] || tree
  mkfs.erofs --quiet -T1000 -U1b4e28ba-2fa1-11d2-883f-0016d3cca427 -x-1 \
    --all-root "$@" x.erofs t >mkfs.log 2>&1 || cat mkfs.log >&2
}

# vector PATH: a conformance vector, with its blobs, as x.erofs, x.blob1 ...
vector() {
  local from="$VECTORS/$1" file
  for file in "$from".erofs "$from".blob*; do
    [ ! -f "$file" ] || cp "$file" "x.${file##*.}"
  done
}

# poke FILE BYTE HEX: overwrites bytes in place.
poke() {
  printf '%b' "$(printf '%s' "$3" | sed 's/../\\x&/g')" |
    dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# apart: what runs from here on, as whatever user, has a place of its own for
# the counters of a coverage build, and does not tell what becomes of them: it
# may not write to those of the others, or would cut them short and every
# later run would trip over them.
apart() {
  chmod 0711 ..
  mkdir -m 0777 counters
  export GCOV_PREFIX="$PWD/counters" GCOV_ERROR_FILE=/dev/null
}
