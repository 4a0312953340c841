"""Exactly what the customer reads: the question word for word, with its version. Nobody can answer here."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.services.asking import ANSWERS, Asking, Question
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RADIUS_ROW, SPACE_2, SPACE_3
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.label import Glyph, Label, label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, line, row
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Words

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
        theirs = Words(asking.said_in, self._desk.words.zone)
        self.page.setLayoutDirection(QLocale(asking.language).textDirection())
        self.version.setVisible(question.version is not None)
        self.version.set_text(self._desk.say(M("Wording v{version}", version=question.version)))
        self._words.addWidget(label(theirs.say(asking.greeting), Type.CARD, wrap=True))
        self._words.addWidget(label(asking.asker, Type.HINT, "text2", wrap=True))
        if asking.notice:
            self._words.addWidget(self._notice(asking, theirs))
        self._words.addWidget(line("rule"))
        self._show_words(question)
        answers = [Inert(theirs.say(said)) for _, said in ANSWERS]
        self._words.addSpacing(2)
        self._words.addWidget(boxed(row(*answers, space=9)))
        self._words.addSpacing(2)

    def _show_words(self, question: Question) -> None:
        title = label(question.title, Type.CARD, wrap=True)
        lines = [label(text, Type.SMALL, "text2", wrap=True) for text in question.lines]
        self._exact = [title, *lines]
        for one in self._exact:
            self._words.addWidget(one)
        if not question.title:
            self._words.addWidget(label(self._desk.say(_NO_WORDS), Type.SMALL, "text2", wrap=True))

    def _notice(self, asking: Asking, theirs: Words) -> QWidget:
        said = theirs.say(M("Read how your data is used (version {version})", version=asking.notice_version))
        link = Button(said, kind=Kind.LINK)
        link.clicked.connect(lambda: Notice(self._desk, asking, said).open())
        return boxed(row(link, STRETCH))


_NO_WORDS = M("There are no words for this in the chosen language.")


class Inert(QWidget):
    """A picture of an answer button: dashed, and nothing to press."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
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
        circle = paint.visual(self, QRect(11, (self.height() - _CIRCLE) // 2, _CIRCLE, _CIRCLE))
        paint.box(painter, circle, _CIRCLE / 2, fill="surface", edge="field")
        words = paint.visual(self, QRect(11 + _CIRCLE + 6, 0, self.width() - _CIRCLE - 22, self.height()))
        paint.text(painter, words, self._text, font(Type.BUTTON), "text2")


class Notice(Sheet):
    """The privacy notice in the version that is put before the customer."""

    def __init__(self, desk: Desk, asking: Asking, title: str) -> None:
        super().__init__(desk.window, title)
        text = Label(asking.notice, Type.BODY, wrap=True, selectable=True)
        text.setLayoutDirection(QLocale(asking.language).textDirection())
        self.body.addLayout(column(text, space=SPACE_3))
        done = Button(desk.say(M("Close")), kind=Kind.PRIMARY)
        done.clicked.connect(self.dismiss)
        self.footer("", done)
