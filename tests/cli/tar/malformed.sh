# SPDX-License-Identifier: Apache-2.0 OR MIT
vector malformed/directory/name-with-slash
erofs-ref tar -o x.tar x.erofs
