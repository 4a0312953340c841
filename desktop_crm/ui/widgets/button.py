"""Buttons. They paint themselves, because a style sheet can neither place an icon nor mirror it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import BUTTON, BUTTON_LARGE, RADIUS, TARGET
from desktop_crm.ui.look.typography import Type, font

_ICON = 18
_GAP = 7


class Kind(StrEnum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    LINK = "link"
    ICON = "icon"


_FILLS = {Kind.PRIMARY: "accent", Kind.SECONDARY: "surface", Kind.DANGER: "danger"}
_HOVERS = {Kind.PRIMARY: "accent_hover", Kind.DANGER: "danger"}
_INKS = {
    Kind.PRIMARY: "on_accent",
    Kind.SECONDARY: "text",
    Kind.QUIET: "text2",
    Kind.DANGER: "surface",
    Kind.LINK: "accent",
    Kind.ICON: "text2",
}
_FILLED = {Kind.PRIMARY, Kind.DANGER}


def plain(text: str) -> str:
    """A text without the mark of its access key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _marked(text: str, key: str) -> str:
    """The text with the mark of its access key."""
    at = next((at for at, sign in enumerate(text) if sign.lower() == key), None)
    return text if at is None else f"{text[:at]}&{text[at:]}"


class Painted(QPushButton):
    """A button with a look of its own: Enter works like Space, and the keyboard leaves a ring."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__(text)
        self._name = name
        self.ringed = False
        self._withheld = False
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name or plain(text))

    def withhold(self) -> None:
        """Not for whoever works here: it stays away, whatever a page says of it later."""
        self._withheld = True
        self.hide()

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible and not self._withheld)

    def setText(self, text: str) -> None:
        super().setText(text)
        if not self._name:
            self.setAccessibleName(plain(text))
        self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ringed = paint.ringed(event, self.ringed)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ringed = paint.ringed(event, self.ringed)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # Ctrl+Enter saves a form. Pressed twice, the second reaches the button that opened it.
            if event.isAutoRepeat() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                event.ignore()
            else:
                self.click()
        else:
            super().keyPressEvent(event)

    @property
    def lit(self) -> bool:
        """Whether the mouse is over it or holds it down."""
        return self.isEnabled() and (self.underMouse() or self.isDown())

    def mnemonic(self) -> Qt.TextFlag:
        """Whether access keys are underlined now; on Windows only while Alt is held."""
        if "&" not in self.text():
            return Qt.TextFlag.TextShowMnemonic
        from PySide6.QtWidgets import QStyle

        shown = self.style().styleHint(QStyle.StyleHint.SH_UnderlineShortcut, None, self)
        return Qt.TextFlag.TextShowMnemonic if shown else Qt.TextFlag.TextHideMnemonic


class Button(Painted):
    """A push button. `icon` is one of `icons.NAMES`; without a text it must have a `name`, which is also its hint."""

    def __init__(
        self,
        text: str = "",
        *,
        icon: str | None = None,
        kind: Kind = Kind.SECONDARY,
        name: str = "",
        large: bool = False,
    ) -> None:
        super().__init__(text, name)
        self.kind = kind
        self._icon = icon
        self._large = large
        self._folded = False
        self._larger = 0
        self._key = ""
        self.setProperty("kind", kind.value)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if not text:
            self.setToolTip(name)
        if kind is Kind.LINK:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_icon(self, icon: str | None) -> None:
        """Another icon, or none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Another weight, such as primary once everything is filled in."""
        self.kind = kind
        self.setProperty("kind", kind.value)
        self.update()

    def enlarge(self, larger: int) -> None:
        """So many pixels larger letters, on the screen that is handed to a customer."""
        self._larger = larger
        self.updateGeometry()
        self.update()

    def fold(self, folded: bool) -> None:
        """Show the icon alone where room is short; the text becomes the hint."""
        self._folded = folded and self._icon is not None
        self.setToolTip(plain(self.text()) if self._folded else "")
        self.updateGeometry()
        self.update()

    @property
    def shows_text(self) -> bool:
        """Whether there are words on it."""
        return bool(self._shown())

    def show_key(self, letter: str) -> None:
        """Underline the letter that presses it together with Alt; none while Alt is up."""
        self._key = letter
        self.update()

    def sizeHint(self) -> QSize:
        height = self._height()
        if not self._shown():
            return QSize(height, height)
        return QSize(self._content() + 2 * self._padding(), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        self._paint_ground(painter)
        self._paint_content(painter)
        self._paint_ring(painter)

    def _shown(self) -> str:
        return "" if self._folded else self.text()

    def _font(self) -> QFont:
        return font(Type.CARD if self._large else Type.BUTTON, larger=self._larger)

    def _height(self) -> int:
        if self._large:
            return BUTTON_LARGE + self._larger
        return (TARGET if self.kind in {Kind.ICON, Kind.LINK} else BUTTON) + self._larger

    def _padding(self) -> int:
        if self.kind is Kind.LINK:
            return 0
        return 18 if self._large else 15

    def _content(self) -> int:
        words = QFontMetrics(self._font()).size(Qt.TextFlag.TextShowMnemonic.value, self._shown()).width()
        return words + 1 + (_ICON + _GAP if self._icon else 0)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "text3"
        return "accent_hover" if self.kind is Kind.LINK and self.lit else _INKS[self.kind]

    def _paint_ground(self, painter: QPainter) -> None:
        if self.kind is Kind.LINK:
            return
        fill = _HOVERS.get(self.kind, "hover") if self.lit else _FILLS.get(self.kind)
        edge = "border" if self.kind is Kind.SECONDARY else None
        if not self.isEnabled() and fill:
            fill, edge = "neutral_soft", "border"
        if fill:
            paint.box(painter, self.rect(), RADIUS, fill=fill, edge=edge, dashed=paint.asleep(self))

    def _paint_content(self, painter: QPainter) -> None:
        start = (self.width() - self._content()) // 2 if self._shown() else (self.width() - _ICON) // 2
        start = max(start, self._padding()) if self._shown() else start
        if self._icon:
            place = paint.visual(self, QRect(start, 0, _ICON, self.height()))
            paint.glyph(painter, place, self._icon, self._icon_ink(), _ICON)
            start += _ICON + _GAP
        if self._shown():
            made = self._font()
            made.setUnderline(self.kind is Kind.LINK and (self.lit or self.ringed))
            words = paint.visual(self, QRect(start, 0, self.width() - start, self.height()))
            flags = Qt.TextFlag.TextShowMnemonic if self._key else self.mnemonic()
            paint.text(painter, words, _marked(self._shown(), self._key), made, self._ink(), flags=flags)

    def _icon_ink(self) -> str:
        return "text2" if self.kind is Kind.SECONDARY and self.isEnabled() else self._ink()

    def _paint_ring(self, painter: QPainter) -> None:
        if not self.ringed:
            return
        if self.kind in _FILLED:
            paint.ring(painter, self.rect().adjusted(3, 3, -3, -3), RADIUS - 3, self._ink())
        elif self.kind is Kind.LINK:
            painter.fillRect(0, self.height() - 6, self.width(), 2, paint.color("accent"))
        else:
            paint.ring(painter, self.rect(), RADIUS)
