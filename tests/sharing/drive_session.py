"""What a computer has of a drive: its session, its open files and their locks; see drive_server.py."""

import fcntl
import os
import struct
import threading


class Session:
    """What the computer has of the drive: gone when the connection is lost, and then come back somehow."""

    def __init__(self) -> None:
        self.number = 0
        self.lost = ""
        """How operations fail while there is no connection: "", "error" or "hang"."""
        self.reopened = False
        """Whether handles of an earlier session live on (the dangerous kind) or are dead."""
        self.back = threading.Event()
        self.back.set()


class Handle:
    """One open file."""

    def __init__(self, fd: int, session: int, path: str) -> None:
        self.fd, self.session, self.path = fd, session, path
        self.inode = os.fstat(fd).st_ino


class Locks:
    """Byte-range locks by (file, owner)."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._files: dict[tuple[int, int, bool], int] = {}
        self._guard = threading.Lock()

    def _file(self, handle: Handle, owner: int, shared: bool) -> int:
        key = (handle.inode, owner, shared)
        with self._guard:
            if key not in self._files:
                target = f"/proc/self/fd/{handle.fd}" if shared else f"{self._own}/{handle.inode}"
                self._files[key] = os.open(target, os.O_RDWR | os.O_CREAT, 0o600)
            return self._files[key]

    def set(self, handle: Handle, owner: int, kind: int, start: int, length: int, shared: bool) -> None:
        """Lock or unlock; OSError EAGAIN when somebody else is in the way."""
        places = (shared,) if kind != fcntl.F_UNLCK else (True, False)
        for place in places:
            if kind == fcntl.F_UNLCK and (handle.inode, owner, place) not in self._files:
                continue
            wanted = _flock(kind, start, length)
            fcntl.fcntl(self._file(handle, owner, place), fcntl.F_OFD_SETLK, wanted)

    def get(self, handle: Handle, owner: int, kind: int, start: int, length: int, shared: bool) -> tuple[int, ...]:
        """Who is in the way: (type, whence, start, length, pid) as fcntl tells it."""
        answer = fcntl.fcntl(self._file(handle, owner, shared), fcntl.F_OFD_GETLK, _flock(kind, start, length))
        return struct.unpack("hhqqi4x", answer)

    def drop(self, inode: int | None = None, owner: int | None = None) -> None:
        """Forget the locks of an owner on a file, or all."""
        with self._guard:
            for key in [k for k in self._files if (inode is None or k[:2] == (inode, owner))]:
                os.close(self._files.pop(key))


def _flock(kind: int, start: int, length: int) -> bytes:
    return struct.pack("hhqqi4x", kind, os.SEEK_SET, start, length, 0)
