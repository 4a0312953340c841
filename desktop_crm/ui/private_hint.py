"""The quiet hint below a note that may tell something very private. It keeps nobody from anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_crm.privacy.very_private import PrivateKind, kinds_in, word_lists
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.label import Glyph, Label
from desktop_crm.ui.widgets.layout import row
from desktop_crm.words import M

_KINDS = {
    PrivateKind.HEALTH: M("health"),
    PrivateKind.FAITH: M("faith"),
    PrivateKind.POLITICS: M("politics"),
    PrivateKind.UNION: M("trade union"),
    PrivateKind.SEX_LIFE: M("sex life"),
    PrivateKind.ORIGIN: M("origin"),
}


class PrivateHint(QWidget):
    """Reads along in a field, by the word lists of whoever types and of the shop; what it sees is written nowhere."""

    turned = Signal()
    """It came, went or says something else, so that another height is needed."""

    def __init__(self, desk: Desk, edit: QLineEdit | QPlainTextEdit) -> None:
        super().__init__()
        self._desk = desk
        self._edit = edit
        self._text = Label("", Type.HINT, "text2", wrap=True)
        sign = Glyph("info", "text3", 16)
        inside = row(sign, self._text, space=6)
        inside.setStretch(1, 1)
        inside.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)
        self.hide()
        edit.textChanged.connect(lambda *_: self._look())
        self._look()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def _look(self) -> None:
        edit = self._edit
        typed = edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()
        if not typed.strip():
            self._show(())
            return
        languages = self._desk.words.language, self._desk.office.shop.language
        # On a worker thread, since the lists are files.
        self._desk.courier.ask(
            self, lambda: kinds_in(typed, word_lists(*languages)), self._show, newest="private", urgent=True
        )

    def _show(self, kinds: Sequence[PrivateKind]) -> None:
        say = self._desk.say
        named = ", ".join(say(_KINDS[kind]) for kind in kinds)
        hint = M("Very private: {kinds}. Needed for the order? Then keep it with the order only.", kinds=named)
        told = say(hint) if kinds else ""
        if told == self.text:
            return
        if told and not self.text:
            announce(self._edit, told)
        self._text.setText(told)
        self.setVisible(bool(told))
        self.turned.emit()
