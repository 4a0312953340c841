"""Beside the line of time: details with why they are held, permission, how long all this is kept, and who looked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.records.interaction import Channel
from desktop_crm.services import handing, log_page
from desktop_crm.services.log_page import LogLine
from desktop_crm.services.record_page import Detail, DetailKind, KeepLine, RecordPage, Stand
from desktop_crm.ui import permits, reach
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import CARD_GAP, SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.paper.telling import TellOne
from desktop_crm.ui.record.apart import Apart
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.facts import Fact, Facts
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, column, row
from desktop_crm.words import M, Problem

_WAYS: dict[DetailKind, tuple[Callable[[str], bool], M]] = {
    DetailKind.PHONE: (reach.ring, M("This computer has no program for phone calls.")),
    DetailKind.EMAIL: (reach.write, M("This computer has no program for e-mails.")),
    DetailKind.WEBSITE: (reach.visit, M("This web address cannot be opened.")),
}

_CHANNELS = {DetailKind.PHONE: Channel.PHONE, DetailKind.EMAIL: Channel.EMAIL}


class Rail(QWidget):
    """The cards. They are built anew only when what they show is other than before."""

    edit_asked = Signal()
    asking_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self.edit = Button(desk.say(M("Edit")), kind=Kind.LINK, name=desk.say(M("Edit the details")))
        self.edit.clicked.connect(self.edit_asked)
        ask = Button(desk.say(M("Ask …")), kind=Kind.LINK, name=desk.say(M("Ask for permission")))
        ask.clicked.connect(self.asking_asked)
        self._details = Card(desk.say(M("Details")), action=desk.only(self.edit, permits.CHANGE_CONTACTS))
        self.apart = Apart(desk)
        self._permission = Card(desk.say(M("Permission")), action=desk.only(ask, permits.CHANGE_CONSENTS))
        self._keeping = Card(desk.say(M("How long we keep this")))
        everything = Button(desk.say(M("All")), kind=Kind.LINK, name=desk.say(M("Activity of this person")))
        everything.clicked.connect(lambda _on: desk.go("log", person=self._person))
        self.looks = Card(desk.say(M("Who looked")), action=everything)
        self._person: bytes | None = None
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(CARD_GAP - 4)
        for card in (self._details, self.apart, self._permission, self._keeping, self.looks):
            inside.addWidget(card)
        inside.addStretch(1)

    def show_page(self, page: RecordPage) -> None:
        """Show what belongs to a page. Who looked is asked for afterwards, so that it holds nobody up."""
        if page.person != self._person:
            self._person = page.person
            self.looks.hide()
            self._ask_looks(page.person)
        self.apart.show_person(page.person)
        shown = page.person, page.details, page.consents, page.keeping, page.lock
        if shown == self._shown:
            return
        self._shown = shown
        self.edit.setDisabled(page.lock is not None)
        for card in (self._details, self._permission, self._keeping):
            card.clear()
        self._details.add(Facts([self._fact(detail, locked=page.lock is not None) for detail in page.details]))
        kinds = {detail.kind for detail in page.details}
        if DetailKind.TOLD not in kinds and not page.deceased:
            self._details.add(TellOne(self._desk, page.person, mail=DetailKind.EMAIL in kinds))
        for stand in page.consents:
            self._permission.add(self._stand(stand))
        self._permission.setVisible(bool(page.consents))
        for kept in page.keeping:
            self._keeping.add(self._kept(kept))
        self._keeping.setVisible(bool(page.keeping))

    def _ask_looks(self, person: bytes) -> None:
        if self._desk.may(permits.SEE_LOG):
            office = self._desk.office
            self._desk.courier.ask(self, lambda: log_page.who_looked(office, person), self._show_looks, newest="looks")

    def _fact(self, detail: Detail, *, locked: bool) -> Fact:
        value = self._desk.words.value(detail.value)
        opens = (lambda: self._reach(detail, value)) if detail.kind in _WAYS else None
        copies = detail.kind is not DetailKind.TOLD and not locked
        return Fact(self._text(detail.label), value, detail.icon, opens, copies, self._why(detail))

    def _why(self, detail: Detail) -> list[tuple[str, str]]:
        say, why = self._desk.say, detail.why
        return [
            (say(M("What it is for")), say(why.purpose)),
            (say(M("Why we may keep this")), say(why.basis)),
            (say(M("Where it comes from")), self._text(why.source)),
            (say(M("Here since")), self._desk.words.day(why.since)),
            (say(M("How long we keep it")), say(why.keep)),
        ]

    def _reach(self, detail: Detail, value: str) -> None:
        """A number is rung and an address written to only where the gate lets it pass, which notes it."""
        way, none = _WAYS[detail.kind]

        def go(_: None = None) -> None:
            if not way(value):
                self._desk.problem(Problem(none, todo=M("You can copy it and paste it elsewhere.")))

        channel, person = _CHANNELS.get(detail.kind), self._person
        if channel is None or person is None:
            go()
        else:
            office, row = self._desk.office, detail.row
            self._desk.courier.ask(
                self, lambda: handing.reach_person(office, person, channel, row), go, once=(handing.reach_person, row)
            )

    def _stand(self, stand: Stand) -> QWidget:
        made = QWidget()
        badge = Badge(self._desk.say(stand.badge.text), Tone(stand.badge.tone.value))
        made.setLayout(row(label(stand.name, Type.BODY, wrap=True), STRETCH, badge, space=SPACE_2))
        return made

    def _kept(self, kept: KeepLine) -> QWidget:
        made = QWidget()
        until = self._desk.words.day(kept.until) if kept.until is not None else ""
        first = row(label(self._desk.say(kept.what), Type.BUTTON), STRETCH, label(until, Type.BUTTON))
        made.setLayout(column(first, label(self._desk.say(kept.why), Type.HINT, "text3", wrap=True), space=4))
        return made

    def _show_looks(self, lines: Sequence[LogLine]) -> None:
        say, words = self._desk.say, self._desk.words
        self.looks.clear()
        for line in lines:
            at = M("{day}, {time}", day=words.day_at(line.at), time=words.minute(line.at))
            told = M("{who} {sentence}", who=line.who, sentence=line.sentence)
            made = QWidget()
            what = label(say(told), Type.SMALL, wrap=True)
            made.setLayout(column(what, label(say(at), Type.HINT, "text3"), space=2))
            self.looks.add(made)
        self.looks.setVisible(bool(lines))

    def _text(self, text: M | str) -> str:
        return self._desk.say(text) if isinstance(text, M) else text
