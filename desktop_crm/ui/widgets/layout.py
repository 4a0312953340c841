"""Layouts that read like the page: columns, rows, wrapping rows, and what scrolls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_crm.ui.look.sides import turned
from desktop_crm.ui.look.tokens import SPACE_2


class _Stretch:
    """Room that grows."""


STRETCH: Final = _Stretch()

Item = QWidget | QLayout | int | _Stretch | None
Margins = int | tuple[int, int, int, int]
Box = TypeVar("Box", bound=QBoxLayout)


def column(*items: Item, space: int = SPACE_2, margins: Margins = 0) -> QVBoxLayout:
    """Items below each other, `space` apart; a number between two makes it at least that many pixels.

    A number below 0 lets what is there reach beyond by so much. None is left out, STRETCH grows.
    """
    return _filled(QVBoxLayout(), items, space, margins)


def row(*items: Item, space: int = SPACE_2, margins: Margins = 0) -> QHBoxLayout:
    """Items side by side in reading direction, as in `column`. Uneven margins do not mirror: begin with a number."""
    return _filled(QHBoxLayout(), items, space, margins)


def boxed(layout: QLayout, kind: str = "") -> QFrame:
    """A frame around a layout; `kind` is a ground of the style sheet: card, sunken, surface, sidebar, canvas."""
    frame = QFrame()
    if kind:
        frame.setProperty("kind", kind)
    frame.setLayout(layout)
    return frame


def gap(width: int) -> QWidget:
    """Room of so many pixels. Margins of layouts do not turn round with the reading direction; widgets do."""
    made = QWidget()
    made.setFixedWidth(width)
    return made


def line(kind: str = "line") -> QFrame:
    """A hairline between items: `line` within a card, `rule` across a page, `post` upright."""
    frame = QFrame()
    frame.setProperty("kind", kind)
    return frame


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def keep_focus(around: QWidget) -> None:
    """Call before what is inside is made anew: the keyboard waits here if it is in there.

    Else Qt gives it to whatever comes next as soon as its place is hidden, and scrolls the page to that.
    """
    focus = QApplication.focusWidget()
    if focus is not None and around.isAncestorOf(focus):
        around.setFocus()


def in_reading_order(whole: QWidget) -> None:
    """Let Tab go through a widget in the order of its layouts. Qt puts whatever was made later at the very end."""
    for before, after in pairwise(_stops(whole)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        yield widget
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    layout = widget.layout()
    if inner is not None:
        yield from _stops(inner)
    elif layout is not None:
        yield from _stops_of(layout)


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for item in (layout.itemAt(at) for at in range(layout.count())):
        widget, below = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from _stops(widget)
        elif below is not None:
            yield from _stops_of(below)


def _filled(box: Box, items: tuple[Item, ...], space: int, margins: Margins) -> Box:
    box.setSpacing(space)
    around = (margins,) * 4 if isinstance(margins, int) else margins
    box.setContentsMargins(*around)
    given = [item for item in items if item is not None]
    for at, item in enumerate(given):
        _add(box, item, space if 0 < at < len(given) - 1 else 0)
    return box


def _add(box: QBoxLayout, item: Item, space: int) -> None:
    match item:
        case QWidget():
            box.addWidget(item)
        case QLayout():
            box.addLayout(item)
        case int():
            box.addSpacing(item if item < 0 else max(0, item - space))
        case _:
            box.addStretch(1)


class ItemLayout(QLayout):
    """A layout of our own: it holds its items in their order, is as high as its width wants, and mirrors."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def place(self, item: QLayoutItem, whole: QRect, part: QRect) -> None:
        """Give an item its part of the whole, from the side where reading starts."""
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        item.setGeometry(turned(direction, whole, part))


class FlowLayout(ItemLayout):
    """Items side by side that wrap into the next line, from the side where reading starts.

    `apart` puts the last of them at the end of its line.
    """

    def __init__(self, *widgets: QWidget, space: int = SPACE_2, apart: bool = False) -> None:
        super().__init__()
        self._apart = apart
        self.setSpacing(space)
        for widget in widgets:
            self.addWidget(widget)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def heightForWidth(self, width: int) -> int:
        return self._arranged(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(0, len(shown) - 1)
        return QSize(sum(each.width() for each in shown) + gaps, max((each.height() for each in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((each.width() for each in shown), default=0), max((each.height() for each in shown), default=0)
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arranged(rect, place=True)

    def _arranged(self, rect: QRect, *, place: bool) -> int:
        """Put line below line; the height that takes."""
        y = rect.top()
        for band in self._lines(rect.width()):
            deep = max(size.height() for _item, size in band)
            x = rect.left()
            for item, size in band if place else ():
                if self._apart and item is self._items[-1]:
                    x = rect.left() + rect.width() - size.width()
                part = QRect(QPoint(x, y + (deep - size.height()) // 2), size)
                self.place(item, rect, part)
                x += size.width() + self.spacing()
            y += deep + self.spacing()
        return max(0, y - self.spacing() - rect.top())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(1, width), 16_000))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if not lines or used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self.spacing()
        return lines


def flow(*widgets: QWidget, space: int = SPACE_2, apart: bool = False) -> QWidget:
    """A widget whose children wrap, as in `FlowLayout`; it is as high as its lines."""
    holder = QWidget()
    holder.setLayout(FlowLayout(*widgets, space=space, apart=apart))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder


class Abreast(QWidget):
    """Widgets side by side, all equally wide; one below the other where each would get less than `least`.

    `shares` make one of them as wide as several.
    """

    def __init__(self, *widgets: QWidget, least: int, space: int = SPACE_2, shares: Sequence[int] = ()) -> None:
        super().__init__()
        shares = shares or [1] * len(widgets)
        self._needed = sum(shares) * (least + space) - space
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(space)
        for widget, share in zip(widgets, shares, strict=True):
            self._box.addWidget(widget, share)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them: whoever holds it decides, and it folds."""
        widths = (self._widget(at).minimumSizeHint().width() for at in range(self._box.count()))
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= self._needed
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)

    def _widget(self, at: int) -> QWidget:
        item = self._box.itemAt(at)
        return (item.widget() if item is not None else None) or self


class Scroll(QScrollArea):
    """What does not fit scrolls up and down, never sideways; the ground behind shows through."""

    def __init__(self, content: QWidget | QLayout | None = None) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if isinstance(content, QLayout):
            content = boxed(content)
        if content is not None:
            self.show_widget(content)

    def show_widget(self, content: QWidget) -> None:
        """Scroll this instead."""
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)


def reveal(widget: QWidget) -> None:
    """Scroll so that a widget is seen, once what has just changed is laid out."""

    def scroll() -> None:
        around = widget.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)

    QTimer.singleShot(0, widget, scroll)
