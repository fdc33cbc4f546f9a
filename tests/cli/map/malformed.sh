# SPDX-License-Identifier: Apache-2.0 OR MIT
vector malformed/content/plain-far
erofs-ref map --totals x.erofs
