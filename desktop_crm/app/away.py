"""Locks where nobody asks: the computer says that nobody sits there any more, or a command wants the file closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_crm.app.session import Session, enrols, is_settled, sets_up
from desktop_crm.host.absence import absence
from desktop_crm.host.instance import Locking

_SOON_MS = 20
"""So soon is looked again whether a file is open, where one is just being opened or closed."""


class Away(QObject):
    """Unlike a person at the window it can answer no question: where a long job runs, it waits for its end."""

    became = Signal(Locking)
    """What became of a wish to lock: the file is closed, or something keeps it open for now."""
    _left = Signal()
    _changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wished = False
        self._absence = absence(self._left.emit)
        # The computer tells it on any thread. What changed is looked at once whoever tells it is done with it.
        self._left.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        self._changed.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        session.shut.connect(self._changed)

    def begin(self) -> None:
        """Listen to the computer."""
        self._absence.begin()

    def end(self) -> None:
        """Listen no longer."""
        self._absence.end()

    def lock(self) -> None:
        """Lock now, or as soon as no long job runs any more."""
        self._wished = True
        self._go_on()

    def _go_on(self) -> None:
        session = self._session
        if not self._wished:
            return
        if session.jobs:
            for job in session.jobs:
                job.finished.connect(self._changed)
            self.became.emit(Locking.WAITS)
        elif session.is_open:
            session.lock()
        elif enrols(session):
            session.lock()
            self._go_on()
        elif is_settled(session):
            self._tell()
        else:
            QTimer.singleShot(_SOON_MS, self, self._go_on)

    def _tell(self) -> None:
        self._wished = False
        if sets_up(self._session):
            self.became.emit(Locking.SET_UP)
            return
        self._absence.may_sleep()
        self.became.emit(Locking.LOCKED)
