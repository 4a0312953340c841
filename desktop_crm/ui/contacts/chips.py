"""What the list can be narrowed to: chips with how many people each leaves. Labels share one chip with a menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services.listing import LABEL, Chip, ChipCount
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.words import M

_LABELS = "labels"


class PeopleChips(QWidget):
    """Shows chips that leave somebody, and the one that is chosen."""

    picked = Signal(str)
    """The key of a chip, as the services know it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._counts: dict[str, ChipCount] = {}
        self._chosen: str = Chip.ALL
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

    def _offer(self) -> None:
        options: list[tuple[str, str]] = [(key, self._text(key)) for key in Chip if self._is_worth(key)]
        if self.labels or self._is_label:
            options.append((_LABELS, self._text(self._chosen) if self._is_label else self._desk.say(M("Labels …"))))
        if options != self._offered:
            self._offered = options
            self.row.set_options(options)
        self.row.choose(self._shown)

    @property
    def _shown(self) -> str:
        return _LABELS if self._is_label else self._chosen

    @property
    def _is_label(self) -> bool:
        return self._chosen.startswith(LABEL)

    def _is_worth(self, key: str) -> bool:
        return key in {Chip.ALL, self._chosen} or bool(self.number(key))

    def _text(self, key: str) -> str:
        count = self._counts.get(key)
        if key == Chip.ALL or count is None:
            return self._desk.say(M("All") if key == Chip.ALL else M("Label"))
        return self._desk.say(M("{what} · {n}", what=count.text, n=count.number))

    def _pick(self, key: str) -> None:
        if key == _LABELS:
            self.row.choose(self._shown)
            self._open_labels()
        else:
            self._take(key)

    def _take(self, key: str) -> None:
        self.choose(key)
        self.picked.emit(key)

    def _open_labels(self) -> None:
        menu = Menu(self, name=self._desk.say(M("Labels")))
        for label in self.labels:
            menu.add(self._text(label.key), partial(self._take, label.key), icon="tag")
        menu.aboutToHide.connect(menu.deleteLater)
        chip = self.row.chip(_LABELS)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))
