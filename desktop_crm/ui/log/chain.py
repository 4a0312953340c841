"""The check of the log's chain: a badge that says how it ended, and checks again when it is pressed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop_crm.services import inspection
from desktop_crm.services.inspection import LogCheck
from desktop_crm.services.log_words import told_break
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.tokens import TARGET, Tone
from desktop_crm.ui.widgets.badge import Pill
from desktop_crm.ui.widgets.nav import Pressable
from desktop_crm.words import M

WHAT_TO_DO = M("Copy the whole folder to a safe place before you go on, and find out who was at this computer.")


def what_is_wrong(check: LogCheck) -> M:
    """What the check found, in one sentence."""
    said = M("The log was changed outside this program.")
    return M("{said} {where}", said=said, where=told_break(check.breaks[0])) if check.breaks else said


class ChainBadge(Pressable):
    """Goes through the whole log on a worker thread. Red where it does not fit together."""

    checked = Signal(object)
    """The LogCheck, each time one is done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._pill = Pill("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(desk.say(M("Check again")))
        self.clicked.connect(lambda _on: self.check())
        self._show(Pill(desk.say(M("Checking the chain …")), Tone.NEUTRAL, "link"))

    def check(self) -> None:
        """Go through the log, seal by seal."""
        office = self._desk.office

        def work() -> tuple[LogCheck, datetime]:
            return inspection.check_log(office), office.clock.now()

        self._desk.courier.ask(self, work, lambda found: self.show_check(*found), newest="check")

    def show_check(self, check: LogCheck, at: datetime) -> None:
        """Say how it ended."""
        say, words = self._desk.say, self._desk.words
        told = M(
            "Unbroken · {n} entry · checked {time}",
            "Unbroken · {n} entries · checked {time}",
            n=check.lines,
            time=words.minute(at),
        )
        broken = M("Broken · checked {time}", time=words.minute(at))
        tone, icon = (Tone.SUCCESS, "link") if check.whole else (Tone.DANGER, "alert")
        self._show(Pill(say(told if check.whole else broken), tone, icon))
        announce(self, self.text())
        self.checked.emit(check)

    def sizeHint(self) -> QSize:
        return QSize(self._pill.size.width(), TARGET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        high = self._pill.size.height()
        place = QRect(0, (self.height() - high) // 2, self.width(), high)
        self._pill.paint(painter, place, self.layoutDirection())
        if self.ringed:
            paint.ring(painter, place, high / 2)

    def _show(self, pill: Pill) -> None:
        self._pill = pill
        self.setText(pill.text)
        self.setAccessibleName(self._desk.say(M("{state}. Check again", state=pill.text)))
        self.updateGeometry()
        self.update()
