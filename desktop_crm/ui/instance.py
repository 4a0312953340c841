"""One window per customer file: a second start raises the first and hands over the files it was given.

It is a socket of this computer that only the same account may speak to; nothing leaves the computer.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, Signal

from desktop_crm.host.account import account_name

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

_PATIENCE_MS = 1500
_MOST_BYTES = 64 * 1024
_HEARD = b"heard\n"


def address(folder: Path) -> str:
    """The name under which the window of this account on this customer file is spoken to. It tells neither of them."""
    whole = f"{account_name()}\0{folder.expanduser().resolve()}"
    return f"desktop-crm-{hashlib.sha256(whole.encode()).hexdigest()[:24]}"


def raise_first(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Ask the window that is open already to come forward and take these files. False: there is none."""
    if not _may_listen(folder):
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(address(folder))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(json.dumps([str(file.resolve()) for file in files]).encode() + b"\n")
    socket.flush()
    while not socket.canReadLine():
        if not socket.waitForReadyRead(_PATIENCE_MS):
            return False
    return bytes(socket.readLine().data()) == _HEARD


def _may_listen(folder: Path) -> bool:
    """Whether it is worth loading Qt's network library to ask: outside Windows, whoever listens shows as a file."""
    return sys.platform == "win32" or Path(QDir.tempPath(), address(folder)).exists()


class FirstInstance(QObject):
    """Listens for later starts while this window is open."""

    called = Signal(list)
    """Another start: come forward; the paths of the files it was given."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        from PySide6.QtNetwork import QLocalServer

        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._met)
        self._listen(folder)

    @property
    def listening(self) -> bool:
        """Whether later starts will find this window."""
        return self._server.isListening()

    def move(self, folder: Path) -> None:
        """From now on this window is on the customer file of another folder, unless another window is already."""
        self._server.close()
        if not raise_first(folder):
            self._listen(folder)

    def _listen(self, folder: Path) -> None:
        if not self._server.listen(address(folder)):
            # Left behind by a program that was killed: nobody answered there a moment ago.
            self._server.removeServer(address(folder))
            self._server.listen(address(folder))

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()

    def _met(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda heard=socket: self._hear(heard))

    def _hear(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            files = _files_in(bytes(socket.readLine(_MOST_BYTES).data()))
            socket.write(_HEARD)
            socket.flush()
            self.called.emit(files)
        elif socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()


def _files_in(line: bytes) -> list[Path]:
    """The files named in a line; whatever else was sent is taken for no file."""
    try:
        named = json.loads(line)
    except ValueError:
        return []
    if not isinstance(named, list):
        return []
    return [Path(name) for name in named if isinstance(name, str)]
