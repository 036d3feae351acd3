"""A network drive that misbehaves on command: passes a folder on through FUSE, one process for each computer's mount.

`python drive_server.py BACKING MOUNTPOINT OWN SOCKET` serves until it is unmounted or killed; `drive.Drive` starts it
and tells it through the socket, line by line in JSON, how to behave from now on. The kernel caches no page (direct_io)
and believes no attribute or name for any time, so each file operation of SQLite is one operation here, as it is one
round trip on a drive without leases.

Locks are real locks of the backing file, one open file description (Linux OFD locks) for each lock owner: so they are
shared by all mounts of a folder, and even with a process that uses the folder itself, and die with this process.
"""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter

from drive_folders import Folders, mfusepy
from drive_session import Handle, Locks, Session

BEHAVIOUR = {
    "delay": 0.0,  # seconds each operation takes longer
    "locks": "honest",  # honest | refused | ignored (always granted) | mount (each computer for itself, as with nobrl)
    "write_error": 0.0,  # share of writes that fail with EIO, nothing written
    "write_half": 0.0,  # … that write their first half and fail
    "lost_answer": 0.0,  # … of writes, syncs and truncations that are done, but the answer says EIO
    "fail_write": 0,  # the nth write from now on fails (once) …
    "fail_how": "error",  # … as error | half | lost
    "stale": 0.0,  # seconds for which a size once told is told again, unless the file is opened or written from here
    "seed": 0,
}
SAME = 0.0002  # seconds


