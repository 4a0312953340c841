"""The yes: what goes and what stays, with the number on the button; then it is done, and told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.services.keeping import QueueRow
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.erasing.certificate import copies_left, open_certificate
from desktop_crm.ui.erasing.sheet import open_erasing
from desktop_crm.ui.keeping.outlook import Apart, Done, Outlook, carry_out, counted, outlook
from desktop_crm.ui.look.tokens import SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.made.folder import with_folder
from desktop_crm.ui.made.sheet import open_paper
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import Abreast, row
from desktop_crm.ui.widgets.rows import ROW, ROW_PEOPLE, Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_LISTED = 6
"""So many rows are named; then it says how many more."""
_HALF = 260
_SMALL = 560


def ask_yes(desk: Desk, owner: QWidget, rows: Sequence[QueueRow], closed: Callable[[], None]) -> None:
    """Show what a yes to these entries takes. Nothing goes before the button is pressed.

    `owner` waits for the end of it; `closed` is told when the sheet is gone.
    """

    def show(found: Outlook) -> None:
        sheet = YesSheet(desk, owner, found)
        sheet.closed.connect(closed)
        sheet.open()

    work = partial(outlook, desk.office, rows)
    desk.courier.run(owner, desk.say(M("Looking at what goes")), work, show, once=ask_yes)


class YesSheet(Sheet):
    """Who goes, with what; what stays; who is left out until somebody has looked."""

    def __init__(self, desk: Desk, owner: QWidget, found: Outlook) -> None:
        title = M("Erase {what} for good?", what=found.what)
        nothing = M("Nobody goes without a look of their own")
        told = M("Their keeping time is over. This cannot be taken back.")
        super().__init__(
            desk.window,
            desk.say(title if found.going else nothing),
            desk.say(told) if found.going else "",
            icon="trash",
            tone=Tone.DANGER,
        )
        self._desk = desk
        self._owner = owner
        self._found = found
        if found.going:
            self.body.addWidget(self._going())
            self.body.addWidget(Abreast(self._goes(), self._stays(), least=_HALF, space=14))
        if found.apart:
            self.body.addWidget(self._apart())
        self._add_foot()

    def first(self) -> QWidget | None:
        return self.cancel

    def _going(self) -> RowList:
        say, going = self._desk.say, self._found.going
        listed = RowList(name=say(M("Who goes")))
        rows = [_named(self._desk, one) for one in going[:_LISTED]]
        more = len(going) - _LISTED
        if more > 0:
            rows.append(Row(say(M("and {n} more", "and {n} more", n=more)), "", RowLook(kind=Type.SMALL, height=ROW)))
        listed.show_rows(rows)
        return listed

    def _goes(self) -> Card:
        found, say = self._found, self._desk.say
        parts = [(say(what), number) for what, number in found.parts]
        if found.entries:
            parts.append((say(M("Entries of the list above")), len(found.entries)))
        card = Card(say(M("Goes now")))
        for what, number in parts:
            card.add(_line(what, self._desk.words.number(number)))
        card.body.addStretch(1)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return card

    def _stays(self) -> Card:
        say, words = self._desk.say, self._desk.words
        card = Card(say(M("Stays locked")))
        for until, law, number in self._found.stays:
            line = _line(say(M("{n} invoice", "{n} invoices", n=number)), say(M("until {day}", day=words.day(until))))
            line.setToolTip(law)
            card.add(line)
        if not self._found.stays:
            card.add(label(say(M("Nothing: no law asks for it.")), Type.SMALL, "text2", wrap=True))
        if self._found.people:
            told = M("A do-not-bring-back mark, so that no old list brings them back.")
            card.add(label(say(told), Type.SMALL, "text2", wrap=True))
        card.body.addStretch(1)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return card

    def _apart(self) -> RowList:
        n = len(self._found.apart)
        title = M("{n} is left out: look at them first", "{n} are left out: look at them first", n=n)
        listed = RowList(self._desk.say(title))
        listed.show_rows([self._left_out(one) for one in self._found.apart])
        return listed

    def _left_out(self, one: Apart) -> Row:
        say = self._desk.say
        look = Button(say(M("Look …")), name=say(M("{act}: {who}", act=say(M("Look …")), who=one.name)))
        look.clicked.connect(lambda: self._look_at(one.person))
        return Row(one.name, say(one.why), RowLook(lead=Avatar(one.name, 32), height=ROW_PEOPLE, trailing=[look]))

    def _look_at(self, person: bytes) -> None:
        self.close()
        open_erasing(self._desk, person)

    def _add_foot(self) -> None:
        say, found = self._desk.say, self._found
        self.cancel = Button(say(M("Cancel")), kind=Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        self.erase = Button(say(M("Erase for good")), kind=Kind.DANGER)
        self.erase.clicked.connect(self._begin)
        makes = M("Makes for each person: a letter, and an erasure record that names nobody.")
        note = say(makes) if found.people else ""
        self.footer(note, self.cancel, *([self.erase] if found.going else []), icon="file" if note else "")

    def _begin(self) -> None:
        if self._found.people:
            with_folder(self._desk, self, self._go, once=ask_yes)
        else:
            self._go(None)

    def _go(self, folder: Path | None) -> None:
        desk, found = self._desk, self._found
        self.close()
        title = desk.say(M("Erasing {what}", what=found.what))
        desk.courier.run(
            self._owner, title, lambda step: carry_out(desk.office, found, folder, step), partial(tell, desk)
        )


def tell(desk: Desk, done: Done) -> None:
    """Say what was done: with papers on a sheet, else in passing; and what went wrong on the way."""
    what = counted(len(done.people), done.entries)
    said = M("Erased: {what}.", what=what)
    if done.stopped:
        said = M("Stopped. Erased: {what}.", what=what)
    if len(done.people) == 1 and not done.entries:
        open_certificate(desk, done.people[0])
    elif done.people:
        DoneSheet(desk, done, desk.say(said)).open()
    elif done.problem is None:
        desk.toast(desk.say(said))
    if done.problem is not None:
        desk.problem(done.problem)


class DoneSheet(Sheet):
    """Several people were erased: how many, what the final search found, and where the papers are."""

    def __init__(self, desk: Desk, done: Done, title: str) -> None:
        say = desk.say
        tone = Tone.WARNING if done.traces else Tone.SUCCESS
        super().__init__(desk.window, title, icon="alert" if done.traces else "check", tone=tone, width=_SMALL)
        self._desk = desk
        self._done = done
        clean = M("The final search through every page of the file found nothing of them.")
        left = M(
            "Of {n} person the final search still found something, or could not finish. The record says what.",
            "Of {n} people the final search still found something, or could not finish. The records say what.",
            n=done.traces,
        )
        self.body.addWidget(Banner(say(left if done.traces else clean), tone, "" if done.traces else "shield"))
        papers = M(
            "A letter and an erasure record lie in the folder. The letter cannot be made again.",
            "Letters and erasure records of {n} people lie in the folder. The letters cannot be made again.",
            n=len(done.people),
        )
        self.body.addWidget(label(say(papers), wrap=True))
        copies = [name for one in done.people for name in one.preview.copies]
        if copies:
            self.body.addWidget(copies_left(desk, copies))
        folder = Button(say(M("Show in folder")), icon="folder")
        folder.clicked.connect(self._show)
        close = Button(say(M("Done")), kind=Kind.PRIMARY)
        close.clicked.connect(self.close)
        self.footer("", folder, close)

    def _show(self) -> None:
        if self._done.folder is not None:
            open_paper(self._desk, self._done.folder)


def _named(desk: Desk, one: QueueRow) -> Row:
    say = desk.say
    lead = Avatar(one.name, 32) if one.name else Mark("file", Tone.NEUTRAL, size=28)
    return Row(one.name or say(one.line), say(one.line) if one.name else "", RowLook(lead=lead, height=ROW_PEOPLE))


def _line(what: str, beside: str) -> QWidget:
    made = QWidget()
    line = row(Elided(what, Type.SMALL), label(beside, Type.SMALL, "text2"), space=SPACE_2)
    line.setStretch(0, 1)
    made.setLayout(line)
    return made
