"""Exactly what the customer reads: the question word for word, with its version. Nobody can answer here."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.services.asking import ANSWERS, Asking, Piece, Question, Shown
from desktop_crm.ui.asking.notice import Notice
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RADIUS_ROW, SPACE_2
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.label import Glyph, label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, line, row
from desktop_crm.words import M

_EDGE = 18
_CIRCLE = 16
_HIGH = 36


class Preview(Panel):
    """Shows one question of an Asking, in the language and direction of the person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("sunken", "line", RADIUS_ROW)
        self._desk = desk
        self.version = Badge("")
        self._head = row(
            Glyph("monitor", "text2", 16),
            label(desk.say(M("Exactly what the customer will read")), Type.BADGE, "text2", wrap=True),
            self.version,
            space=SPACE_2,
        )
        self._head.setStretch(1, 1)
        self.page = QWidget()
        self._words = QVBoxLayout(self.page)
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.setSpacing(SPACE_2)
        self.setAccessibleName(desk.say(M("Exactly what the customer will read")))
        self._exact: list[QLabel] = []
        self.question: Question | None = None
        """The one that is shown."""
        only = label(desk.say(M("Picture only: the customer answers, not you")), Type.HINT, "text2", wrap=True)
        only.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        every = QVBoxLayout(self)
        every.setContentsMargins(_EDGE, 12, _EDGE, 14)
        every.setSpacing(SPACE_2)
        every.addLayout(self._head)
        every.addWidget(self.page)
        every.addWidget(only)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_question(self, asking: Asking, question: Question) -> None:
        """Show this question as it will be read."""
        clear(self._words)
        self.question = question
        self._exact = []
        self.page.setLayoutDirection(QLocale(asking.language).textDirection())
        self.version.setVisible(question.version is not None)
        self.version.set_text(self._desk.say(M("Wording v{version}", version=question.version)))
        answers = []
        for piece in asking.only((question.code,)).pieces():
            if piece.answer is not None:
                answers.append(Inert(piece.text))
            if len(answers) == len(ANSWERS):
                self._words.addSpacing(2)
                self._words.addWidget(boxed(row(*answers, space=9)))
                self._words.addSpacing(2)
                answers = []
            elif piece.answer is None and piece.piece is not Piece.LANGUAGE:
                self._add(asking, piece)
        if not question.title:
            self._words.addWidget(label(self._desk.say(_NO_WORDS), Type.SMALL, "text2", wrap=True))

    def _add(self, asking: Asking, piece: Shown) -> None:
        if piece.piece is Piece.NOTICE:
            link = Button(piece.text, kind=Kind.LINK)
            close = self._desk.say(M("Close"))
            link.clicked.connect(lambda _on: Notice(self._desk.window, asking, piece.text, close).open())
            self._words.addLayout(row(link, STRETCH))
            self._words.addWidget(line("rule"))
            return
        kind, ink = _KINDS.get(piece.piece, (Type.HINT, "text2"))
        made = Inert(piece.text, circle=False) if piece.piece is Piece.SAVE else label(piece.text, kind, ink, wrap=True)
        self._words.addWidget(made)
        if piece.piece in {Piece.TITLE, Piece.LINE} and isinstance(made, QLabel):
            self._exact.append(made)


_KINDS = {
    Piece.GREETING: (Type.CARD, "text"),
    Piece.TITLE: (Type.CARD, "text"),
    Piece.LINE: (Type.SMALL, "text2"),
}
_NO_WORDS = M("There are no words for this in the chosen language.")


class Inert(QWidget):
    """A picture of a button, of an answer with its circle: dashed, and nothing to press."""

    def __init__(self, text: str, *, circle: bool = True) -> None:
        super().__init__()
        self._text = text
        self._start = 11 + _CIRCLE + 6 if circle else 11
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(font(Type.BUTTON)).horizontalAdvance(self._text)
        return QSize(wide + _CIRCLE + 34, _HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint.box(painter, self.rect(), 8, edge="field", dashed=True)
        if self._start > _CIRCLE:
            circle = paint.visual(self, QRect(11, (self.height() - _CIRCLE) // 2, _CIRCLE, _CIRCLE))
            paint.box(painter, circle, _CIRCLE / 2, fill="surface", edge="field")
        words = paint.visual(self, QRect(self._start, 0, self.width() - self._start - 5, self.height()))
        paint.text(painter, words, self._text, font(Type.BUTTON), "text2")
