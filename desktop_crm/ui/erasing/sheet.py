"""The erase sheet: what is still running, what goes and what stays, why, and whether it is the right person."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_crm.records.request import RequestKind
from desktop_crm.services import contacts, erasing, labels, requests
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.requests import RequestRow
from desktop_crm.services.running import Matter
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.erasing.asked import AskedToday
from desktop_crm.ui.erasing.columns import COLUMN, OutsideColumn, columns
from desktop_crm.ui.erasing.facing import Facing
from desktop_crm.ui.erasing.points import CopyFirst, Mentions, Point, RightPerson, Why
from desktop_crm.ui.erasing.running import erase_now
from desktop_crm.ui.look.tokens import SPACE_4, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.made.folder import with_folder
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.layout import Abreast
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 1000
_COPIES = (RequestKind.ACCESS, RequestKind.PORTABILITY)
_ICONS = {Matter.DELIVERY: "truck", Matter.COPY: "copy", Matter.TASK: "task"}


def open_erasing(desk: Desk, person: bytes, *, number: str | None = None) -> None:
    """Show what erasing this person would take. Nothing is entered or erased before it is asked for there.

    `number` is the request to be erased from which one comes, if there are several.
    """

    def work() -> Facing:
        shown = erasing.preview(desk.office, person)
        known = number or (shown.asked.number if shown.asked is not None else None)
        asked = requests.request(desk.office, known).row if known is not None else None
        return Facing(person, contacts.named(desk.office, [person])[0].name, shown, asked)

    desk.open_sheet(work, lambda facing: EraseSheet(desk, facing))


def _wait(office: Office, facing: Facing, entered: str | None) -> str:
    """Let the erasure wait until what is running has ended, entering that it was asked for. Returns its number."""
    known = facing.asked.number if facing.asked is not None else entered
    number = known or requests.register(office, facing.person, RequestKind.ERASURE)
    requests.wait(office, number, facing.shown.wait_until)
    return number


class EraseSheet(Sheet):
    """Everything at a glance. The red button is always there and goes to the first point that is open."""

    def __init__(self, desk: Desk, facing: Facing) -> None:
        super().__init__(
            desk.window,
            desk.say(M("Erase {name}?", name=facing.name)),
            desk.say(_asked(desk, facing.asked)),
            icon="trash",
            tone=Tone.DANGER,
            width=_WIDTH,
        )
        self._desk = desk
        self._facing = facing
        shown = facing.shown
        self.asked = AskedToday(desk, facing.person) if facing.asked is None else None
        self.copy = CopyFirst(desk) if shown.copy_is_open else None
        self.mentions = Mentions(desk, shown.mentions, self._go_to) if shown.mentions else None
        self.elsewhere = OutsideColumn(desk, facing.person, shown)
        self.why = Why(desk, self._stop_using)
        self.who = RightPerson(desk, facing.person)
        self.who.changed.connect(self._erase)
        told = M("Keep a do-not-bring-back mark, so that an old list cannot bring them back")
        self.mark = CheckBox(desk.say(told), kind=Type.SMALL)
        self.mark.setChecked(True)
        self._fill()
        self._add_foot()

    @property
    def points(self) -> list[Point]:
        """What has to be answered, from top to bottom."""
        return [point for point in (self.copy, self.mentions, self.why, self.who) if point is not None]

    def first(self) -> QWidget | None:
        return self.cancel

    def _fill(self) -> None:
        self.body.setSpacing(SPACE_4 - 2)
        running = self._running()
        if running is not None:
            self.body.addWidget(running)
        if self.asked is not None:
            self.body.addWidget(self.asked)
        if self.copy is not None:
            self.body.addWidget(self.copy)
        self.body.addWidget(columns(self._desk, self._facing.shown, self.elsewhere))
        if self.mentions is not None:
            self.body.addWidget(self.mentions)
        self.why.column.addWidget(self.mark)
        self.why.column.addStretch(1)
        self.body.addWidget(Abreast(self.why, self.who, least=COLUMN, space=28, shares=(2, 1)))

    def _add_foot(self) -> None:
        say = self._desk.say
        self.cancel = Button(say(M("Cancel")), kind=Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        n = self._facing.shown.entries
        self.erase = Button(say(M("Erase {n} entry", "Erase {n} entries", n=n)), kind=Kind.DANGER)
        self.erase.clicked.connect(self._erase)
        makes = M("Makes: letter to the customer, and an erasure record that names nobody.")
        self.footer(say(makes), self.cancel, self.erase, icon="file")

    # What is still running

    def _running(self) -> Banner | None:
        shown = self._facing.shown
        others = [one for one in shown.running if one.matter is not Matter.COPY]
        if not shown.running:
            return None
        head = self._desk.say(M("Still running:"))
        text = f"{head} {' · '.join(self._desk.say(one.what) for one in shown.running)}"
        icon = _ICONS.get((others or list(shown.running))[0].matter, "bag")
        return Banner(text, Tone.WARNING, icon, actions=[*self._first_the_copy(), *self._waiting()], strong=[head])

    def _first_the_copy(self) -> list[Button]:
        if self.copy is None:
            return []
        first = Button(self._desk.say(M("Hand over the copy first")), kind=Kind.LINK)
        first.clicked.connect(self._hand_over)
        return [first]

    def _waiting(self) -> list[Button]:
        day = self._facing.shown.wait_until
        if day is None:
            return []
        self.wait = Button(self._desk.say(M("Wait until {day}", day=day)))
        self.wait.clicked.connect(self._wait)
        return [self.wait]

    def _wait(self) -> None:
        self.wait.setEnabled(False)
        entered = self.asked.number if self.asked is not None else None
        work = partial(_wait, self._desk.office, self._facing, entered)
        self._desk.courier.ask(self, work, self._waits, failed=self._not_waiting)

    def _waits(self, number: str) -> None:
        self.close()
        say, desk = self._desk.say, self._desk
        told = M("Waits until {day}.", day=self._facing.shown.wait_until)
        desk.toast(say(told), act=say(M("Open")), then=lambda: desk.go("requests", number=number))

    def _not_waiting(self, _: object) -> bool:
        self.wait.setEnabled(True)
        return False

    # Where else one may go from here

    def _hand_over(self) -> None:
        desk, person = self._desk, self._facing.person

        def number() -> str | None:
            rows = requests.open_of_person(desk.office, person)
            return next((row.number for row in rows if row.kind in _COPIES), None)

        desk.courier.ask(desk, number, lambda found: desk.go("requests", number=found) if found else None)
        self.close()

    def _stop_using(self) -> None:
        self.close()
        self._desk.go("permission", person=self._facing.person)

    def _go_to(self, person: bytes) -> None:
        self.close()
        self._desk.go("contacts", person=person)

    # Erasing

    def _erase(self) -> None:
        point = next((point for point in self.points if point.is_open), None)
        ground = self.why.ground
        if point is not None:
            point.ask()
        elif ground is not None:
            order = ErasureOrder(
                ground,
                keep_mark=self.mark.isChecked(),
                mentions_seen=self.mentions is not None,
                given_up=self.copy is not None,
                copies_gone=self.elsewhere.copies_gone,
            )
            begin = partial(erase_now, self, self._desk, self._facing, order)
            with_folder(self._desk, self, begin, once=EraseSheet)


def _asked(desk: Desk, asked: RequestRow | None) -> M:
    """Which way and when it was asked for and until when it is answered, as far as that is known."""
    if asked is None:
        return M("This cannot be undone.")
    came, due = (
        M("{weekday} {day}", weekday=desk.words.part(day, "EEE"), day=day) for day in (asked.received_on, asked.due_on)
    )
    if not asked.way_told:
        return M("Asked for on {came} · answer by {due} · this cannot be undone", came=came, due=due)
    way = labels.of(asked.channel)
    return M("Asked for {way} on {came} · answer by {due} · this cannot be undone", way=way, came=came, due=due)
