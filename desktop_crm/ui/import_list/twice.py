"""Fourth step: people who are here already, and people who were erased. Each row can be decided by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_crm.services.importing import Duplicates, RowReport
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.import_list.course import Course
from desktop_crm.ui.import_list.lines import Fixed, Growing, Lines
from desktop_crm.ui.import_list.stage import Stage
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M

_WIDTHS = (Fixed(56), 11, 15, Fixed(216))
_LEAVE, _BACK = "leave", "back"
_DECISIONS: tuple[tuple[Duplicates, M], ...] = (
    (Duplicates.UPDATE, M("Fill in what is missing")),
    (Duplicates.SKIP, M("Keep what is here")),
    (Duplicates.ADD, M("Add as another person")),
)


class TwiceHere(Stage):
    """What is decided for all holds for every row of which nothing else was said."""

    title = M("Who is here already?")
    note = M("Nobody comes in twice by accident.")

    def __init__(self, desk: Desk, course: Course) -> None:
        super().__init__(desk, course)
        self.decisions: dict[int, Select] = {}
        self.returns: dict[int, Select] = {}
        self._shown: tuple[tuple[RowReport, ...], tuple[RowReport, ...]] | None = None

    def come(self) -> None:
        found = (self.course.erased, self.course.twins)
        if found != self._shown:
            self._shown = found
            self._show()

    def first(self) -> QWidget | None:
        return next(iter((*self.returns.values(), *self.decisions.values())), None)

    def go_on(self) -> None:
        """Try out once more, with what was decided."""
        self.try_out(M("Trying out what would come in"))

    def _show(self) -> None:
        clear(self.main)
        self.decisions, self.returns = {}, {}
        if self.course.erased:
            self._show_erased(self.course.erased)
        if self.course.twins:
            self._show_twins(self.course.twins)
        self.end()

    def _show_erased(self, rows: tuple[RowReport, ...]) -> None:
        told = M("They were erased here. Bring them in only if they came back of their own accord.")
        self.add(Banner(self.say(told), Tone.WARNING))
        title = M("{n} person was erased earlier", "{n} people were erased earlier", n=len(rows))
        self.add(Growing(self._table(title), self._erased, rows))

    def _show_twins(self, rows: tuple[RowReport, ...]) -> None:
        self.add(self._for_all())
        title = M("{n} row of somebody who is here", "{n} rows of people who are here", n=len(rows))
        self.add(Growing(self._table(title), self._twin, rows))

    def _for_all(self) -> Card:
        asked = self.say(M("Here already: what shall become of them?"))
        card = Card(asked)
        options = [(kind.value, self.say(text)) for kind, text in _DECISIONS]
        self.for_all = ChipRow(options, name=asked, chosen=self.course.duplicates.value)
        self.for_all.changed.connect(self._decide_all)
        card.add(self.for_all)
        told = M("Filling in changes nothing that is here: only empty places get what your list knows.")
        card.add(label(self.say(told), Type.SMALL, "text2", wrap=True))
        return card

    def _table(self, title: M) -> Lines:
        heads = (M("Row"), M("In your file"), M("Found"), M("What shall become of it"))
        said = [self.say(head) for head in heads]
        return Lines(_WIDTHS, said, name=self.say(title), title=self.say(title), height=51)

    def _erased(self, row: RowReport) -> list[QWidget]:
        options = [(_LEAVE, self.say(M("Leave out"))), (_BACK, self.say(M("Came back of their own accord")))]
        chosen = _BACK if row.row in self.course.allow_erased else _LEAVE
        select = Select(options, name=self._named(row), chosen=chosen)
        select.picked.connect(partial(self._let_back, row.row))
        self.returns[row.row] = select
        return self._parts(row, M("Erased on {day}", day=row.erased_on), select)

    def _twin(self, row: RowReport) -> list[QWidget]:
        chosen = self.course.decisions.get(row.row, self.course.duplicates)
        options = [(kind.value, self.say(text)) for kind, text in _DECISIONS]
        select = Select(options, name=self._named(row), chosen=chosen.value)
        select.picked.connect(partial(self._decide, row.row))
        self.decisions[row.row] = select
        earlier = row.twin.row if row.twin is not None else None
        found = M("Here already") if earlier is None else M("The same person as in row {row}", row=str(earlier))
        return self._parts(row, found, select)

    def _parts(self, row: RowReport, found: M, select: Select) -> list[QWidget]:
        number = label(str(row.row), Type.SMALL, "text2")
        told = label(self.say(found), Type.SMALL, "text2", wrap=True)
        return [number, Elided(row.name, Type.STRONG), told, select]

    def _named(self, row: RowReport) -> str:
        return self.say(M("What shall become of row {row}, {name}", row=str(row.row), name=row.name))

    def _let_back(self, row: int, key: str) -> None:
        if key == _BACK:
            self.course.allow_erased.add(row)
        else:
            self.course.allow_erased.discard(row)

    def _decide(self, row: int, key: str) -> None:
        self.course.decisions[row] = Duplicates(key)

    def _decide_all(self, key: str) -> None:
        """For all of them: what was said of single rows before is taken back."""
        self.course.duplicates = Duplicates(key)
        self.course.decisions.clear()
        for select in self.decisions.values():
            select.choose(key)
