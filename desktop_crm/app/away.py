"""Locks where nobody asks: the computer says that nobody sits there any more, or a command wants the file closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from desktop_crm.app.session import Session, sets_up
from desktop_crm.host.absence import absence
from desktop_crm.host.instance import Locking


class Away(QObject):
    """Unlike a person at the window it can answer no question: where a long job runs, it waits for its end."""

    became = Signal(Locking)
    """What became of a wish to lock, once that is known: the file is closed, or something keeps it open for now."""
    _left = Signal()
    _job_ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = False
        self._closing = False
        self._absence = absence(self._left.emit)
        # The computer tells it on any thread. Of the end of a job is heard before its answer is dealt with.
        self._left.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        self._job_ended.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        session.locked.connect(self._begins_to_close)
        session.shut.connect(self._is_shut)

    def begin(self) -> None:
        """Listen to the computer."""
        self._absence.begin()

    def end(self) -> None:
        """Listen no longer."""
        self._absence.end()

    def lock(self) -> None:
        """Lock now, or as soon as no long job runs any more."""
        session = self._session
        if session.is_open and session.jobs:
            if not self._wanted:
                self._wanted = True
                self._wait()
            self.became.emit(Locking.WAITS)
        elif session.is_open:
            session.lock()
        elif not self._closing:
            self._tell_closed()

    def _wait(self) -> None:
        for job in self._session.jobs:
            job.finished.connect(self._job_ended)

    def _go_on(self) -> None:
        if not self._wanted or not self._session.is_open:
            return
        if self._session.jobs:
            self._wait()
        else:
            self._session.lock()

    def _begins_to_close(self) -> None:
        self._wanted = False
        self._closing = True

    def _is_shut(self) -> None:
        self._closing = False
        self._tell_closed()

    def _tell_closed(self) -> None:
        if sets_up(self._session):
            self.became.emit(Locking.SET_UP)
            return
        self._absence.may_sleep()
        self.became.emit(Locking.LOCKED)
