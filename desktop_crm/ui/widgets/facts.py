"""What is known of somebody: small label, value, a button to copy it, and why we have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.clipboard import copy_value
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import announce, say
from desktop_crm.ui.look.tokens import RADIUS, SPACE_2, SPACE_3, TARGET
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.label import Broken, label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.nav import Pressable, TextLink
from desktop_crm.words import M

COPIED_MS = 1500
"""For so long the button shows that it has copied."""
_ICON, _LAP = 16, 8
"""An icon at the end of a line, and how far its button reaches over the words before it."""
_LABEL, _GAP, _SIGN = 17, 4, 12
_POPUP = 300
_LONG_WORD = 150
"""A word wider than this is broken where the room ends; it would push the card apart."""


@dataclass(frozen=True, slots=True, repr=False)
class Fact:
    """One value. `opens` is what a click on it does, as ringing a number; `why` are pairs of question and answer."""

    label: str
    value: str
    icon: str = ""
    opens: Callable[[], None] | None = None
    can_copy: bool = False
    why: Sequence[tuple[str, str]] = ()


class WhyCard(Panel):
    """A small card over the page that says why something is held. Esc or a click elsewhere closes it."""

    def __init__(self, title: str, lines: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__("raised", "edge", parent=parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_POPUP)
        self.setAccessibleName(" ".join([title, *(f"{question}: {answer}." for question, answer in lines)]))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(2)
        column.addWidget(label(title, Type.CARD, wrap=True))
        for question, answer in lines:
            column.addSpacing(SPACE_2)
            column.addWidget(label(question, Type.HINT, "text3", wrap=True))
            column.addWidget(label(answer, Type.SMALL, wrap=True))

    def show_at(self, corner: QWidget) -> None:
        """Open below a widget, within the screen."""
        self.adjustSize()
        self.resize(_POPUP, max(self.heightForWidth(_POPUP), self.minimumSizeHint().height()))
        place = corner.mapToGlobal(QPoint(0, corner.height() + 4))
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            place.setX(place.x() + corner.width() - _POPUP)
        room = corner.screen().availableGeometry()
        place.setX(max(room.left() + 8, min(place.x(), room.right() - _POPUP - 8)))
        place.setY(max(room.top() + 8, min(place.y(), room.bottom() - self.height() - 8)))
        self.move(place)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space}:
            self.close()
        else:
            super().keyPressEvent(event)


class Facts(QWidget):
    """A column of facts."""

    copied = Signal(str)
    """The label of what went to the clipboard."""

    def __init__(self, facts: Sequence[Fact] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(9)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these instead of what was there."""
        clear(self._column)
        for fact in facts:
            self._column.addWidget(self._row(fact))

    def _row(self, fact: Fact) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        if fact.icon:
            line.addWidget(Mark(fact.icon, size=18, ink="text3"), 0, Qt.AlignmentFlag.AlignTop)
            line.addSpacing(SPACE_3)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._label(fact))
        words.addWidget(_value(fact))
        line.addLayout(words, 1)
        line.setSpacing(0)
        if fact.can_copy:
            copy = SmallButton("copy", say(M("Copy: {what}", what=fact.label)), flush=True)
            copy.clicked.connect(lambda: self._copy(fact, copy))
            line.addSpacing(-_LAP)
            line.addWidget(copy, 0, Qt.AlignmentFlag.AlignBottom)
        return made

    def _label(self, fact: Fact) -> QWidget:
        if not fact.why:
            return label(fact.label, Type.HINT, "text3", wrap=True)
        why = WhyButton(fact.label)
        why.clicked.connect(lambda: self._explain(fact, why))
        return why

    def _explain(self, fact: Fact, why: QWidget) -> None:
        WhyCard(say(M("Why we have this")), fact.why, why).show_at(why)

    def _copy(self, fact: Fact, button: SmallButton) -> None:
        copy_value(fact.value)
        button.show_icon("check")
        QTimer.singleShot(COPIED_MS, button, lambda: button.show_icon("copy"))
        announce(self, say(M("Copied")))
        self.copied.emit(fact.label)


def _value(fact: Fact) -> QWidget:
    """The value; one that can be opened looks like a link. Long values wrap or are cut with a hint, never lost."""
    opens = fact.opens
    if opens is None:
        longest = max(fact.value.split(), key=len, default="")
        if QFontMetrics(font(Type.BODY)).horizontalAdvance(longest) > _LONG_WORD:
            return Broken(fact.value)
        return label(fact.value, Type.BODY, wrap=True, selectable=True)
    link = TextLink(fact.value)
    link.setAccessibleName(f"{fact.label}: {fact.value}")
    link.clicked.connect(lambda _on: opens())
    return link


class SmallButton(Pressable):
    """An icon to press beside a text. One that is `flush` has its icon at the very end, level with a line of text."""

    def __init__(self, icon: str, name: str, *, flush: bool = False) -> None:
        super().__init__("", name)
        self._icon = icon
        self._flush = flush
        self.setToolTip(name)
        self.setFixedSize(TARGET, TARGET)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        if self.underMouse() and not self._flush:
            paint.box(painter, self.rect(), RADIUS - 2, fill="hover")
        end = paint.visual(self, QRect(TARGET - _ICON, TARGET - _ICON, _ICON, _ICON))
        ink = "accent" if self.underMouse() else "text2"
        paint.glyph(painter, end if self._flush else self.rect(), self._icon, ink, _ICON)
        if self.ringed:
            paint.ring(painter, self.rect(), RADIUS - 2)


class WhyButton(SmallButton):
    """The label of a value with an (i) behind it; both together are what is pressed."""

    def __init__(self, text: str) -> None:
        super().__init__("info", say(M("Why we have this: {what}", what=text)))
        self._words = text
        self._made = font(Type.HINT)
        wide = QFontMetrics(self._made).horizontalAdvance(text) + 1 + _GAP + _SIGN
        self.setMinimumSize(0, 0)
        self.setMaximumSize(wide, _LABEL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, _LABEL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        lit = self.underMouse() or self.ringed
        room = QRect(0, 0, self.width() - _GAP - _SIGN, self.height())
        paint.text(painter, paint.visual(self, room), self._words, self._made, "accent" if lit else "text3")
        sign = QRect(room.width() + _GAP, 0, _SIGN, self.height())
        paint.glyph(painter, paint.visual(self, sign), "info", "accent" if lit else "text3", _SIGN)
        if self.ringed:
            paint.ring(painter, self.rect(), 4)
