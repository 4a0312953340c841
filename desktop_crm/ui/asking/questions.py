"""What can be asked: a card for each purpose, with where the person stands, and *Take back* beside a yes."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop_crm.services.asking import Question
from desktop_crm.services.signs import Tone as Sign
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.words import M

_EDGE = 14


class QuestionCard(ChoiceCard):
    """Ticked where it is to be asked. Whoever is on it, by mouse or keyboard, sees its exact words beside it."""

    entered = Signal()

    def __init__(self, title: str, sub: str, badge: Badge) -> None:
        super().__init__(title, sub, badge=badge, exclusive=False)
        self.taller = False
        """Whether room is left below the badge."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ringed = True
        self.entered.emit()

    def heightForWidth(self, width: int) -> int:
        usual = max(54, super().heightForWidth(width))
        return max(72, usual) if self.taller else usual

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.taller and self._badge is not None:
            size = self._badge.sizeHint()
            part = QRect(self.width() - _EDGE - size.width(), 10, size.width(), size.height())
            self._badge.setGeometry(paint.visual(self, part))


class QuestionRow(QWidget):
    """One card, and the act of taking a yes back."""

    def __init__(self, desk: Desk, question: Question) -> None:
        super().__init__()
        self.question = question
        badge = Badge(desk.say(_stands(question)), Tone(question.stands.tone))
        self.card = QuestionCard(question.name, _about(desk, question), badge)
        self.card.setEnabled(question.may_ask)
        self.take_back = Button(
            desk.say(M("Take back")),
            kind=Kind.LINK,
            name=desk.say(M("Take back: {purpose}", purpose=question.name)),
        )
        given = question.stands.tone is Sign.SUCCESS
        self.card.taller = given
        if not given:
            self.take_back.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        """The act lies on the card, below its badge."""
        inside = column(row(self.take_back, _EDGE + 2, space=0), 3, space=0)
        every = QGridLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.addWidget(self.card, 0, 0)
        every.addLayout(inside, 0, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


def _stands(question: Question) -> M:
    """Where they stand, with the day of a yes."""
    if question.stands.tone is Sign.SUCCESS and question.since is not None:
        return M("Yes, since {day}", day=question.since)
    return question.stands.text


def _about(desk: Desk, question: Question) -> str:
    return desk.say(question.why_not) if question.why_not is not None else question.hint
