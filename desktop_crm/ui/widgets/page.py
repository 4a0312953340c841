"""A page: a white head, a body that scrolls on the canvas, a rail beside it, and a foot for wizards."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import say
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import BUTTON, CARD_GAP, PAGE_EDGE, RAIL, SPACE_2, SPACE_3, SPACE_5, SPACE_6
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import ItemLayout, Scroll, boxed, gap
from desktop_crm.ui.widgets.nav import Tabs, TextLink
from desktop_crm.ui.widgets.steps import Steps
from desktop_crm.words import M

FOLD_BELOW = 1100
"""In a window narrower than this the rail stands under the main column."""
_BELOW_GAP = 11
_HEAD_END = 14
WIDEST = 1600
"""So wide a page becomes at most; a larger window stays empty beside it."""
_NO_LIMIT = 16777215

Crumb = tuple[str, Callable[[], None] | None]


class _Chevron(QWidget):
    """The sign between two crumbs."""

    def sizeHint(self) -> QSize:
        return QSize(14, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.glyph(QPainter(self), self.rect(), "chevron-right", tokens().text3, 14)


class _Beside(ItemLayout):
    """Two parts beside each other that stand one below the other where there is no room."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self.addWidget(first)
        self.addWidget(second)

    def sizeHint(self) -> QSize:
        first, second = self._hints()
        return QSize(first.width() + SPACE_3 + second.width(), max(first.height(), second.height()))

    def minimumSize(self) -> QSize:
        """As narrow as the wider of both, so that the page decides and not the head."""
        least = [item.minimumSize() for item in self._items]
        return QSize(max((each.width() for each in least), default=0), least[-1].height() if least else 0)

    def heightForWidth(self, width: int) -> int:
        return max((part.bottom() + 1 for part in self._places(QRect(0, 0, width, 0))), default=0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, part in zip(self._items, self._places(rect), strict=False):
            self.place(item, rect, part)

    def _hints(self) -> tuple[QSize, QSize]:
        """Both; what was taken out needs no room."""
        first, second, *_ = (*(item.sizeHint() for item in self._items), QSize(0, 0), QSize(0, 0))
        return first, second

    def _places(self, rect: QRect) -> list[QRect]:
        first, second = self._hints()
        across = rect.width() - SPACE_3 - second.width()
        if first.width() <= across or second.width() < rect.width() // 3:
            high = max(self._height(across), second.height(), rect.height())
            begin = QRect(rect.topLeft(), QSize(across, high))
            return [begin, QRect(begin.right() + 1 + SPACE_3, rect.top(), second.width(), high)]
        begin = QRect(rect.topLeft(), QSize(rect.width(), self._height(rect.width())))
        below = QSize(min(second.width(), rect.width()), second.height())
        return [begin, QRect(QPoint(rect.left(), begin.bottom() + 1 + SPACE_3), below)]

    def _height(self, width: int) -> int:
        """How high the first is at that width."""
        first = self._items[0] if self._items else None
        if first is None:
            return 0
        return first.heightForWidth(width) if first.hasHeightForWidth() else first.sizeHint().height()


def sides(widget: QWidget, edge: int, bar: int = 0) -> tuple[int, int]:
    """The room left and right of what a page shows: on a very wide screen nobody's eyes have to cross all of it."""
    end = max(edge - bar, widget.width() - edge - WIDEST)
    return (end, edge) if widget.layoutDirection() is Qt.LayoutDirection.RightToLeft else (edge, end)


class PageHead(QWidget):
    """The head of a page: crumbs, title with a chip, a line under it, acts at the end, and something below.

    `plain` heads stand on the canvas without a line, as on *Today*. `below` is for tabs, chips, steps or filters.
    """

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        *,
        crumbs: Sequence[Crumb] = (),
        actions: Sequence[QWidget] = (),
        chip: QWidget | None = None,
        below: QWidget | None = None,
        plain: bool = False,
        edge: int = PAGE_EDGE,
    ) -> None:
        super().__init__()
        self._plain = plain
        self._edge = edge
        self.title = Elided(title, Type.PAGE)
        self.subtitle = label(subtitle, Type.BODY, "text2", wrap=True)
        if not subtitle:
            self.subtitle.hide()
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(edge, 16 if crumbs else 25 if plain else 21, edge, 0)
        self._all.setSpacing(0)
        if crumbs:
            self._all.addWidget(_crumbs(crumbs))
            self._all.addSpacing(SPACE_2)
        words = self._words(chip)
        self._all.addWidget(boxed(_Beside(words, _in_a_row(actions))) if actions else words)
        if below is not None:
            self._all.addSpacing(SPACE_2 if isinstance(below, Tabs) else 6 if isinstance(below, Steps) else _BELOW_GAP)
            self._all.addWidget(below)
        self._all.addSpacing(1 if isinstance(below, Tabs) else 0 if plain else _HEAD_END + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left, right = sides(self, self._edge)
        margins = self._all.contentsMargins()
        self._all.setContentsMargins(left, margins.top(), right, margins.bottom())

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change what the page is called."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._plain:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens().border))

    def _words(self, chip: QWidget | None) -> QWidget:
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(SPACE_3)
        first.addWidget(self.title)
        if chip is not None:
            first.addWidget(chip)
        first.addStretch(1)
        lines.addLayout(first)
        lines.addWidget(self.subtitle)
        return made


def _in_a_row(actions: Sequence[QWidget]) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SPACE_2)
    for action in actions:
        line.addWidget(action)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return made


