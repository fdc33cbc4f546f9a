# SPDX-License-Identifier: Apache-2.0 OR MIT
"""An image mounted read-only by the running kernel, for one process.

The mount lives in a mount namespace of its own and ends with the process, so
nothing of it can stay behind. Only images of unmodified writers may ever be
given to a kernel.
"""

import ctypes
import errno
import os
import tempfile

CLONE_NEWNS = 0x00020000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REC, MS_PRIVATE = 0x4000, 0x40000
MNT_DETACH = 2

# What mount(2) says where not the image but the machine is at fault: no
# permission, no erofs, or no file-backed mount (or on a filesystem that
# cannot serve one).
UNABLE = (errno.EPERM, errno.ENODEV, errno.ENOTBLK, errno.ENOSYS)

_libc = ctypes.CDLL(None, use_errno=True)


class Unable(Exception):
    """This machine cannot mount any image."""


def _call(function, *arguments):
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _mount(source, target, kind, flags, options):
    _call(_libc.mount, source, target, kind, ctypes.c_ulong(flags), options)


def enter_namespace():
    """From here on this process sees mounts that nobody else sees."""
    try:
        _call(_libc.unshare, CLONE_NEWNS)
        _mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    except OSError as error:
        raise Unable(f"no mount namespace: {error.strerror}") from None


class Mounted:
    """with Mounted(image, devices, offset) as directory: ...

    Programs and devices in it are of no use unless it is `executable`.
    """

    def __init__(self, image, devices=(), offset=0, executable=False):
        self.flags = MS_RDONLY | MS_NOSUID
        self.flags |= 0 if executable else MS_NODEV | MS_NOEXEC
        self.image = os.path.abspath(image)
        self.options = [f"device={os.path.abspath(d)}" for d in devices]
        if offset:
            self.options.append(f"fsoffset={offset}")
        self.directory = None

    def __enter__(self):
        self.directory = tempfile.mkdtemp(prefix="erofs-walk.")
        try:
            _mount(os.fsencode(self.image), os.fsencode(self.directory),
                   b"erofs", self.flags,
                   os.fsencode(",".join(self.options)))
        except OSError as error:
            os.rmdir(self.directory)
            if error.errno in UNABLE:
                raise Unable(f"mount: {error.strerror}") from None
            raise
        return self.directory

    def __exit__(self, *_):
        _libc.umount2(os.fsencode(self.directory), MNT_DETACH)
        os.rmdir(self.directory)
