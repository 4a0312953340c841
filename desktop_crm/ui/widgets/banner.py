"""A sentence on a coloured ground, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.look.tokens import RADIUS_ROW, SPACE_4, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark, Panel, ink_of, phrase
from desktop_crm.ui.widgets.layout import flow

_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.INFO: "info",
    Tone.SUCCESS: "check",
    Tone.WARNING: "alert",
    Tone.DANGER: "alert",
    Tone.VIOLET: "clock",
    Tone.ACCENT: "info",
}
_SIDE = 15


class Banner(Panel):
    """What must be known here, in one sentence. Acts of kind LINK stand below it, other buttons at the end.

    `strong` are words of the text set strong, such as *Still running:*.
    """

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.INFO,
        icon: str = "",
        actions: Sequence[Button] = (),
        *,
        strong: Sequence[str] = (),
        kind: Type = Type.SMALL,
    ) -> None:
        super().__init__(f"{tone.value}_soft", "", RADIUS_ROW)
        if tone is Tone.NEUTRAL:
            self.fill, self.edge = "sunken", "line"
        self.setAccessibleName(text)
        self.words = phrase(text, strong, kind, "text2" if tone is Tone.NEUTRAL else "text")
        links = [action for action in actions if action.kind is Kind.LINK]
        buttons = [action for action in actions if action.kind is not Kind.LINK]
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 9 if buttons else 11, 0, 9 if buttons else 6 if links else 11)
        line.setSpacing(9)
        line.addSpacing(_SIDE)
        line.addLayout(_at_top(Mark(icon or _ICONS[tone], size=18, ink=ink_of(tone)), middle=bool(buttons)))
        line.addLayout(self._text(links), 1)
        for button in buttons:
            line.addWidget(button)
        line.addSpacing(10 if buttons else _SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _text(self, links: Sequence[Button]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.words)
        if links:
            column.addWidget(flow(*links, space=SPACE_4))
        return column


def _at_top(mark: QWidget, *, middle: bool) -> QVBoxLayout:
    """Beside the first line of the text, or in the middle of a banner of one line."""
    column = QVBoxLayout()
    column.setSpacing(0)
    if middle:
        column.addStretch(1)
    column.addWidget(mark)
    column.addStretch(1)
    return column
