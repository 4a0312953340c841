"""Ask again: whose yes ends, ran out or is to other words, by which ways they may be asked now, and who was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services.labels import joined
from desktop_crm.services.renewals import HABIT, OPEN, TURNS, DueRow, Queue, Turn, due
from desktop_crm.services.signs import dotted
from desktop_crm.ui import permits
from desktop_crm.ui.asking.dialog import open_asking
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.permission.asked import open_asked
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, clear, row
from desktop_crm.ui.widgets.nav import SelectionBar
from desktop_crm.ui.widgets.page import Page
from desktop_crm.ui.widgets.rows import ROW, ROW_HIGH, Row, RowList, RowLook
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M

STEP = 30
"""So many rows are shown at first, and added each time somebody asks for more."""
_AVATAR = 32
_UNDER_BAR = 48
_ALL = "all"
_FILTERS: dict[str, tuple[Turn, ...]] = {_ALL: OPEN, **{turn.value: (turn,) for turn in Turn}}


class AgainPane(QWidget):
    """The queue, narrowed by why somebody stands in it and by purpose; the dark bar notes those chosen as asked."""

    counted = Signal(int)
    """How many can be asked now, of all purposes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = STEP
        self.rows: list[tuple[Row, DueRow]] = []
        self._may = desk.may(permits.CHANGE_CONSENTS)
        say = desk.say
        self.chips = ChipRow(
            [(key, say(self._filter_words(key))) for key in _FILTERS], name=say(M("Narrow the list")), chosen=_ALL
        )
        self.chips.changed.connect(lambda _key: self._narrow())
        self.purpose = Select([("", say(M("All we ask for")))], name=say(M("What it is for")))
        self.purpose.picked.connect(lambda _key: self._narrow())
        self._page = Page()
        line = row(self.chips, self.purpose, space=SPACE_2)
        line.setStretch(0, 1)
        self._page.add(boxed(line))
        self._place = QVBoxLayout()
        self._page.main.addLayout(self._place)
        self._page.add(label(say(HABIT), Type.SMALL, "text2", wrap=True))
        self._page.main.addStretch(1)
        self._page.main.addSpacing(_UNDER_BAR)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self.bar = SelectionBar(self, [("asked", say(M("Note as asked …")))])
        self.bar.acted.connect(lambda _key: self._note(self.chosen))

    @property
    def chosen(self) -> list[DueRow]:
        """The rows that are ticked."""
        return [told for made, told in self.rows if made.check is not None and made.check.isChecked()]

    def refresh(self) -> None:
        """Ask for the queue."""
        office, turns, limit = self._desk.office, _FILTERS[self.chips.chosen() or _ALL], self._shown
        purpose = self.purpose.key() or None
        self._desk.courier.ask(self, lambda: due(office, turns, purpose=purpose, limit=limit), self._show, newest="due")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.chosen:
            self._tick(())
        else:
            super().keyPressEvent(event)

    def _narrow(self) -> None:
        self._shown = STEP
        self._tick(())
        self.refresh()

    def _filter_words(self, key: str) -> M:
        return M("To ask now") if key == _ALL else TURNS[Turn(key)].text

    def _show(self, queue: Queue) -> None:
        say = self._desk.say
        for key, turns in _FILTERS.items():
            number = sum(queue.numbers[turn] for turn in turns)
            self.chips.set_text(key, say(M("{what} · {n}", what=self._filter_words(key), n=number)))
        options = [("", say(M("All we ask for"))), *queue.purposes]
        self.purpose.set_options(options, chosen=self.purpose.key())
        if not self.purpose.key():
            self.counted.emit(queue.open)
        ticked = {(told.person, told.code) for told in self.chosen}
        clear(self._place)
        self.rows = [(self._row(told), told) for told in queue.rows]
        self._place.addWidget(self._list(queue) if queue.rows else self._empty())
        self._tick(ticked)

    def _list(self, queue: Queue) -> RowList:
        made = RowList(name=self._desk.say(M("Ask again")))
        bands = [shown for shown, _ in self.rows]
        beyond = sum(queue.numbers[turn] for turn in _FILTERS[self.chips.chosen() or _ALL]) - len(bands)
        if beyond > 0:
            text = self._desk.say(M("Show {n} more", "Show {n} more", n=beyond))
            look = RowLook(lead="chevron-down", kind=Type.BUTTON, height=ROW)
            bands.append(Row(text, "", look, self._show_more))
        made.show_rows(bands)
        made.picked.connect(self._show_bar)
        return made

    def _empty(self) -> Empty:
        say = self._desk.say
        text = M("Sixty days before a yes ends it comes here by itself, and stays until the person has answered.")
        return Empty("pen", say(M("Nobody is to be asked again now")), say(text))

    def _show_more(self) -> None:
        self._shown += 2 * STEP
        self.refresh()

    def _row(self, told: DueRow) -> Row:
        say, badge = self._desk.say, TURNS[told.turn]
        look = RowLook(
            lead=Avatar(told.name, _AVATAR),
            check=self._may and told.turn in OPEN,
            height=ROW_HIGH,
            trailing=[Badge(say(badge.text), Tone(badge.tone.value), badge.icon), *self._buttons(told)],
        )
        return Row(told.name, say(self._second(told)), look, partial(self._desk.go, "contacts", person=told.person))

    def _second(self, told: DueRow) -> M:
        """What it is about, until when, and how they may be asked; why not otherwise is in the hint."""
        when: M | None
        if told.turn is Turn.ASKED:
            when = M("asked on {day}", day=told.asked_on or self._desk.office.today())
        elif told.turn is Turn.TOO_OLD:
            when = M("ended on {day}", day=told.ends_on or self._desk.office.today())
        else:
            when = M("until {day}", day=told.ends_on) if told.ends_on else None
        ways = M("ask {ways}", ways=joined(told.by)) if told.ways else told.why
        return dotted((told.purpose, when, ways)) or M("")

    def _buttons(self, told: DueRow) -> Iterator[Button]:
        if self._may and told.turn is not Turn.BARRED:
            said = self._desk.say(M("Ask …"))
            made = Button(said, kind=Kind.QUIET, name=self._desk.say(M("{act}: {who}", act=said, who=told.name)))
            made.setToolTip(self._desk.say(told.why))
            made.clicked.connect(lambda: open_asking(self._desk, told.person))
            yield made

    def _tick(self, ticked: Sequence[tuple[bytes, str]] | set[tuple[bytes, str]]) -> None:
        for made, told in self.rows:
            if made.check is not None:
                made.check.setChecked((told.person, told.code) in ticked)
        self._show_bar()

    def _show_bar(self) -> None:
        n = len(self.chosen)
        self.bar.show_count(self._desk.say(M("{n} chosen", "{n} chosen", n=n)) if n else "")

    def _note(self, chosen: Sequence[DueRow]) -> None:
        open_asked(self._desk, chosen)
