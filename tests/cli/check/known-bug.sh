# SPDX-License-Identifier: Apache-2.0 OR MIT
# The trace of a known fault says who left it and who does not.
image=$ROOT/conformance/vectors/advisory/cluster/fragments-all-at-0.erofs
erofs-ref check "$image"
erofs-ref check --json "$image" | grep -A2 known_bugs
