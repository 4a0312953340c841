"""Ways to go: lines of the sidebar, tabs over a page, and the dark bar over what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import words
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import BUTTON, RADIUS, RADIUS_CARD, SIDEBAR_FOLDED, SPACE_2, Tone
from desktop_crm.ui.look.typography import Type, digits, font
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.label import label

_PILL = 20
_NAV_PILL, _TAB_PILL = (22, 10), (24, 8)
"""The least width of a counter's ground, and the room beside longer numbers."""
_TAB_SIDE, _TAB_HEIGHT = 14, 40
_BAR_SIDE, _ACT_SIDE = 18, 14


def _pill_width(count: str, least: int, room: int) -> int:
    return max(least, QFontMetrics(digits(Type.BADGE)).horizontalAdvance(count) + room)


def _paint_pill(painter: QPainter, rect: QRect, count: str, tone: Tone, fill: str = "") -> None:
    look = tokens()
    edge = look.ink(tone) if look.plain else None
    paint.box(painter, rect, rect.height() / 2, fill=fill or look.soft(tone), edge=edge)
    paint.text(painter, rect, count, digits(Type.BADGE), look.ink(tone), Qt.AlignmentFlag.AlignHCenter)


class Pressable(QAbstractButton):
    """A painted button: it notes whether it is due a focus ring, and Enter presses it too."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._ring = False

    @property
    def ringed(self) -> bool:
        """Whether the keyboard is here and was used to come here."""
        return self._ring and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = paint.ringed(event, self._ring)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = paint.ringed(event, self._ring)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class TextLink(Pressable):
    """Words to click, in the size of the text around them; cut with … and a hint where there is no room."""

    def __init__(self, text: str, kind: Type = Type.BODY) -> None:
        super().__init__(text)
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(self._kind))
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        made = font(self._kind)
        made.setUnderline(self.underMouse() or self.ringed)
        paint.text(painter, self.rect(), self.text(), made, "accent_hover" if self.underMouse() else "accent")
        if self.ringed:
            paint.ring(painter, self.rect(), 4)


class _Place(Pressable):
    """A painted button for a place to go to."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.count = ""
        self.count_tone = Tone.NEUTRAL

    def set_count(self, count: int | None, tone: Tone = Tone.NEUTRAL, spoken: str = "") -> None:
        """Show a number behind the text; none for None and 0. `spoken` is what a screen reader says of it."""
        self.count = words().number(count) if count else ""
        self.count_tone = tone
        self.setAccessibleName(f"{self.text()}, {spoken or self.count}" if self.count else self.text())
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """A place one is at stays chosen; whoever holds the places moves the mark."""

    def _font_kind(self) -> Type:
        return Type.CARD if self.isChecked() else Type.STRONG

    def _ink(self) -> str:
        return "text" if self.isChecked() or self.underMouse() else "text2"


