"""The look in force: light, dark, high contrast, or as the computer is set. It changes while the window is open."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_crm.ui.look.stylesheet import stylesheet
from desktop_crm.ui.look.tokens import CONTRAST, CONTRAST_DARK, DARK, LIGHT, Tokens
from desktop_crm.ui.look.typography import Type, font, load_fonts


class Mode(StrEnum):
    """What people choose from under *Look*."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"

    @classmethod
    def named(cls, look: str) -> Mode:
        """The look of that name; what the computer shows where there is none of that name."""
        return cls(look) if look in set(cls) else cls.SYSTEM


class _InForce:
    """One per application, like the palette of Qt."""

    tokens = LIGHT


def tokens() -> Tokens:
    """The look in force. Ask while painting: it may be another one the next time."""
    return _InForce.tokens


STYLE = ("-style", "Fusion")
"""Said to an application being made: to give it a style later, PySide loads the six hundred names of `QStyle`."""


class Theme(QObject):
    """Dresses the application: style, palette, style sheet. Made once, before the first widget."""

    changed = Signal()

    def __init__(self, app: QApplication, *, styled: bool = False) -> None:
        """`styled`: the application was made with STYLE."""
        super().__init__(app)
        self.mode = Mode.SYSTEM
        self._app = app
        load_fonts()
        if not styled:
            app.setStyle(STYLE[1])
        app.setFont(font(Type.BODY))
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self._dress(self._fitting())

    def use(self, mode: Mode) -> None:
        """Show the whole window in this look, at once."""
        self.mode = mode
        schemes = {Mode.LIGHT: Qt.ColorScheme.Light, Mode.DARK: Qt.ColorScheme.Dark}
        # The frame that the computer draws round the window follows; Unknown gives the choice back to the computer.
        self._app.styleHints().setColorScheme(schemes.get(mode, Qt.ColorScheme.Unknown))
        self._follow()

    def _follow(self) -> None:
        fitting = self._fitting()
        if fitting != tokens():
            self._dress(fitting)

    def _fitting(self) -> Tokens:
        return fitting_tokens(self._app, self.mode)

    def _dress(self, look: Tokens) -> None:
        _InForce.tokens = look
        self._app.setPalette(palette(look))
        self._app.setStyleSheet(stylesheet(look))
        self.changed.emit()


def fitting_tokens(app: QApplication, mode: Mode) -> Tokens:
    """The tokens for a mode on this computer. One that does not tell its colours is light."""
    hints = app.styleHints()
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    contrast = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
    if mode is Mode.CONTRAST or (mode is Mode.SYSTEM and contrast):
        return CONTRAST_DARK if dark else CONTRAST
    return DARK if mode is Mode.DARK or (mode is Mode.SYSTEM and dark) else LIGHT


def palette(look: Tokens) -> QPalette:
    """All colours that Qt itself paints with."""
    made = QPalette()
    for role, color in _roles(look).items():
        made.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.text3))
    return made


def _roles(look: Tokens) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: look.canvas,
        role.WindowText: look.text,
        role.Base: look.surface,
        role.AlternateBase: look.sunken,
        role.Text: look.text,
        role.PlaceholderText: look.text3,
        role.Button: look.surface,
        role.ButtonText: look.text,
        role.BrightText: look.danger,
        role.Highlight: look.accent,
        role.HighlightedText: look.on_accent,
        role.Accent: look.accent,
        role.Link: look.accent,
        role.LinkVisited: look.accent,
        role.ToolTipBase: look.toast,
        role.ToolTipText: look.on_toast,
        role.Light: look.raised,
        role.Midlight: look.line,
        role.Mid: look.border,
        role.Dark: look.field,
        role.Shadow: look.scrim,
    }
