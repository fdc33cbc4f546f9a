# SPDX-License-Identifier: Apache-2.0 OR MIT
# The version is that of the project.
erofs-ref --version; grep -q "VERSION $(erofs-ref --version | cut -d' ' -f2) " "$ROOT/CMakeLists.txt"
