"""One running copy per person and PC: a second one hands its file to the first and ends."""

from __future__ import annotations

import getpass
import hashlib
import os
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 500


def _name() -> str:
    """The name of this person's program on this PC (a test has its own home, and so its own)."""
    who = f"{getpass.getuser()}|{os.environ.get('CRM_DESKTOP_HOME', '')}|{os.environ.get('XDG_CONFIG_HOME', '')}"
    return "crm-desktop-" + hashlib.sha256(who.encode()).hexdigest()[:16]


def hand_over(path: str) -> bool:
    """Give the file to the copy that runs already; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name())
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(path.encode() + b"\n")
    socket.waitForBytesWritten(WAIT_MS)
    socket.waitForDisconnected(WAIT_MS)
    return True


class Listener(QObject):
    """The first copy: hears what later ones want."""

    asked = Signal(str)
    """A path, or the empty text for "come to the front"."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        QLocalServer.removeServer(_name())  # left over from a copy that crashed
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        self._server.listen(_name())

    def close(self) -> None:
        """The program ends: who starts it again now gets a new one."""
        self._server.close()

    def _hear(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is None:
            return
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(partial(self._read, socket))
        self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            line = bytes(socket.readLine().data()).decode().strip()
            socket.disconnectFromServer()
            self.asked.emit(line)
