# SPDX-License-Identifier: Apache-2.0 OR MIT
# Advisory findings are shown and change no exit code.
image -Enosbcrc
erofs-ref check x.erofs
