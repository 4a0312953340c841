"""What the list can be narrowed to: chips with how many people each leaves. What finds no room is in a menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services.listing import LABEL, Chip, ChipCount
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.widgets.chip import GAP, ChipRow, chip_width
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.words import M

_MORE = "more"


class PeopleChips(QWidget):
    """Shows chips that leave somebody, and the one that is chosen."""

    picked = Signal(str)
    """The key of a chip, as the services know it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._counts: dict[str, ChipCount] = {}
        self._chosen: str = Chip.ALL
        self._inside: list[str] = []
        """What is worth a chip and finds no room in the line."""
        self._offered: Sequence[tuple[str, str]] = [(Chip.ALL, desk.say(M("All")))]
        self.row = ChipRow(self._offered, name=desk.say(M("Narrow the list")), chosen=Chip.ALL)
        self.row.changed.connect(self._pick)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.row)

    @property
    def chosen(self) -> str:
        """The key of the chosen chip."""
        return self._chosen

    @property
    def labels(self) -> list[ChipCount]:
        """The labels that somebody bears, by name."""
        return [count for key, count in self._counts.items() if key.startswith(LABEL)]

    def number(self, key: str) -> int | None:
        """How many people a chip leaves, if that is known."""
        return self._counts[key].number if key in self._counts else None

    def show_counts(self, counts: Sequence[ChipCount]) -> None:
        """Show how many people each leaves."""
        self._counts = {count.key: count for count in counts}
        self._offer()

    def choose(self, key: str) -> None:
        """Show a chip as chosen, without telling."""
        self._chosen = key
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer()

    def _offer(self) -> None:
        """As many as stand in one line; the others are in the menu, with the labels."""
        worth: list[tuple[str, str]] = [(key, self._text(key)) for key in Chip if self._is_worth(key)]
        self._inside = []
        while self._needed(worth) > self.width() and len(worth) > 1:
            self._inside.insert(0, worth.pop()[0])
        options = [*worth, *self._more()]
        if options != self._offered:
            self._offered = options
            self.row.set_options(options)
        self.row.choose(self._shown)

    def _needed(self, worth: Sequence[tuple[str, str]]) -> int:
        return sum(chip_width(text) + GAP for _, text in (*worth, *self._more())) - GAP

    def _more(self) -> list[tuple[str, str]]:
        """The chip with the menu; it says what was chosen there."""
        if self._is_inside:
            return [(_MORE, self._text(self._chosen))]
        if self._inside:
            return [(_MORE, self._desk.say(M("More …")))]
        return [(_MORE, self._desk.say(M("Labels …")))] if self.labels else []

    @property
    def _shown(self) -> str:
        return _MORE if self._is_inside else self._chosen

    @property
    def _is_inside(self) -> bool:
        """Whether what is chosen stands in the menu."""
        return self._chosen.startswith(LABEL) or self._chosen in self._inside

    def _is_worth(self, key: str) -> bool:
        return key in {Chip.ALL, self._chosen} or bool(self.number(key))

    def _text(self, key: str) -> str:
        count = self._counts.get(key)
        if key == Chip.ALL or count is None:
            return self._desk.say(M("All") if key == Chip.ALL else M("Label"))
        return self._desk.say(M("{what} · {n}", what=count.text, n=count.number))

    def _pick(self, key: str) -> None:
        if key == _MORE:
            self.row.choose(self._shown)
            self._open_more()
        else:
            self._take(key)

    def _take(self, key: str) -> None:
        self.choose(key)
        self.picked.emit(key)

    def _open_more(self) -> None:
        menu = Menu(self, name=self._desk.say(M("More") if self._inside else M("Labels")))
        for key in self._inside:
            menu.add(self._text(key), partial(self._take, key))
        for label in self.labels:
            menu.add(self._text(label.key), partial(self._take, label.key), icon="tag")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_below(self.row.chip(_MORE))
