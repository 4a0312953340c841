"""The words of a purpose: their parts to write, and beside them how a customer reads them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.privacy.fair_asking import Fault, Flaw
from desktop_crm.privacy.wordings import Words, parts
from desktop_crm.services import purpose_editing
from desktop_crm.services.asking import Asking
from desktop_crm.ui.asking.preview import Preview
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_3
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column
from desktop_crm.words import M

_PAUSE_MS = 250
"""So long after the last letter the preview follows."""
_BESIDE = 700


class WordsFields(QWidget):
    """Four fields where permission is asked, else one. `edited` tells of each letter."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        say = desk.say
        self._say = say
        self.question = Field(say(M("The question")), hint=say(M("One use, one way. It ends with a question mark.")))
        self.text = Field(say(M("What it means")), multiline=True)
        self.take_back = Field(say(M("How a yes is taken back")), multiline=True)
        self.free = Field(
            say(M("That a no changes nothing")),
            hint=say(M("Always there: an answer counts only if it is free.")),
            multiline=True,
        )
        self.every = (self.question, self.text, self.take_back, self.free)
        self.setLayout(column(*self.every, space=SPACE_3))
        for field in self.every:
            field.edited.connect(self.edited)
        self._asks = True

    def ask(self, asks: bool) -> None:
        """Whether people are asked, or only told."""
        self._asks = asks
        for field in (self.question, self.take_back, self.free):
            field.setVisible(asks)

    def words(self) -> str:
        """All of it, a sentence group a line."""
        if not self._asks:
            return self.text.text()
        return Words(*(" ".join(field.text().split()) for field in self.every)).whole

    def seen(self) -> str:
        """The same while it is being written: a question that is missing yet does not let another line ask."""
        missing = self._asks and not self.question.text()
        return f"…\n{self.words()}" if missing else self.words()

    def show_words(self, whole: str, usual: Words | None) -> None:
        """Fill in these words, or what a new question begins with."""
        filled = parts(whole) if whole and self._asks else usual or Words("", "", "", "")
        if not self._asks:
            filled = Words("", whole, "", "")
        texts = (filled.question, filled.text, filled.take_back, filled.free)
        for field, text in zip(self.every, texts, strict=True):
            field.set_text(text)
            field.error(None)

    def show_faults(self, found: Iterable[Fault]) -> bool:
        """Say what is wrong at the field it is in; whether anything is."""
        wrong: dict[Field, str] = {}
        for fault in found:
            field = self._field_of(fault.flaw)
            wrong.setdefault(field, f"{self._say(fault.what)} {self._say(fault.todo)}")
        for field, said in wrong.items():
            field.error(said)
        first = next((field for field in self.every if field in wrong), None)
        if first is not None:
            first.take_focus()
        return first is not None

    def _field_of(self, flaw: Flaw) -> Field:
        told = {
            Flaw.QUESTION: self.question,
            Flaw.BUNDLED: self.question,
            Flaw.TAKE_BACK: self.take_back,
            Flaw.FREE: self.free,
        }
        return told.get(flaw, self.text)


class WordsPart(Folding):
    """The fields, and the preview by the same object as asking uses; below each other where there is no room."""

    def __init__(self, desk: Desk, code: str) -> None:
        self.fields = WordsFields(desk)
        self.preview = Preview(desk)
        super().__init__(
            boxed(column(self.fields, STRETCH)), boxed(column(self.preview, STRETCH)), below=_BESIDE, stretch=(1, 1)
        )
        self._desk, self._code, self._language = desk, code, ""
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self.show_preview)
        self.fields.edited.connect(self._later.start)

    def show_words(self, language: str, whole: str, usual: Words | None, *, asks: bool) -> None:
        """Write in this language, beginning with these words."""
        self._language = language
        self.fields.ask(asks)
        self.preview.setVisible(asks)
        self.fields.show_words(whole, usual)
        self.show_preview()

    def show_preview(self) -> None:
        """Show what stands in the fields now, as it will be read."""
        office, code, language, text = self._desk.office, self._code, self._language, self.fields.seen()
        self._desk.courier.ask(
            self, lambda: purpose_editing.as_read(office, code, language, text), self._show, newest="preview"
        )

    def _show(self, asking: Asking) -> None:
        self.preview.show_question(asking, asking.questions[0])
