"""A new password, typed twice, with what to think of it while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import say
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import SPACE_3
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.vault.passphrase import strength
from desktop_crm.words import M

_INKS = ("danger", "danger", "warning_mark", "success", "success")
_LEVELS = 4


class Meter(QWidget):
    """How well a password guards, as four pieces of a bar. The words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.level = 0
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, level: int) -> None:
        """From 0 to 4."""
        self.level = level
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        gap = 4
        wide = (self.width() - gap * (_LEVELS - 1)) // _LEVELS
        for at in range(_LEVELS):
            part = paint.visual(self, QRect(at * (wide + gap), 0, wide, self.height()))
            if at < self.level:
                paint.box(painter, part, 3, fill=_INKS[self.level])
            else:
                # Where every line is dark, an empty piece must not look like a full one.
                paint.box(painter, part, 3, fill="surface" if tokens().plain else "border", edge="border")


class NewPassword(QWidget):
    """Two fields and a meter. What is typed is asked for with `text` and kept nowhere else."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = Field(say(M("Password")), password=True, check=self._weak)
        self.again = Field(say(M("The same once more")), password=True, check=self._differs)
        self.meter = Meter()
        self.told = label("", Type.HINT, "text2", wrap=True)
        self.first.edited.connect(self._typed)
        self.again.edited.connect(self.edited)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(SPACE_3)
        every.addWidget(Folding(self.first, self.again, below=460))
        every.addLayout(column(self.meter, self.told, space=6))
        self._typed()

    def text(self) -> str:
        """The password as typed."""
        return self.first.text()

    def is_right(self) -> bool:
        """Whether it is strong enough and typed twice alike; else the keyboard goes to what is wrong."""
        for field in (self.first, self.again):
            if not field.is_right():
                field.take_focus()
                return False
        return True

    def is_complete(self) -> bool:
        """The same, without a word about it."""
        return strength(self.first.text()).is_enough and self._differs(self.again.text()) is None

    def _typed(self) -> None:
        text = self.first.text()
        found = strength(text)
        self.meter.show_level(found.level if text else 0)
        advice = M("Four or five words that have nothing to do with each other are easy to keep and hard to guess.")
        self.told.setText(say(found.said if text else advice))
        self.edited.emit()

    def _weak(self, text: str) -> str | None:
        found = strength(text)
        return None if found.is_enough else say(found.said)

    def _differs(self, text: str) -> str | None:
        return None if text == self.first.text() else say(M("This is not the same as above."))
