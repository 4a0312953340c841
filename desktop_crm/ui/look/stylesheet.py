"""The one style sheet, made from the tokens. Rules hang on the properties `kind`, `ink` and `state`.

What a style sheet cannot do (icons beside words, rings, ticks, right-to-left) the controls paint themselves.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from string import Template

from desktop_crm.ui.look.tokens import Tokens

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit {
  background: $surface; color: $text; border: 1px solid $field; border-radius: 8px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $text3;
}
QLineEdit { padding: 0 10px; min-height: 34px; lineedit-password-character: 8226; }
QLineEdit[kind="large"] { min-height: 40px; }
QPlainTextEdit, QTextEdit { padding: 5px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; }
QLineEdit:focus { padding: 0 9px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 4px 5px; }
QLineEdit[kind="search"] { background: $sunken; border: 1px solid $quiet_edge; }
QLineEdit[kind="search"]:focus { background: $surface; border: 2px solid $accent; }
QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus, QPlainTextEdit[kind="bare"], QPlainTextEdit[kind="bare"]:focus {
  background: transparent; border: none; padding: 0;
}
QLineEdit[state="right"], QPlainTextEdit[state="right"] { border-color: $success; }
QLineEdit[state="wrong"], QPlainTextEdit[state="wrong"] { border-color: $danger; }
QLineEdit[state="odd"] { border-color: $warning_mark; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
  background: $sunken; color: $text3; border: 1px $off $border;
}
QLineEdit:read-only, QPlainTextEdit:read-only { background: $sunken; border-color: $border; }
QAbstractSpinBox { background: $surface; color: $text; border: 1px solid $field; border-radius: 8px;
  padding: 0 8px; min-height: 34px; }
"""

_BARS = """
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $bar; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $field; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: $border; }
"""

_POPUPS = """
QToolTip { background: $toast; color: $on_toast; border: 1px solid $toast; padding: 5px 8px; }
QMenu { background: $raised; color: $text; border: 1px solid $edge; padding: 6px; }
QMenu[kind="menu"] { border-radius: 10px; }
QMenu::item { padding: 8px 28px 8px 12px; border-radius: 6px; background: transparent; }
QMenu::item:selected { background: $accent_soft; color: $on_accent_soft; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: 10px; padding-right: 10px; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }
QComboBox { combobox-popup: 0; }
QListView[kind="choices"] { background: $raised; color: $text; border: 1px solid $edge; border-radius: 10px;
  padding: 5px; outline: none; }
QListView[kind="choices"]::item { min-height: 34px; padding: 0 10px; border-radius: 6px; color: $text; }
QListView[kind="choices"]::item:hover, QListView[kind="choices"]::item:selected {
  background: $accent_soft; color: $on_accent_soft; }
QListView[kind="choices"]::item:disabled { color: $text3; }
"""

_GROUNDS = """
QFrame[kind="card"] { background: $surface; border: 1px solid $border; border-radius: 12px; }
QFrame[kind="sheet"] { background: $raised; border: 1px solid $edge; border-radius: 16px; }
QFrame[kind="sunken"] { background: $sunken; border: 1px solid $line; border-radius: 10px; }
QFrame[kind="surface"] { background: $surface; border: none; }
QFrame[kind="sidebar"] { background: $sidebar; border: none; }
QFrame[kind="canvas"] { background: $canvas; border: none; }
QFrame[kind="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="rule"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="post"] { background: $border; border: none; max-width: 1px; min-width: 1px; }
"""

_VIEWS = """
QTableView, QListView, QTreeView { background: $surface; color: $text; border: none; outline: none;
  alternate-background-color: $sunken; gridline-color: $line;
  selection-background-color: $accent_soft; selection-color: $on_accent_soft; }
QTableView[kind="people"] { selection-background-color: transparent; }
QTableView[kind="log"] { background: transparent; selection-background-color: transparent; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $text2; border: none; border-bottom: 1px solid $line;
  padding: 8px 12px; font-size: 12px; font-weight: 500; }
QTableCornerButton::section { background: $sunken; border: none; }
"""

_FOREIGN = """
QDialog { background: $raised; }
.QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: 8px;
  padding: 0 14px; min-height: 34px; font-size: 13px; font-weight: 500; }
.QPushButton:hover { background: $hover; }
.QPushButton:focus { border: 2px solid $accent; padding: 0 13px; }
.QPushButton:default { background: $accent; color: $on_accent; border-color: $accent; }
.QPushButton:disabled { background: $sunken; color: $text3; }
"""
"""Buttons of Qt's own dialogs (print, choose a file). Ours paint themselves and take nothing from here."""

_SHEET = Template(_FIELDS + _BARS + _POPUPS + _GROUNDS + _VIEWS + _FOREIGN)


@cache
def stylesheet(tokens: Tokens) -> str:
    """The style sheet of a look. Labels take their colour by the property `ink`, the name of a token."""
    values = {field.name: getattr(tokens, field.name) for field in fields(tokens)}
    colors = {name: value for name, value in values.items() if isinstance(value, str)}
    inks = "".join(f'QLabel[ink="{name}"] {{ color: {value}; }}\n' for name, value in colors.items())
    return _SHEET.substitute(colors, **_quiet(tokens)) + inks


def _quiet(tokens: Tokens) -> dict[str, str]:
    """What stays in the background, except where people need every edge."""
    if tokens.plain:
        return {"bar": tokens.field, "quiet_edge": tokens.field, "off": "dashed"}
    return {"bar": tokens.edge if tokens.dark else "#C3C8D0", "quiet_edge": tokens.line, "off": "solid"}
