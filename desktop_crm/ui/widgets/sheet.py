"""Sheets: what needs an answer before going on. They lie over the dimmed window and are part of it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import say
from desktop_crm.ui.look.tokens import RADIUS_SHEET, SPACE_2, SPACE_3, SPACE_4, SPACE_7, SPACE_8, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import Scroll, clear, in_reading_order, line
from desktop_crm.ui.widgets.losing import Losing, any_typed
from desktop_crm.words import M

SMALL_BELOW = 700
"""Narrower sheets say one thing: no lines between their parts, and no × beside their buttons."""
_ROOM = 24
"""Between a sheet and the edge of the window."""
_MARK, _MARK_SMALL = 44, 56


class Dialog(QDialog):
    """The part of a sheet that a screen reader calls a dialog. It decides nothing: the sheet around it does."""

    def __init__(self, parent: QWidget, name: str, description: str) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setStyleSheet("QDialog { background: transparent; }")
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class Overlay(Losing):
    """Lies over a window, dims it, and keeps the keyboard inside until it is closed. The newest lies on top, alone."""

    closed = Signal()

    def __init__(self, window: QWidget, name: str, description: str = "") -> None:
        super().__init__(window)
        self.hide()
        self._host = window
        self.panel = Dialog(self, name, description)
        self.hides_window = False
        """Nothing of the window shows through, as while somebody in it is being erased."""
        self._busy = False
        self._open = False
        self._ticks_before: set[QAbstractButton] = set()
        self._back: QWidget | None = None
        self._below: Overlay | None = None
        self._above: Overlay | None = None

    @staticmethod
    def top(window: QWidget) -> Overlay | None:
        """The overlay that has the keyboard in a window."""
        every = (child for child in window.children() if isinstance(child, Overlay))
        return next((overlay for overlay in every if overlay._open and overlay._above is None), None)

    def open(self) -> None:
        """Come up, with the keyboard on the first thing to fill in or press."""
        self._back = QApplication.focusWidget()
        self._below = Overlay.top(self._host)
        if self._below is not None:
            self._below._above = self
            self._below.hide()
        self._open = True
        self._ticks_before = _ticked(self.panel)
        self._host.installEventFilter(self)
        self.fit()
        self.show()
        self.raise_()
        self.fit()
        (self.first() or self).setFocus(Qt.FocusReason.PopupFocusReason)
        _application().focusChanged.connect(self._watch_focus)

    def close(self) -> bool:
        """Go away for good; the keyboard is where it was before."""
        if self._open:
            self._leave()
        return True

    @property
    def busy(self) -> bool:
        """Whether something is being done that must not be walked away from."""
        return self._busy

    def set_busy(self, busy: bool) -> None:
        """While busy neither Esc nor × closes."""
        self._busy = busy

    def keep_draft(self) -> None:
        """The file is about to be closed: keep what is being typed, as a draft inside it."""

    @property
    def would_lose(self) -> bool:
        """A tick is lost as well."""
        return self._open and (any_typed(self.panel) or self._ticks_before != _ticked(self.panel))

    def dismiss(self) -> None:
        """Close it because a person does not want to go on."""
        if not self._busy:
            self.close()

    def fit(self) -> None:
        """Cover the window and lay the panel in its middle."""
        around = self._host.rect()
        self.setGeometry(around)
        size = self.wanted(QSize(around.width() - 2 * _ROOM, around.height() - 2 * _ROOM))
        left, top = (around.width() - size.width()) // 2, (around.height() - size.height()) // 2
        self.panel.setGeometry(left, top, size.width(), size.height())
        self.update()

    def wanted(self, room: QSize) -> QSize:
        """How large the panel wants to be in a window with this much room."""
        return self.panel.sizeHint().boundedTo(room)

    def first(self) -> QWidget | None:
        """Where the keyboard starts."""
        return next(iter(self._stops()), None)

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        now = self.focusWidget()
        step = 1 if forward else -1
        at = stops.index(now) + step if now in stops else 0 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[at % len(stops)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() == Qt.Key.Key_Alt:
            event.ignore()  # the window shows the letters of the buttons

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel reaches nothing below."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The kind of event first: Python may take a window down in pieces, and then some attributes are gone.
        if event.type() is QEvent.Type.Resize and watched is self._host:
            self.fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        if self.hides_window:
            painter.fillRect(self.rect(), paint.color("canvas"))
        paint.scrim(painter, self.rect())
        paint.shadow(painter, self.panel.geometry(), RADIUS_SHEET)
        paint.box(painter, self.panel.geometry(), RADIUS_SHEET, fill="raised", edge="edge")

    def _stops(self) -> list[QWidget]:
        """Everything Tab can reach, in its order."""
        found: list[QWidget] = []
        one = self.nextInFocusChain()
        while one is not None and one is not self:
            if self.isAncestorOf(one) and _takes_tab(one) and one.isVisibleTo(self):
                found.append(one)
            one = one.nextInFocusChain()
        return found

    def _watch_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whoever moves the keyboard to the dimmed window has it brought back."""
        if new is None or self.isHidden() or new.window() is not self.window() or new is self or self.isAncestorOf(new):
            return
        if Overlay.top(self._host) is self:
            (self.first() or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        _application().focusChanged.disconnect(self._watch_focus)
        self._host.removeEventFilter(self)
        self._open = False
        self.hide()
        if self._below is not None:
            self._below._above = self._above
        if self._above is None:
            self._give_back()
        else:
            self._above._below, self._above._back = self._below, self._back
        self.closed.emit()
        self.deleteLater()

    def _give_back(self) -> None:
        """Show what was below, and put the keyboard where it was."""
        if self._below is not None:
            self._below.show()
            self._below.raise_()
            self._below.fit()
        if self._back is not None and isValid(self._back) and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)


