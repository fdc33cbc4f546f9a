# SPDX-License-Identifier: Apache-2.0 OR MIT
# Of every vector.
/usr/bin/python3 -B "$ROOT/tests/cli/validate.py" sarif
