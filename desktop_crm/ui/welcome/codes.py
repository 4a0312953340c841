"""The groups of a recovery sheet on the screen, as large as they are easy to copy by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop_crm.services.recovery_sheet import Sheet
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import SPACE_3, SPACE_4, SPACE_6
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column, line
from desktop_crm.words import M

_LARGER = 14
_HEAD, _HIGH = 24, 38
_NARROW = 640
_COVER = 136
"""As wide as a cover becomes: it leaves room to the group beside it."""


def code_font() -> QFont:
    """Letters of one width, each clearly itself."""
    return font(Type.MONO, larger=_LARGER)


class CodeGroup(QWidget):
    """One group below its name. Covered, it shows nothing but that it is covered."""

    def __init__(self, name: str, code: str, cover: str, *, ink: str = "text") -> None:
        super().__init__()
        self._name, self.code, self._cover, self._ink = name, code, cover, ink
        self.covered = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_covered(False)

    def set_covered(self, covered: bool) -> None:
        """Hide the group, or show it again."""
        self.covered = covered
        self.setAccessibleName(f"{self._name}: {self._cover if covered else ' '.join(self.code)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(self._wide(), 164), _HEAD + _HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide(), _HEAD + _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint.text(painter, QRect(0, 0, self.width(), 18), self._name, font(Type.BADGE), "text3")
        box = QRect(0, _HEAD, self.width(), _HIGH)
        if self.covered:
            part = paint.visual(self, QRect(0, _HEAD, min(self.width() - SPACE_3, _COVER), _HIGH))
            paint.box(painter, part, 8, fill="neutral_soft", edge="border")
            paint.text(painter, part, self._cover, font(Type.SMALL), "text2", Qt.AlignmentFlag.AlignHCenter)
        else:
            paint.text(painter, box, self.code, code_font(), self._ink)

    def _wide(self) -> int:
        words = QFontMetrics(font(Type.BADGE)).horizontalAdvance(self._name)
        return max(QFontMetrics(code_font()).horizontalAdvance("MMMM"), words) + 4


class CodeCard(Panel):
    """All nine groups of a sheet."""

    def __init__(self, sheet: Sheet, say: Callable[[M], str]) -> None:
        super().__init__()
        cover = say(M("covered"))
        self.groups = [
            CodeGroup(say(M("Group {number}", number=at)), code, cover) for at, code in enumerate(sheet.groups, 1)
        ]
        self.check = CodeGroup(say(M("Check group")), sheet.check, cover, ink="accent")
        note = label(
            say(M("Finds slips of the pen. The letters I, L, O and U do not occur.")), Type.HINT, "text3", wrap=True
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_3)
        self._grid.setVerticalSpacing(20)
        for at, group in enumerate(self.groups):
            self._grid.addWidget(group, at // 4, at % 4)
        self._grid.setRowStretch(2, 1)
        self._end = boxed(column(self.check, 20, note, STRETCH, space=0))
        self._every = every = QHBoxLayout(self)
        self._fit()
        every.addLayout(self._grid, 4)
        every.addWidget(line("post"))
        every.addWidget(self._end, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def cover(self, places: Iterable[int], covered: bool) -> None:
        """Cover groups, counted from 1, or show them again."""
        for place in places:
            self.groups[place - 1].set_covered(covered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where room is short, the edges give some of theirs to the groups."""
        narrow = self.width() < _NARROW
        edge = SPACE_4 if narrow else SPACE_6
        self._every.setContentsMargins(edge, 20, edge, 20)
        self._every.setSpacing(edge)
        self._end.setMinimumWidth(max(self.check.minimumSizeHint().width(), 80 if narrow else 140))
