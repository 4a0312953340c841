"""One window per customer file: a second start raises the first and hands over the files it was given, or has it lock.

It is a socket of this computer that only the same account may speak to; nothing leaves the computer. Outside Windows it
lies in a folder that no other account can put anything into: whoever listens in there is this account.

Who is the first is settled by a lock before anything slow is done. Whoever holds it may take away what lies at the
address; whoever does not waits until the first, which may still be starting, listens and answers.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDeadlineTimer, QDir, QLockFile, QObject, QThread, Signal
from shiboken6 import isValid

from desktop_crm.host.account import account_name
from desktop_crm.host.files import make_private_folder
from desktop_crm.host.instance import Locking
from desktop_crm.host.preferences import config_dir
from desktop_crm.words import Problem

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

_PATIENCE_MS = 1500
_STARTING_MS = 30_000
"""So long a first window may take to start on a busy computer."""
_AGAIN_MS = 50
_MOST_BYTES = 64 * 1024
_HEARD = b"heard\n"
_LOCK = "lock"
"""Said instead of a list of files."""
_LONGEST = 100
"""Bytes of a path; the path of a socket may have 103 on a Mac and 107 on Linux."""


def address(folder: Path) -> str:
    """Where the window of this account on this customer file is spoken to. The name tells neither of them."""
    whole = f"{account_name()}\0{folder.expanduser().resolve()}"
    name = f"desktop-crm-{hashlib.sha256(os.fsencode(whole)).hexdigest()[:24]}"
    if sys.platform == "win32":
        return name
    paths = (place / name for place in _places())
    return str(next((path for path in paths if len(os.fsencode(path)) <= _LONGEST), _shortest() / name))


def _places() -> Iterator[Path]:
    """Folders of this account alone, the best first. The system makes the first of them, where there is one."""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if runtime.is_absolute() and _is_private(runtime):
        yield runtime
    yield config_dir()


def _shortest() -> Path:
    return Path(QDir.tempPath(), f"desktop-crm-{os.getuid()}")


def _is_private(folder: Path) -> bool:
    """Whether it is a folder of this account into which no other account can put anything."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022


class Claim:
    """To be the first window on a customer file: held until it is let go of, or until the process ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.there = address(folder)
        place = Path(self.there) if sys.platform != "win32" else config_dir() / self.there
        self._lock = QLockFile(f"{place}.lock")
        self._lock.setStaleLockTime(0)  # however long a window is open, its lock is not left behind

    def take(self) -> bool:
        """Be the first, unless another is or nobody can be: where the folder is not this account's alone."""
        return self._lock.isLocked() or (_may_listen(self.there) and self._lock.tryLock(0))

    @property
    def is_anothers(self) -> bool:
        """Whether another process is the first now."""
        # Where nobody claims it, nobody is asked by claiming it: a window that starts this moment must find it free.
        if self._lock.isLocked() or not Path(self._lock.fileName()).exists():
            return False
        if self.take():
            self.let_go()
        return self._lock.error() is QLockFile.LockError.LockFailedError

    def let_go(self) -> None:
        """Be the first no longer."""
        self._lock.unlock()


def raise_first(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Ask the window that is open already to come forward and take these files. False: there is none.

    One that is still starting is waited for.
    """
    return _heard_by_first(folder, [str(file.resolve()) for file in files]) == _HEARD


def lock_first(folder: Path) -> Locking:
    """Ask the window that is open to lock its file, and wait until the file is closed."""
    answer = _heard_by_first(folder, _LOCK).decode("ascii", "replace").strip()
    if answer in set(Locking):
        return Locking(answer)
    return Locking.UNHEARD if Claim(folder).is_anothers else Locking.NO_WINDOW


def _heard_by_first(folder: Path, said: object) -> bytes:
    """What the first window answers; nothing where there is none."""
    claim = Claim(folder)
    patience = QDeadlineTimer(_STARTING_MS if claim.is_anothers else _PATIENCE_MS)
    while not (answer := _tell(claim.there, said, patience) if _may_answer(claim.there) else b""):
        if patience.hasExpired() or not claim.is_anothers:
            break
        QThread.msleep(_AGAIN_MS)
    return answer


def _tell(there: str, said: object, patience: QDeadlineTimer) -> bytes:
    """Say it once, and wait for the answer: said twice, the files would be brought in twice."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(there)
    if not socket.waitForConnected(_PATIENCE_MS):
        return b""
    socket.write(json.dumps(said).encode() + b"\n")
    socket.flush()
    while not socket.canReadLine():
        if not socket.waitForReadyRead(patience.remainingTime()):
            return b""
    return bytes(socket.readLine().data())


def _may_answer(there: str) -> bool:
    """Whether it is worth loading Qt's network library to ask, and safe: is there a socket, and is it ours?"""
    if sys.platform == "win32":
        return True
    path = Path(there)
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid() and _is_private(path.parent)


def _may_listen(there: str) -> bool:
    """Make the folder if need be; whether it is ours alone."""
    if sys.platform == "win32":
        return True
    folder = Path(there).parent
    with suppress(Problem):
        make_private_folder(folder)
    return _is_private(folder)


class FirstInstance(QObject):
    """Listens for later starts while this window is open."""

    called = Signal(list)
    """Another start: come forward; the paths of the files it was given."""
    lock_asked = Signal()
    """A command asks to lock; it waits for `answer`."""

    def __init__(self, claim: Claim, parent: QObject | None = None) -> None:
        from PySide6.QtNetwork import QLocalServer

        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._met)
        self._claim = claim
        self._waiting: list[QLocalSocket] = []
        self._listen()

    def move(self, folder: Path) -> None:
        """From now on this window is on the customer file of another folder, unless another window is already."""
        self.close()
        self._claim = Claim(folder)
        if not self._listen():
            raise_first(folder)

    def _listen(self) -> bool:
        """Without the claim another window listens there, and what it made is left alone."""
        there = self._claim.there
        if not self._claim.take():
            return False
        if not self._server.listen(there):
            # Left behind by a program that was killed: it would hold the claim.
            self._server.removeServer(there)
            self._server.listen(there)
        return True

    def close(self) -> None:
        """Listen no longer, and let a later start be the first."""
        self._server.close()
        self._claim.let_go()

    def answer(self, became: Locking) -> None:
        """Tell whoever asked to lock what became of it."""
        waiting, self._waiting = self._waiting, []
        for socket in waiting:
            if isValid(socket):
                socket.write(f"{became}\n".encode())
                socket.flush()

    def _met(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._hear)

    def _hear(self) -> None:
        # The sender, and no closure over it: a socket that holds itself outlives the server it belongs to.
        socket = cast("QLocalSocket", self.sender())
        if socket.canReadLine():
            self._understand(bytes(socket.readLine(_MOST_BYTES).data()), socket)
        elif socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()

    def _understand(self, line: bytes, socket: QLocalSocket) -> None:
        said = _read(line)
        if said == _LOCK:
            self._waiting.append(socket)
            self.lock_asked.emit()
            return
        socket.write(_HEARD)
        socket.flush()
        self.called.emit([Path(name) for name in said if isinstance(name, str)] if isinstance(said, list) else [])


def _read(line: bytes) -> object:
    """What was said: a list of files, or the word for locking; whatever else was sent is taken for no file."""
    try:
        return cast("object", json.loads(line))
    except ValueError:
        return None
