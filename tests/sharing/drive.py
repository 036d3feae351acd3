"""Mounts of a shared folder that tests can make slow, forgetful, dishonest or disappear; see drive_server.py."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

FREE = ("flush", "release", "chown")
"""What Linux tells the drive, and a network drive would not have to answer."""
SERVER = Path(__file__).with_name("drive_server.py")


class Drive:
    """One computer's mount of a folder: `path` is where it sees it."""

    def __init__(self, backing: Path) -> None:
        self._place = Path(tempfile.mkdtemp(prefix="crm-drive-"))
        self.path = self._place / "mount"
        (self._place / "own").mkdir()
        self.path.mkdir()
        self._door = str(self._place / "door")
        with (self._place / "said").open("w") as said:
            self._server = subprocess.Popen(
                [sys.executable, SERVER, backing, self.path, self._place / "own", self._door], stdout=said, stderr=said
            )
        self._talk = socket.socket(socket.AF_UNIX)
        self._lines = self._talk.makefile("rw")
        try:
            self._await_mount()
        except BaseException:
            self.unmount()
            raise

    def _await_mount(self) -> None:
        until = time.monotonic() + 15
        while not (_mounted(self.path) and self._is_heard()):
            if self._server.poll() is not None or time.monotonic() > until:
                said = (self._place / "said").read_text()
                raise OSError(f"the drive could not be mounted: {said.strip()[-400:]}")
            time.sleep(0.02)

    def _is_heard(self) -> bool:
        try:
            self._talk.connect(self._door)
        except OSError:
            return False
        return True

    def _tell(self, what: str, **named: object) -> dict[str, object]:
        self._lines.write(json.dumps({"do": what, **named}) + "\n")
        self._lines.flush()
        answer = json.loads(self._lines.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def behave(self, **how: object) -> None:
        """From now on: delay, locks, write_error, write_half, lost_answer, fail_write, stale …, see BEHAVIOUR."""
        self._tell("behave", **how)

    def lose(self, how: str = "error", locks: str = "kept") -> None:
        """Lose the connection: operations fail ("error") or wait ("hang"); the server keeps or drops the locks."""
        self._tell("lose", how=how, locks=locks)

    def come_back(self, handles: str = "dead", locks: str = "dropped") -> None:
        """Be there again, with dead or silently reopened handles, with or without the locks they had."""
        self._tell("come_back", handles=handles, locks=locks)

    def counts(self) -> dict[str, int]:
        """Operations since the beginning, by kind."""
        return self._tell("counts")["counts"]

    def trips(self) -> int:
        """Operations that a network drive would have to be asked for."""
        return sum(n for what, n in self.counts().items() if what not in FREE)

    def faults(self) -> dict[str, int]:
        """Faults since the beginning, by kind."""
        return self._tell("counts")["faults"]

    def unmount(self) -> None:
        """End it, whatever it is doing; who is still waiting for it gets an error."""
        self._lines.close()
        self._talk.close()
        with contextlib.suppress(ProcessLookupError):
            self._server.send_signal(signal.SIGKILL)
        self._server.wait()
        for _try in range(5):
            if not _mounted(self.path):
                break
            _unmount(self.path)
        shutil.rmtree(self._place, ignore_errors=True)


def _mounted(path: Path) -> bool:
    with open("/proc/self/mounts") as mounts:
        return any(line.split()[1] == str(path) for line in mounts)


def _unmount(path: Path) -> None:
    as_root = ["umount", "-l"] if os.geteuid() == 0 else ["fusermount3", "-u", "-z"]
    subprocess.run([*as_root, path], check=False, capture_output=True)


@cache
def missing() -> str:
    """Why no such drive can be had here; empty when one can."""
    if not sys.platform.startswith("linux"):
        return "needs FUSE on Linux"
    if not os.path.exists("/dev/fuse"):
        return "needs /dev/fuse"
    with tempfile.TemporaryDirectory() as folder:
        try:
            Drive(Path(folder)).unmount()
        except OSError as error:
            return str(error)
    return ""