def _crumbs(crumbs: Sequence[Crumb]) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    for number, (text, go) in enumerate(crumbs):
        if number:
            line.addWidget(_Chevron())
        line.addWidget(_crumb(text, go))
    line.addStretch(1)
    return made


def _crumb(text: str, go: Callable[[], None] | None) -> QWidget:
    if go is None:
        return Elided(text, Type.SMALL, "text3")
    link = TextLink(text, Type.BUTTON)
    link.clicked.connect(lambda _on: go())
    return link


class Footer(QWidget):
    """The white bar at the end of a wizard's page: back at the start, then a note, then the buttons."""

    def __init__(
        self, *buttons: QWidget, back: Callable[[], None] | None = None, note: str = "", edge: int = 0
    ) -> None:
        super().__init__()
        self.note = label(note, Type.SMALL, "text3", wrap=True)
        self.back = Button(say(M("Back")), icon="chevron-left", kind=Kind.QUIET)
        if back is not None:
            self.back.clicked.connect(lambda _on: back())
        line = QHBoxLayout(self)
        edge = edge or PAGE_EDGE
        room = 14 if any(button.sizeHint().height() > BUTTON for button in buttons) else 12
        line.setContentsMargins(edge, room + 1, edge, room)
        line.setSpacing(SPACE_3)
        line.addWidget(self.back)
        # Only now: shown before it lies in anything, it would be a window of its own for a moment.
        self.back.setVisible(back is not None)
        line.addWidget(self.note, 1)
        for button in buttons:
            line.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens().border))


class _Columns(QWidget):
    """Main column and rail, beside each other or one below the other."""

    def __init__(self, edge: int, widest: int) -> None:
        super().__init__()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(gap(edge))
        inner = QWidget()
        outer.addWidget(inner, 1)
        self._edge, self._end, self._widest, self._bar = edge, gap(edge), widest, 0
        outer.addWidget(self._end)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._box.setContentsMargins(0, CARD_GAP + 2, 0, SPACE_6)
        self._box.setSpacing(SPACE_5)
        self.main = QVBoxLayout()
        self.main.setSpacing(CARD_GAP)
        self._box.addLayout(self.main, 1)
        self._rail: QWidget | None = None
        self.ends = False

    def leave_room(self, bar: int) -> None:
        """A scroll bar takes its width from the room beside the content, so that this ends where the head ends."""
        self._bar = bar
        self._end.setFixedWidth(max(0, self._edge - bar, self.width() - self._edge - self._widest))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.leave_room(self._bar)

    def make_rail(self, width: int) -> QVBoxLayout:
        self._rail = QWidget()
        self._rail_width = width
        rail = QVBoxLayout(self._rail)
        rail.setContentsMargins(0, 0, 0, 0)
        rail.setSpacing(CARD_GAP)
        rail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(self._rail)
        self._box.addStretch(0)
        self.fold(False)
        return rail

    def show_rail(self, shown: bool) -> None:
        if self._rail is not None:
            self._rail.setVisible(shown)

    def fold(self, folded: bool) -> None:
        if self._rail is None:
            return
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight)
        self._rail.setMinimumWidth(0 if folded else self._rail_width)
        self._rail.setMaximumWidth(_NO_LIMIT if folded else self._rail_width)
        close_up = folded and self.ends
        self._box.setStretch(0, 0 if close_up else 1)
        self._box.setStretch(self._box.count() - 1, 1 if close_up else 0)

    @property
    def folded(self) -> bool:
        return self._box.direction() is QBoxLayout.Direction.TopToBottom


class Page(QWidget):
    """Head, a body that scrolls, and a foot. Fill `main`, and `rail` after asking for one.

    `widest` limits the width of the content. `edge` is the room at both sides.
    """

    def __init__(
        self,
        head: QWidget | None = None,
        *,
        rail: int | bool = False,
        footer: QWidget | None = None,
        edge: int = PAGE_EDGE,
        widest: int = WIDEST,
    ) -> None:
        super().__init__()
        self._columns = _Columns(edge, widest)
        self.main = self._columns.main
        self.rail: QVBoxLayout = self._columns.make_rail(RAIL if rail is True else rail) if rail else QVBoxLayout()
        self.scroller = Scroll()
        self.scroller.show_widget(self._columns)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._leave_room)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(0)
        for part, stretch in ((head, 0), (self.scroller, 1), (footer, 0)):
            if part is not None:
                every.addWidget(part, stretch)

    @property
    def folded(self) -> bool:
        """Whether the rail stands under the main column."""
        return self._columns.folded

    def show_rail(self, shown: bool) -> None:
        """Show the rail, or give its room to the main column while there is nothing to show in it."""
        self._columns.show_rail(shown)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something at the end of the main column."""
        if isinstance(item, QWidget):
            self.main.addWidget(item, stretch)
        else:
            self.main.addLayout(item, stretch)

    def end(self) -> None:
        """What was added keeps its height; the rest of the page stays empty."""
        self.main.addStretch(1)
        self._columns.ends = True
        self._columns.fold(self.folded)

    def _leave_room(self, _least: int, most: int) -> None:
        """Beside the bar that scrolls; its range changes once more while the page is taken down."""
        if isValid(self) and isValid(self.scroller):
            bar = self.scroller.verticalScrollBar()
            self._columns.leave_room(bar.sizeHint().width() if most else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fold(self.window().width() < FOLD_BELOW)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ParentChange:
            self._columns.fold(self.window().width() < FOLD_BELOW)
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().canvas))
