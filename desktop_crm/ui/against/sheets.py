"""Taking down what a person says against the use of their data, and deciding an objection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from desktop_crm.privacy.use import IN_DEMAND
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.use import RestrictionGround
from desktop_crm.services import handing, labels, locks
from desktop_crm.services.locks import Against
from desktop_crm.services.record_page import Detail, DetailKind, RecordPage
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

T = TypeVar("T")
_WIDTH = 560
_ALL = "advertising"
_NEVER, _SERVICE = "never", "service"


class _Said(Sheet):
    """A sheet whose one act is done at once, and told in passing."""

    def __init__(self, desk: Desk, title: M, text: M, icon: str, act: M) -> None:
        super().__init__(desk.window, desk.say(title), desk.say(text), icon=icon, tone=Tone.WARNING, width=_WIDTH)
        self._desk = desk
        self.save = Button(desk.say(act), kind=Kind.PRIMARY)
        self._cancel = Button(desk.say(M("Cancel")), kind=Kind.QUIET)
        self._cancel.clicked.connect(self.dismiss)

    def _add(self, title: M, part: QWidget) -> None:
        self.body.addWidget(label(self._desk.say(title), Type.BUTTON))
        self.body.addWidget(part)

    def _do(self, work: Callable[[], T], told: M) -> None:
        def done(_: T) -> None:
            self.close()
            self._desk.toast(self._desk.say(told))

        self._desk.courier.ask(self, work, done, once=(type(self), id(self)))

    def _missing(self, text: str) -> str | None:
        return None if text.strip() else self._desk.say(M("Please write down the reason."))


def open_objecting(desk: Desk, page: RecordPage) -> None:
    """Let somebody take down an objection."""
    desk.open_sheet(lambda: handing.purposes_to_use(desk.office), lambda found: Objecting(desk, page.person, found))


class Objecting(_Said):
    """Against all advertising, or against one purpose."""

    def __init__(self, desk: Desk, person: bytes, purposes: Sequence[Purpose]) -> None:
        text = M("Against advertising it counts at once and needs no reason. What they ordered still reaches them.")
        super().__init__(desk, M("Stop using this"), text, "x", M("Record it"))
        self._person = person
        open_to = [(one.code, one.name) for one in purposes if one.basis not in IN_DEMAND]
        options = [(_ALL, desk.say(M("All advertising"))), *open_to]
        self.against = ChipRow(options, name=desk.say(M("What they object to")), chosen=_ALL)
        self.reason = Field(desk.say(M("In their words")), optional=True)
        self._add(M("What they object to"), self.against)
        self.body.addWidget(self.reason)
        self.save.clicked.connect(self._act)
        self.footer("", self._cancel, self.save)

    def first(self) -> QWidget | None:
        return self.save

    def _act(self) -> None:
        office, person, reason = self._desk.office, self._person, self.reason.text() or None
        chosen = self.against.chosen()
        purpose = None if chosen in (None, _ALL) else chosen
        self._do(lambda: locks.object_to(office, person, purpose, reason=reason), M("Recorded. It counts from now on."))


class Locking(_Said):
    """Keep everything, use nothing."""

    def __init__(self, desk: Desk, person: bytes) -> None:
        text = M("Everything is kept and found, and nothing is used, handed out or changed until the lock is lifted.")
        super().__init__(desk, M("Lock: keep, don't use"), text, "lock", M("Lock"))
        self._person = person
        self.reason = Field(desk.say(M("Why?")), check=self._missing)
        grounds = [("", desk.say(M("not said"))), *((one.value, desk.say(labels.of(one))) for one in RestrictionGround)]
        self.ground = Select(grounds, name=desk.say(M("The ground by law")))
        self.body.addWidget(self.reason)
        self._add(M("The ground by law"), self.ground)
        self.save.clicked.connect(self._act)
        self.footer("", self._cancel, self.save)

    def first(self) -> QWidget | None:
        return self.reason.edit

    def _act(self) -> None:
        if not self.reason.is_right():
            self.reason.take_focus()
            return
        office, person, reason = self._desk.office, self._person, self.reason.text()
        ground = RestrictionGround(self.ground.key()) if self.ground.key() else None
        self._do(lambda: locks.restrict(office, person, reason, ground), M("Locked: found, and not used, from now on."))


_CHANNELS = {
    DetailKind.EMAIL: (Channel.EMAIL, M("Email, whichever address")),
    DetailKind.PHONE: (Channel.PHONE, M("Phone, whichever number")),
    DetailKind.ADDRESS: (Channel.POST, M("Post, whichever address")),
}


class Wishing(_Said):
    """How a person wants to be reached: not by a channel, or not at one address or number."""

    def __init__(self, desk: Desk, page: RecordPage) -> None:
        text = M("It is obeyed wherever somebody is rung or written to, and in every list.")
        super().__init__(desk, M("How to reach this person"), text, "phone", M("Note it"))
        self._person = page.person
        self.where = Select(list(self._places(page.details)), name=desk.say(M("Where")))
        wishes = [(_NEVER, desk.say(M("Not at all"))), (_SERVICE, desk.say(M("Only for orders and deliveries")))]
        self.wish = ChipRow(wishes, name=desk.say(M("What they wish")), chosen=_NEVER)
        self.note = Field(desk.say(M("In their words")), optional=True)
        self._add(M("Where"), self.where)
        self._add(M("What they wish"), self.wish)
        self.body.addWidget(self.note)
        self.save.clicked.connect(self._act)
        self.footer("", self._cancel, self.save)

    def _places(self, details: Sequence[Detail]) -> list[tuple[str, str]]:
        say, words = self._desk.say, self._desk.words
        found = []
        for kind, (channel, whole) in _CHANNELS.items():
            mine = [one for one in details if one.kind is kind]
            found.append((channel.value, say(whole)))
            found += [(f"{channel.value} {one.row.hex()}", words.value(one.value)) for one in mine]
        return found

    def first(self) -> QWidget | None:
        return self.where

    def _act(self) -> None:
        channel, _, value = self.where.key().partition(" ")
        office, person, note = self._desk.office, self._person, self.note.text() or None
        service = self.wish.chosen() == _SERVICE
        self._do(
            lambda: locks.add_wish(
                office, person, Channel(channel), value=value or None, only_service=service, note=note
            ),
            M("Noted. It is obeyed from now on."),
        )


class Weighing(_Said):
    """An objection to one purpose is decided, with the reasons that the person is told."""

    def __init__(self, desk: Desk, one: Against) -> None:
        text = M("Until it is decided, nothing is used for this. The person is told how it was weighed.")
        super().__init__(desk, one.text, text, "x", M("The objection counts"))
        self._objection = one.id
        self.reason = Field(desk.say(M("How it was weighed")), check=self._missing)
        self.ours = Button(desk.say(M("Our reasons weigh more")))
        self.ours.clicked.connect(lambda: self._decide(upheld=False))
        self.body.addWidget(self.reason)
        self.save.clicked.connect(self._act)
        self.footer("", self._cancel, self.ours, self.save)

    def first(self) -> QWidget | None:
        return self.reason.edit

    def _act(self) -> None:
        self._decide(upheld=True)

    def _decide(self, *, upheld: bool) -> None:
        if not self.reason.is_right():
            self.reason.take_focus()
            return
        office, objection, reason = self._desk.office, self._objection, self.reason.text()
        self._do(
            lambda: locks.weigh(office, objection, upheld=upheld, assessment=reason),
            M("Decided. Please tell the person."),
        )
