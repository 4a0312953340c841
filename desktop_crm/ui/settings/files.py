"""Where everything lies: every file the program keeps, and who can open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout

from desktop_crm.host.paths import place_warning
from desktop_crm.services import settings
from desktop_crm.services.files_page import files
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.files import open_in_system
from desktop_crm.ui.look.tokens import SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.made.folder import usual_folder
from desktop_crm.ui.settings.pane import Pane, setting
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, row
from desktop_crm.vault.facts import FileFact
from desktop_crm.words import M, Problem

_UNITS: tuple[Callable[[float], M], ...] = (
    lambda number: M("{number} bytes", number=number),
    lambda number: M("{number} KB", number=number),
    lambda number: M("{number} MB", number=number),
    lambda number: M("{number} GB", number=number),
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it is now: the disk is asked on a worker thread only."""

    fact: FileFact
    size: int
    rights: M


def size_text(size: int) -> M:
    """A size as people say it: `4.2 MB`."""
    number, unit = float(size), 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    shown = int(number) if unit == 0 or number >= 100 else round(number, 1)
    return _UNITS[unit](shown)


class FilesPane(Pane):
    """Nothing lies anywhere else."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            M("Where everything lies"),
            M("Every file this program keeps, and who can open it. There is no cloud."),
        )
        self.open = Button(self.say(M("Open folder")), icon="folder")
        self.open.clicked.connect(lambda _on: self._open())
        self._place = Card(self.say(M("Folder of the customer file")), action=self.open)
        self._path = label(str(self.folder.path), Type.BODY, "text2", wrap=True, selectable=True)
        self._place.add(self._path)
        self._list = column(space=SPACE_3)
        self.example = Button(self.say(M("Open the example")), icon="building")
        self.example.clicked.connect(lambda _on: desk.do("example"))
        self._beside = self._made_beside()
        self.add(self._place)
        self.add(self._list)
        self.add(self._beside)
        self.end()

    def come(self) -> None:
        office, folder = self.desk.office, self.folder

        def work() -> tuple[list[_Seen], M | None, bool]:
            found = [_Seen(one, one.size, one.rights) for one in files(office, folder, usual_folder())]
            return found, place_warning(folder.path), settings.get(office, settings.IS_EXAMPLE)

        self.ask(work, self._show)

    def _made_beside(self) -> Card:
        told = M("A flower shop with made-up people, in a file of its own. Nothing you do there touches yours.")
        card = Card()
        card.add(setting(self.say(M("The example shop")), self.say(told), self.example))
        card.hide()
        return card

    def _show(self, answer: tuple[list[_Seen], M | None, bool]) -> None:
        found, warning, is_example = answer
        clear(self._list)
        self._beside.setVisible(not is_example)
        if warning is not None:
            self._list.addWidget(Banner(self.say(warning), Tone.WARNING))
        card = Card()
        for at, one in enumerate(found):
            if at:
                card.separator()
            card.add(boxed(self._line(one)))
        self._list.addWidget(card)

    def _line(self, one: _Seen) -> QHBoxLayout:
        fact = one.fact
        lock = Badge(self.say(M("encrypted")), Tone.SUCCESS, "lock")
        plain = Badge(self.say(M("not encrypted")), Tone.NEUTRAL, "file")
        size = label(self.say(size_text(one.size)), Type.SMALL, "text2")
        words = column(
            Elided(fact.path.name, Type.STRONG),
            label(self.say(fact.purpose), Type.SMALL, "text2", wrap=True),
            label(self.say(fact.opened_by), Type.SMALL, "text2", wrap=True),
            label(self.say(M("Let at the file: {who}", who=one.rights)), Type.SMALL, "text3", wrap=True),
            space=2,
        )
        mark = Mark("file", size=18)
        line = row(
            column(2, mark, STRETCH),
            words,
            column(row(size, lock if fact.encrypted else plain, space=SPACE_3), STRETCH),
        )
        line.setSpacing(SPACE_3)
        line.setStretch(1, 1)
        return line

    def _open(self) -> None:
        if not open_in_system(self.folder.path):
            self.desk.problem(
                Problem(
                    M("This computer has no program that shows folders."),
                    safe=M("Nothing was changed."),
                    todo=M("The place stands above: {path}", path=str(self.folder.path)),
                )
            )