class NavItem(_Place):
    """A line of the sidebar: icon, text and perhaps a count. `fold` leaves the icon alone."""

    def __init__(self, text: str, icon: str) -> None:
        super().__init__(text)
        self._icon = icon
        self._folded = False
        self.setFixedHeight(BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(SIDEBAR_FOLDED - 24)

    def fold(self, folded: bool) -> None:
        """Show the icon alone, with the text as a tooltip."""
        self._folded = folded
        self.setToolTip(self.text() if folded else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDEBAR_FOLDED - 24 if self._folded else 220, BUTTON)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and not self._folded:
            self.setToolTip(self.text() if self._is_cut() else "")
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        if self.isChecked():
            self._paint_chosen(painter)
        elif self.underMouse():
            paint.box(painter, self.rect(), RADIUS, fill="hover")
        icon_ink = tokens().accent if self.isChecked() else tokens().color(self._ink())
        paint.glyph(painter, self._part(QRect(13, 9, 18, 18)), self._icon, icon_ink)
        if self._folded:
            self._paint_dot(painter)
        else:
            paint.text(painter, self._part(self._room()), self.text(), font(self._font_kind()), self._ink())
            if self.count:
                fill = "border" if self.count_tone is Tone.NEUTRAL and not tokens().plain else ""
                _paint_pill(painter, self._part(self._pill()), self.count, self.count_tone, fill)
        if self.ringed:
            paint.ring(painter, self.rect(), RADIUS)

    def _paint_chosen(self, painter: QPainter) -> None:
        edge = "border" if tokens().plain else None
        paint.box(painter, self.rect(), RADIUS, fill="surface", edge=edge)
        paint.box(painter, self._part(QRect(0, 10, 3, 16)), 1.5, fill="accent")

    def _paint_dot(self, painter: QPainter) -> None:
        if self.count:
            paint.box(painter, self._part(QRect(25, 6, 8, 8)), 4, fill=tokens().mark(self.count_tone))

    def _part(self, rect: QRect) -> QRect:
        return paint.visual(self, rect)

    def _pill(self) -> QRect:
        width = _pill_width(self.count, *_NAV_PILL)
        return QRect(self.width() - 6 - width, (BUTTON - _PILL) // 2, width, _PILL)

    def _room(self) -> QRect:
        end = self._pill().left() - 2 if self.count else self.width() - 8
        return QRect(42, 0, end - 42, BUTTON)

    def _font_kind(self) -> Type:
        """Where one is stands heavier, unless the words would be cut for it: the bar beside them says it, too."""
        kind = super()._font_kind()
        return kind if self._fits(kind) else Type.STRONG

    def _fits(self, kind: Type) -> bool:
        return QFontMetrics(font(kind)).horizontalAdvance(self.text()) <= self._room().width()

    def _is_cut(self) -> bool:
        return not self._fits(self._font_kind())


class _Tab(_Place):
    """One tab: text, perhaps a count, and the teal line under the one that is shown."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(Type.CARD)).horizontalAdvance(self.text())
        return QSize(2 * _TAB_SIDE + words + 1 + self._count_width(), _TAB_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * _TAB_SIDE + 24 + self._count_width(), _TAB_HEIGHT)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip(self.text() if self.width() < self.sizeHint().width() else "")
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        room = QRect(_TAB_SIDE, 0, self.width() - 2 * _TAB_SIDE - self._count_width(), _TAB_HEIGHT)
        paint.text(painter, paint.visual(self, room), self.text(), font(self._font_kind()), self._ink())
        if self.count:
            width = _pill_width(self.count, *_TAB_PILL)
            pill = QRect(self.width() - _TAB_SIDE - width, (_TAB_HEIGHT - _PILL) // 2, width, _PILL)
            _paint_pill(painter, paint.visual(self, pill), self.count, self.count_tone)
        if self.isChecked():
            line = QRect(_TAB_SIDE, _TAB_HEIGHT - 3, self.width() - 2 * _TAB_SIDE, 5)
            painter.setClipRect(self.rect())
            paint.box(painter, line, 2, fill="accent")
            painter.setClipping(False)
        if self.ringed:
            paint.ring(painter, self.rect().adjusted(4, 4, -4, -6), RADIUS)

    def _count_width(self) -> int:
        return 4 + _pill_width(self.count, *_TAB_PILL) if self.count else 0


class Tabs(QWidget):
    """Tabs over a page. Left and Right go from one to the next."""

    picked = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        name: str,
        counts: Mapping[str, int] | None = None,
        chosen: str | None = None,
        trailing: Sequence[QWidget] = (),
    ) -> None:
        """`options` are pairs of key and text; `trailing` stands at the end of the line."""
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(_TAB_HEIGHT)
        self._tabs: dict[str, _Tab] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for key, text in options:
            self._tabs[key] = tab = _Tab(text)
            tab.set_count((counts or {}).get(key))
            tab.clicked.connect(lambda _on=False, key=key: self._click(key))
            tab.installEventFilter(self)
            line.addWidget(tab)
        line.addStretch(1)
        for widget in trailing:
            line.addWidget(widget)
        self.choose(chosen or options[0][0])

    @property
    def chosen(self) -> str:
        """The key of the tab that is shown."""
        return next(key for key, tab in self._tabs.items() if tab.isChecked())

    def choose(self, key: str) -> None:
        """Show a tab as chosen, without telling."""
        for other, tab in self._tabs.items():
            tab.setChecked(other == key)
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus)

    def set_count(self, key: str, count: int | None, tone: Tone = Tone.NEUTRAL) -> None:
        """Show a number behind a tab."""
        self._tabs[key].set_count(count, tone)

    def tabs_width(self) -> int:
        """The room that the tabs want, without what stands at the end of their line."""
        return sum(tab.sizeHint().width() for tab in self._tabs.values() if not tab.isHidden())

    def show_tab(self, key: str, shown: bool) -> None:
        """Offer a tab or not, as one that is needed only where room is short. The one that is chosen stays."""
        self._tabs[key].setVisible(shown or key == self.chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            turn = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
            steps: dict[int, int] = {Qt.Key.Key_Left: -turn, Qt.Key.Key_Right: turn}
            if event.key() in steps:
                self._step(steps[event.key()])
                return True
        return super().eventFilter(watched, event)

    def _click(self, key: str) -> None:
        self.choose(key)
        self.picked.emit(key)

    def _step(self, steps: int) -> None:
        keys = [key for key, tab in self._tabs.items() if not tab.isHidden()]
        at = keys.index(self.chosen) + steps
        if 0 <= at < len(keys):
            self._click(keys[at])
            self._tabs[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)


class DarkButton(Pressable):
    """An act on a dark bar, in words or as an icon with a name."""

    def __init__(self, text: str = "", *, icon: str = "", name: str = "", strong: bool = False) -> None:
        super().__init__(text, name)
        self.setToolTip("" if text else name)
        self._icon = icon
        self._strong = strong

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(Type.BUTTON)).horizontalAdvance(self.text())
        return QSize(words + 2 * _ACT_SIDE if words else BUTTON, BUTTON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        ink = "toast_act" if self._strong or self.underMouse() else "on_toast"
        if self._icon:
            paint.glyph(painter, self.rect(), self._icon, ink)
        paint.text(painter, self.rect(), self.text(), font(Type.BUTTON), ink, Qt.AlignmentFlag.AlignHCenter)
        if self.ringed:
            paint.ring(painter, self.rect(), RADIUS, "toast_act")


class SelectionBar(Panel):
    """The dark bar that floats over the foot of a list and says what can be done with the rows chosen.

    The last act is the one that weighs most. It lies over `over`, in its middle, and goes when nothing is chosen.
    """

    acted = Signal(str)

    def __init__(self, over: QWidget, acts: Sequence[tuple[str, str]]) -> None:
        """`acts` are pairs of key and text."""
        super().__init__("toast", "", RADIUS_CARD, over)
        self._over = over
        self.beside = 0
        """So many pixels at the end of `over` are not of the list, as a rail."""
        self._words = label("", Type.CARD, "on_toast")
        self._acts: dict[str, DarkButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, SPACE_2, 0, SPACE_2)
        line.setSpacing(SPACE_2 - 1)
        line.addSpacing(_BAR_SIDE)
        line.addWidget(self._words)
        line.addSpacing(_ACT_SIDE)
        for key, text in acts:
            self._acts[key] = act = DarkButton(text, strong=key == acts[-1][0])
            act.clicked.connect(lambda _on=False, key=key: self.acted.emit(key))
            line.addWidget(act)
        line.addSpacing(_BAR_SIDE - _ACT_SIDE + 6)
        over.installEventFilter(self)
        self.hide()

    def show_count(self, text: str, acts: Mapping[str, str] | None = None) -> None:
        """Show how many are chosen, in words; an empty text hides the bar. `acts` renames acts, as with a number."""
        self._words.setText(text)
        self.setAccessibleName(text)
        for key, renamed in (acts or {}).items():
            self._acts[key].setText(renamed)
            self._acts[key].setAccessibleName(renamed)
            self._acts[key].updateGeometry()
        self.setVisible(bool(text))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        over = self._over
        self.adjustSize()
        room = over.width() - self.beside
        self.resize(min(self.width(), room - 2 * SPACE_2), self.height())
        place = QRect(self.geometry())
        place.moveTo((room - self.width()) // 2, over.height() - self.height() - _BAR_SIDE)
        self.move(paint.visual(over, place).topLeft())
        self.raise_()
