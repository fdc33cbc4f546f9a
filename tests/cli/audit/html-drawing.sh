# SPDX-License-Identifier: Apache-2.0 OR MIT
# Where the bytes are known they are drawn; nothing is fetched or run.
image
erofs-ref audit --format html x.erofs >page
grep -c '<svg ' page
grep -cE '<script|https?:|src=|url\(|@import' page
grep -c '<p>none</p>' page
