"""What is due, told once a day while the file stays open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_crm.app.notice import Notice
from desktop_crm.services.office import Office
from desktop_crm.ui.frame.shell import OpenDesk

_HOUR_MS = 3_600_000


class DailyNotice(QObject):
    """Looks every hour whether a new day has begun on which something is due. It outlives the files that are open."""

    due = Signal(object)
    """What is due, in numbers and without names, as messages."""

    def __init__(self, due_of: Callable[[Office], Notice], parent: QObject) -> None:
        super().__init__(parent)
        self._due_of = due_of
        self._shell: OpenDesk | None = None
        self._told_on: date | None = None
        self._hourly = QTimer(self)
        self._hourly.setInterval(_HOUR_MS)
        self._hourly.timeout.connect(self.look)
        self._hourly.start()

    def watch(self, shell: OpenDesk | None) -> None:
        """From now on this file is asked; None: no file is open, or one of which nothing is told."""
        self._shell = shell

    def look(self) -> None:
        """Ask what is due, unless it was told today."""
        shell = self._shell
        if shell is not None and shell.desk.office.today() != self._told_on:
            ask, failed = partial(self._due_of, shell.desk.office), lambda _: True
            shell.desk.courier.ask(shell, ask, self._tell, newest="due", failed=failed)

    def told(self, day: date) -> None:
        """It was told on this day already."""
        self._told_on = day

    def _tell(self, notice: Notice) -> None:
        said = notice.say()
        if self._shell is not None and notice.notify and said:
            self.told(self._shell.desk.office.today())
            self.due.emit(said)
