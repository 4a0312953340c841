"""Asking by telephone: what is read out, and the call in which it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services.asking import Asking, Question
from desktop_crm.services.phone_script import script
from desktop_crm.services.telephone import THEY_RANG, WE_RANG, PhoneCall
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import RADIUS_ROW, SPACE_2
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Label, label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.words import M

_WE, _THEY = "we", "they"


class Telephone(QWidget):
    """The words to read out, who rang whom and when, a note, and who heard it too."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        say = desk.say
        self._asking: Asking | None = None
        self._questions: Sequence[Question] = ()
        self.words = Label("", Type.SMALL, "text", wrap=True, selectable=True)
        read_out = Panel("sunken", "line", RADIUS_ROW)
        read_out.setLayout(column(self.words, margins=13))
        self.rang = ChipRow([(_WE, say(WE_RANG)), (_THEY, say(THEY_RANG))], name=say(M("Who rang whom?")), chosen=_WE)
        self.when = Field(
            say(M("When?")),
            hint=say(M("For example: today at 10:30, on 0341 555 0123")),
            check=lambda typed: None if typed else say(M("Please write when it was.")),
        )
        self.note = Field(say(M("Note")), optional=True)
        self.witness = Field(say(M("Who heard it, too")), optional=True)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(SPACE_2)
        every.addWidget(label(say(M("Please read this out")), Type.CARD))
        for part in (read_out, self.rang, self.when, self.note, self.witness):
            every.addWidget(part)

    def show_questions(self, asking: Asking, questions: Sequence[Question]) -> None:
        """What is read out for these questions."""
        self._asking, self._questions = asking, tuple(questions)
        self.words.setText(script(asking, questions))

    def call(self) -> PhoneCall | None:
        """The call as it was told; None before anything was to be read out."""
        if self._asking is None or not self._questions:
            return None
        return PhoneCall(
            script=script(self._asking, self._questions),
            language=self._asking.language,
            notice=self._questions[0].notice,
            they_rang=self.rang.chosen() == _THEY,
            when=self.when.text(),
            note=self.note.text(),
            witness=self.witness.text(),
        )
