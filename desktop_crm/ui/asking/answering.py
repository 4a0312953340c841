"""What was answered: for each question Yes, No or Not now, equal in size and place, and none chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop_crm.services.asking import ANSWERS, Answer, Question
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.label import Fault, label
from desktop_crm.words import M


class AnswerRow(QWidget):
    """The three answers to one question."""

    changed = Signal()

    def __init__(self, desk: Desk, question: Question) -> None:
        super().__init__()
        self.code = question.code
        self._open = desk.say(M("Please choose what they answered."))
        self.cards: dict[Answer, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        across = QHBoxLayout()
        across.setSpacing(SPACE_2)
        for answer, said in ANSWERS:
            card = ChoiceCard(desk.say(said))
            card.setAccessibleName(desk.say(M("{purpose}: {answer}", purpose=question.name, answer=said)))
            card.clicked.connect(self._chosen)
            self._group.addButton(card)
            self.cards[answer] = card
            across.addWidget(card, 1)
        self.fault = Fault()
        self.fault.hide()
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(5)
        every.addWidget(label(question.name, Type.BUTTON, wrap=True))
        every.addLayout(across)
        every.addWidget(self.fault)

    def answer(self) -> Answer | None:
        """What was chosen, None as long as nothing is."""
        return next((answer for answer, card in self.cards.items() if card.isChecked()), None)

    def choose(self, answer: Answer | None) -> None:
        """As it was chosen before."""
        if answer is not None:
            self.cards[answer].setChecked(True)

    def ask_for_it(self) -> None:
        """Say that the answer is missing, with the keyboard on the first."""
        self.fault.setText(self._open)
        self.fault.show()
        self.cards[Answer.YES].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _chosen(self) -> None:
        self.fault.hide()
        self.changed.emit()


class Answering(QWidget):
    """A row for each question that is asked. What was chosen stays while others are ticked."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: dict[str, AnswerRow] = {}
        self._every = QVBoxLayout(self)
        self._every.setContentsMargins(0, 0, 0, 0)
        self._every.setSpacing(SPACE_3)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask for the answers to these."""
        wanted = {question.code: question for question in questions}
        for code in [code for code in self.rows if code not in wanted]:
            gone = self.rows.pop(code)
            gone.setParent(None)
            gone.deleteLater()
        for at, (code, question) in enumerate(wanted.items()):
            if code not in self.rows:
                self.rows[code] = AnswerRow(self._desk, question)
                self.rows[code].changed.connect(self.changed)
            self._every.insertWidget(at, self.rows[code])

    def missing(self) -> AnswerRow | None:
        """The first question without an answer."""
        return next((self.rows[code] for code in self.rows if self.rows[code].answer() is None), None)

    @property
    def any_chosen(self) -> bool:
        """Whether something was answered."""
        return any(one.answer() is not None for one in self.rows.values())
