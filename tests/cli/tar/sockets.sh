# SPDX-License-Identifier: Apache-2.0 OR MIT
# Everything but the socket is there, and the archive is whole.
vector valid/directory/file-type-each
erofs-ref tar -o x.tar x.erofs && tar -tf x.tar