class Sheet(Overlay):
    """A title, what it is about in `body`, and buttons in a foot. Wide ones have lines between these and a ×."""

    def __init__(
        self,
        window: QWidget,
        title: str,
        subtitle: str = "",
        *,
        icon: str | None = None,
        tone: Tone = Tone.NEUTRAL,
        width: int = 760,
    ) -> None:
        super().__init__(window, title, subtitle)
        self._width = width
        self._small = width < SMALL_BELOW
        self._edge = 1 + (SPACE_8 if self._small else SPACE_7)
        self.close_button = Button(icon="x", kind=Kind.ICON, name=say(M("Close")))
        self.close_button.clicked.connect(self.dismiss)
        self._head = self._made_head(title, subtitle, icon, tone)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        top = 10 if self._small else SPACE_4
        self.body.setContentsMargins(self._edge, top, self._edge, SPACE_4)
        self.body.setSpacing(SPACE_3)
        self._inside.installEventFilter(self)
        self._scroll = Scroll()
        self._scroll.show_widget(self._inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumHeight(1)  # its own wish, 75 px, would squeeze the head of a sheet that says little
        self._foot = QWidget()
        self._foot_line = QHBoxLayout(self._foot)
        self._foot.hide()
        self._build()

    def footer(self, note: str = "", *buttons: QWidget, icon: str = "", start: QWidget | None = None) -> None:
        """Show a note at the start of the foot, with an icon, and buttons at its end; `start` is an act beside them."""
        clear(self._foot_line)
        end = 24 if self._small else 15
        self._foot_line.setContentsMargins(self._edge, 12 if self._small else 14, self._edge, end)
        self._foot_line.setSpacing(SPACE_2)
        if start is not None:
            self._foot_line.addWidget(start)
        if icon:
            self._foot_line.addWidget(Mark(icon, size=16, ink="text3"))
        self._foot_line.addWidget(label(note, Type.SMALL, "text3", wrap=True), 1)
        for button in buttons:
            self._foot_line.addWidget(button)
        self._foot.show()
        self.close_button.setVisible(not self._small)
        self.fit()

    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        self.close_button.setEnabled(not busy)

    def wanted(self, room: QSize) -> QSize:
        width = min(self._width, room.width())
        layout = self.panel.layout()
        fixed = sum(_height_at(part, width) for part in (self._head, *self._lines, self._foot) if not part.isHidden())
        return QSize(width, min(fixed + _height_at(self._inside, width), room.height())) if layout else room

    def first(self) -> QWidget | None:
        """Never on what cannot be undone: whoever presses Enter twice shall not erase anybody."""
        last = self.close_button
        stops = [stop for stop in self._stops() if stop is not last and not _is_danger(stop)]
        return next(iter(stops), last if last.isVisibleTo(self) else None)

    def _watch_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        super()._watch_focus(old, new)
        if new is not None and self._inside.isAncestorOf(new):
            self._scroll.ensureWidgetVisible(new, 0, SPACE_8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and watched is self._inside and not self.isHidden():
            self.fit()
        return super().eventFilter(watched, event)

    def _stops(self) -> list[QWidget]:
        in_reading_order(self.panel)
        return super()._stops()

    def _build(self) -> None:
        every = QVBoxLayout(self.panel)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(0)
        self._lines = [] if self._small else [line(), line()]
        every.addWidget(self._head)
        for part in (*self._lines[:1], self._scroll, *self._lines[1:], self._foot):
            every.addWidget(part, 1 if part is self._scroll else 0)

    def _made_head(self, title: str, subtitle: str, icon: str | None, tone: Tone) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 29 if self._small else 20, 0, 16 if self._small else 15)
        across.setSpacing(0)
        across.addSpacing(self._edge)
        if icon:
            size = _MARK_SMALL if self._small else _MARK
            across.addWidget(Mark(icon, tone, size=size, square=True), 0, Qt.AlignmentFlag.AlignTop)
            across.addSpacing(SPACE_4 if self._small else 14)
        words = QVBoxLayout()
        words.setSpacing(5 if self._small else 3)
        words.addWidget(label(title, Type.PANE, wrap=True))
        if subtitle:
            words.addWidget(label(subtitle, Type.BODY, "text2", wrap=True))
        across.addLayout(words, 1)
        across.addWidget(self.close_button)
        across.addSpacing(self._edge if self._small else 23)
        return made


def _ticked(panel: QWidget) -> set[QAbstractButton]:
    return {one for one in panel.findChildren(QAbstractButton) if one.isChecked()}


def _is_danger(stop: QWidget) -> bool:
    return isinstance(stop, Button) and stop.kind is Kind.DANGER


def _application() -> QApplication:
    return cast(QApplication, QApplication.instance())


def _takes_tab(one: QWidget) -> bool:
    return bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.isEnabled() and one.focusProxy() is None


def _height_at(part: QWidget, width: int) -> int:
    layout = part.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return max(part.minimumHeight(), part.sizeHint().height())
