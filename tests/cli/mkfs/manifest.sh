# SPDX-License-Identifier: Apache-2.0 OR MIT
printf '%s\n' \
  '{"path":"/","type":"dir","mode":"0755","uid":0,"gid":0,"nlink":2,"size":0,"ino":1,"mtime_sec":5,"mtime_nsec":0}' \
  '{"path":"/a","type":"reg","mode":"0644","uid":1,"gid":2,"nlink":1,"size":3,"ino":2,"mtime_sec":5,"mtime_nsec":0,"data":"YWJj"}' \
  >lines
erofs-ref mkfs --quiet x.erofs lines
erofs-ref check x.erofs
erofs-ref cat x.erofs /a
