"""What a role may do, as a table of plain verbs: to be read, or to be ticked for a role of one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_crm.privacy.rights import Deed, Right, Rights
from desktop_crm.services.role_words import DEEDS, MEANT, NEEDED, PARTS
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, row
from desktop_crm.words import M

_COLUMN, _ROW = 78, 32


class Matrix(QWidget):
    """Parts down, deeds across. Whoever may do something to a part sees it: ticking the one ticks the other."""

    changed = Signal()

    def __init__(self, desk: Desk, rights: Rights, *, most: Rights | None = None) -> None:
        """`most` is what may be ticked; without it the table is only to be read."""
        super().__init__()
        self._desk = desk
        self.boxes: dict[Right, CheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_2)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for across, (deed, said) in enumerate(DEEDS.items(), 1):
            grid.setColumnMinimumWidth(across, _COLUMN)
            grid.addWidget(label(desk.say(said), Type.BADGE, "text2"), 0, across, Qt.AlignmentFlag.AlignHCenter)
            for down, part in enumerate(PARTS, 1):
                grid.addWidget(self._cell((deed, part), rights, most), down, across, Qt.AlignmentFlag.AlignCenter)
        for down, (_, said) in enumerate(PARTS.items(), 1):
            grid.setRowMinimumHeight(down, _ROW)
            grid.addWidget(label(desk.say(said), Type.BODY, wrap=True), down, 0)

    @property
    def rights(self) -> Rights:
        """What is ticked."""
        return frozenset(right for right, box in self.boxes.items() if box.isChecked())

    def _cell(self, right: Right, rights: Rights, most: Rights | None) -> QWidget:
        named = self._named(right)
        if right not in MEANT:
            return QWidget()
        if most is None:
            return self._told(named, right in rights)
        box = CheckBox("", name=named)
        box.setChecked(right in rights or right in NEEDED)
        box.setEnabled(right in most and right not in NEEDED)
        box.toggled.connect(lambda on: self._ticked(right, on))
        self.boxes[right] = box
        return box

    def _told(self, named: str, allowed: bool) -> QWidget:
        mark = Mark("check" if allowed else "minus", size=18, ink="success" if allowed else "text3")
        holder = boxed(row(mark, margins=SPACE_3 // 2))
        said = M("{what}: yes", what=named) if allowed else M("{what}: no", what=named)
        holder.setAccessibleName(self._desk.say(said))
        holder.setToolTip(holder.accessibleName())
        return holder

    def _named(self, right: Right) -> str:
        deed, part = right
        return self._desk.say(M("{part}: {deed}", part=PARTS[part], deed=DEEDS[deed]))

    def _ticked(self, right: Right, on: bool) -> None:
        deed, part = right
        seen = self.boxes.get((Deed.VIEW, part))
        if on and seen is not None:
            seen.setChecked(True)
        elif deed is Deed.VIEW and not on:
            for (_, other), box in self.boxes.items():
                if other is part:
                    box.setChecked(False)
        self.changed.emit()
