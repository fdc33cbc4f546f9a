# SPDX-License-Identifier: Apache-2.0 OR MIT
# What links of the image lead to is neither written nor touched.
mkdir outside
echo kept >outside/file
touch -d @5 outside/file outside
mkdir t
ln -s "$PWD/outside/file" t/absolute
ln -s ../outside t/climbing
ln -s /proc/self/fd/1 t/magic
image
erofs-ref extract --no-owner x.erofs out
stat -c '%n %F' out/*
stat -c '%n %Y' outside outside/file
cat outside/file