class Passing(Folders):
    """The file system."""

    use_ns = True

    def __init__(self, backing: str, own: str) -> None:
        self.backing = backing
        self.how = dict(BEHAVIOUR)
        self.session = Session()
        self.locks = Locks(own)
        self.counts: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self._handles: dict[int, Handle] = {}
        self._next = 0
        self._told: dict[str, tuple[float, dict[str, int]]] = {}
        self._chance = random.Random(0)
        self._looked_up = ("", 0.0)
        self._gate = threading.RLock()
        """A session ends between two operations, never within one: what arrived is done before its locks are let go."""

    def behave(self, **how: object) -> None:
        """Be like this from now on."""
        unknown = set(how) - set(BEHAVIOUR)
        if unknown:
            raise ValueError(f"no such behaviour: {unknown}")
        if "seed" in how:
            self._chance = random.Random(str(how["seed"]))
        self.how.update(how)

    def lose(self, how: str = "error", locks: str = "kept") -> None:
        """Lose the connection; the drive holds this computer's locks on ("kept") or lets them go ("dropped")."""
        with self._gate:
            self.session.back.clear()
            self.session.lost = how
            self.faults["connection lost"] += 1
            if locks == "dropped":
                self.locks.drop()

    def come_back(self, handles: str = "dead", locks: str = "dropped") -> None:
        """Be there again: old handles "dead" or silently "reopened", their locks "kept" or "dropped"."""
        with self._gate:
            if locks == "dropped":
                self.locks.drop()
            self.session.number += 1
            self.session.reopened = handles == "reopened"
            self.session.lost = ""
            self.session.back.set()

    # -- what every operation goes through

    @contextlib.contextmanager
    def _arrived(self, what: str, handle: Handle | None = None, free: bool = False):
        """The way of an operation to the drive; inside the block it is done there."""
        if not free:
            self.counts[what] += 1
            time.sleep(self.how["delay"])
        if self.session.lost == "hang":
            self.session.back.wait()
        with self._gate:
            if self.session.lost:
                raise OSError(errno.EIO, "no connection")
            if handle is not None and handle.session != self.session.number and not self.session.reopened:
                raise OSError(errno.EIO, "this handle is of a session that is gone")
            yield

    def _is_same_question(self, path: str) -> bool:
        """Whether Linux asks twice for one system call: for the name, then for its attributes or to open it."""
        asked, at = self._looked_up
        return asked == path and time.monotonic() - at < SAME

    def _fault(self, written: bool) -> str:
        """The fault that this operation gets: "", "error", "half" or "lost"."""
        if written and self.how["fail_write"]:
            self.how["fail_write"] -= 1
            if not self.how["fail_write"]:
                return str(self.how["fail_how"])
        at = self._chance.random()
        for name, kind in (("lost_answer", "lost"), ("write_error", "error"), ("write_half", "half")):
            if at < self.how[name] and (written or kind == "lost"):
                return kind
            at -= self.how[name]
        return ""

    def _fail(self, kind: str) -> None:
        self.faults[kind] += 1
        raise OSError(errno.EIO, kind)

    def _real(self, path: str) -> str:
        return self.backing + path

    def _handle(self, fi: object) -> Handle:
        return self._handles[fi.fh]

    def _keep(self, fd: int, fi: object, path: str) -> int:
        self._next += 1
        self._handles[self._next] = Handle(fd, self.session.number, path)
        fi.fh, fi.direct_io = self._next, 1
        return 0

    # -- files

    def getattr(self, path, fi=None):
        handle = self._handle(fi) if fi is not None else None
        with self._arrived("getattr", handle, free=self._is_same_question(path)):
            found = self._attributes(path, handle)
        self._looked_up = path, time.monotonic()
        return found

    def _attributes(self, path, handle):
        told = self._told.get(path)
        if told and self.how["stale"] and time.monotonic() - told[0] < self.how["stale"]:
            self.faults["stale"] += 1
            return told[1]
        at = os.fstat(handle.fd) if handle else os.lstat(self._real(path))
        found = {
            name: getattr(at, name)
            for name in ("st_mode", "st_nlink", "st_uid", "st_gid", "st_size", "st_ino", "st_blocks")
        }
        found |= {f"st_{when}time": getattr(at, f"st_{when}time_ns") for when in "amc"}
        self._told[path] = time.monotonic(), found
        return found

    def access(self, path, amode):
        with self._arrived("access"):
            if not os.access(self._real(path), amode):
                raise OSError(errno.EACCES, path)
            return 0

    def open(self, path, fi):
        with self._arrived("open", free=self._is_same_question(path)):
            self._told.pop(path, None)  # who opens a file is told its size of now
            return self._keep(os.open(self._real(path), fi.flags & ~os.O_CREAT & ~os.O_EXCL), fi, path)

    def create(self, path, mode, fi):
        with self._arrived("create"):
            return self._keep(os.open(self._real(path), fi.flags | os.O_CREAT, mode), fi, path)

    def read(self, path, size, offset, fi):
        handle = self._handle(fi)
        with self._arrived("read", handle):
            return os.pread(handle.fd, size, offset)

    def write(self, path, data, offset, fi):
        handle = self._handle(fi)
        with self._arrived("write", handle):
            self._told.pop(path, None)
            fault = self._fault(True)
            if fault == "error":
                self._fail(fault)
            if fault == "half":
                os.pwrite(handle.fd, data[: len(data) // 2], offset)
                self._fail(fault)
            done = os.pwrite(handle.fd, data, offset)
            if fault:
                self._fail(fault)
            return done

    def truncate(self, path, length, fi=None):
        handle = self._handle(fi) if fi is not None else None
        with self._arrived("truncate", handle):
            self._told.pop(path, None)
            os.truncate(handle.fd if handle else self._real(path), length)
            if self._fault(False):
                self._fail("lost")
            return 0

    def fsync(self, path, datasync, fi):
        handle = self._handle(fi)
        with self._arrived("fsync", handle):
            # not passed on: what a power failure of the server leaves is not what is tested here
            if self._fault(False):
                self._fail("lost")
            return 0

    def flush(self, path, fi):
        self.counts["flush"] += 1  # Windows and SMB know no such thing: it costs nothing here
        handle = self._handle(fi)
        if not self.session.lost and (handle.session == self.session.number or self.session.reopened):
            self.locks.drop(handle.inode, fi.lock_owner)
        return 0

    def release(self, path, fi):
        self.counts["release"] += 1
        handle = self._handles.pop(fi.fh)
        os.close(handle.fd)
        return 0

    def lock(self, path, fi, cmd, lock):
        handle, wanted = self._handle(fi), lock.contents if hasattr(lock, "contents") else _as_flock(lock)
        kind = wanted.l_type
        with self._arrived("unlock" if kind == fcntl.F_UNLCK else "lock", handle):
            how = self.how["locks"]
            if how == "refused" and kind != fcntl.F_UNLCK:
                self.faults["lock refused"] += 1
                raise OSError(errno.ENOLCK, "no locks here")
            if how == "ignored":
                if cmd == fcntl.F_GETLK:
                    wanted.l_type = fcntl.F_UNLCK
                return 0
            place = kind, wanted.l_start, wanted.l_len, how == "honest"
            if cmd == fcntl.F_GETLK:
                found = self.locks.get(handle, fi.lock_owner, *place)
                wanted.l_type, wanted.l_whence, wanted.l_start, wanted.l_len = found[:4]
                return 0
            self.locks.set(handle, fi.lock_owner, *place)
            return 0


def _as_flock(lock: object) -> mfusepy.c_flock_t:
    return ctypes.cast(lock, ctypes.POINTER(mfusepy.c_flock_t)).contents


def obey(drive: Passing, path: str, mountpoint: str) -> None:
    """Do what the test wants: one line of JSON in, one out; when the test is gone, so is the drive."""
    door = socket.socket(socket.AF_UNIX)
    door.bind(path)
    door.listen()
    visitor, _who = door.accept()
    with visitor.makefile("rw") as talk:
        for line in talk:
            wanted = json.loads(line)
            talk.write(json.dumps(_answer(drive, wanted.pop("do"), wanted)) + "\n")
            talk.flush()
    unmount(mountpoint)
    os._exit(0)


def unmount(mountpoint: str) -> None:
    """Take the drive away, whoever is using it."""
    as_root = ["umount", "-l"] if os.geteuid() == 0 else ["fusermount3", "-u", "-z"]
    subprocess.run([*as_root, mountpoint], check=False, capture_output=True)


def _answer(drive: Passing, what: str, named: dict[str, object]) -> dict[str, object]:
    try:
        if what == "counts":
            return {"counts": dict(drive.counts), "faults": dict(drive.faults)}
        {"behave": drive.behave, "lose": drive.lose, "come_back": drive.come_back}[what](**named)
        return {}
    except Exception as error:
        return {"error": repr(error)}


def main(backing: str, mountpoint: str, own: str, door: str) -> None:
    """Serve until unmounted; `own` is an empty folder for locks that nobody else sees."""
    drive = Passing(backing, own)
    threading.Thread(target=obey, args=(drive, door, mountpoint), daemon=True).start()
    with contextlib.suppress(RuntimeError):
        mfusepy.FUSE(
            drive, mountpoint, raw_fi=True, foreground=True, fsname="crm-test-drive", subtype="crmtest",
            attr_timeout=0, entry_timeout=0, negative_timeout=0,
        )  # fmt: skip
    drive.locks.drop()


if __name__ == "__main__":
    main(*sys.argv[1:])
