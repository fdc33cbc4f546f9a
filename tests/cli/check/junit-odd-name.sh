# SPDX-License-Identifier: Apache-2.0 OR MIT
# Any name of a file is fit for XML.
image
mv x.erofs $'<&">\x01\xff'
erofs-ref check --format junit $'<&">\x01\xff' | sed -n 2,3p | cut -d ' ' -f 1-4
