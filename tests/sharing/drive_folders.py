"""What a drive does with folders, names and attributes: nothing but passing it on; see drive_server.py."""

import os
from ctypes.util import find_library

os.environ.setdefault("FUSE_LIBRARY_NAME", "fuse3" if find_library("fuse3") else "fuse")

import mfusepy


class Folders(mfusepy.Operations):
    """Each operation takes its way to the drive through `_arrived`."""

    def readdir(self, path, fi):
        with self._arrived("readdir"):
            return [".", "..", *os.listdir(self._real(path))]

    def mkdir(self, path, mode):
        with self._arrived("mkdir"):
            os.mkdir(self._real(path), mode)
            return 0

    def rmdir(self, path):
        with self._arrived("rmdir"):
            os.rmdir(self._real(path))
            return 0

    def unlink(self, path):
        with self._arrived("unlink"):
            os.unlink(self._real(path))
            return 0

    def rename(self, old, new):
        with self._arrived("rename"):
            os.rename(self._real(old), self._real(new))
            return 0

    def chmod(self, path, mode):
        with self._arrived("chmod"):
            os.chmod(self._real(path), mode)
            return 0

    def chown(self, path, uid, gid):
        self.counts["chown"] += 1  # SQLite does that for root alone
        os.chown(self._real(path), uid, gid)
        return 0

    def utimens(self, path, times=None):
        with self._arrived("utimens"):
            os.utime(self._real(path), ns=times)
            return 0

    def statfs(self, path):
        with self._arrived("statfs"):
            found = os.statvfs(self._real(path))
            return {name: getattr(found, name) for name in dir(found) if name.startswith("f_")}
