# SPDX-License-Identifier: Apache-2.0 OR MIT
# Seconds, unless it says otherwise; too many of them are no time.
image
for time in 60 90s 90000ms 5m 2h 999999999999999; do
  erofs-ref check --quiet --limit "time=$time" x.erofs
done
for time in '' s 0x10 1K -1 1.5 5d 99999999999999999999h; do
  erofs-ref check --limit "time=$time" x.erofs 2>/dev/null
  echo "$time: $?"
done
