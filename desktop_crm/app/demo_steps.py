"""The steps of the demo. Each does its work through the services and checks what came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from desktop_crm.app.schedule import Outcome as Look
from desktop_crm.app.schedule import Schedule
from desktop_crm.cli.answer import Answer
from desktop_crm.cli.terminal import Terminal
from desktop_crm.records.consent import ConsentHow, ConsentState
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel, InteractionKind
from desktop_crm.records.purchase import Original
from desktop_crm.resource_files import resource
from desktop_crm.services import access, consents, contacts, erasing, importing, inspection, retention
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.importing import ImportOrder, Outcome
from desktop_crm.services.office import Office
from desktop_crm.services.saving import Saved
from desktop_crm.words import M, Money, Problem

LIST = resource("sample", "annas-liste.csv")
_NAME = "Łucja Kowalska"
_TYPED = "lucja kowalsk"
_EMAIL = "lucja.kowalska@example.com"
_ORDER = ImportOrder(source="Annas Liste", basis=Basis.CONTRACT)
_YEARS_AHEAD = timedelta(days=4 * 365)


class Faulty(Exception):
    """A step of which the result is not what it must be."""

    def __init__(self, step: M) -> None:
        """`step` in words."""
        super().__init__(step.text)
        self.step = step


def held(true: bool, step: M) -> None:
    """Raises Faulty unless `true`."""
    if not true:
        raise Faulty(step)


class Steps:
    """The way of one person through the customer file: in, found, served, answered, erased."""

    def __init__(self, terminal: Terminal, office: Office, papers: Path) -> None:
        """`papers` is the folder for reports and letters."""
        self.papers = papers
        self._terminal = terminal
        self._office = office
        self._person = b""

    def all(self) -> None:
        """Every step in its order. Raises Faulty or Problem at the first that does not hold."""
        self.bring_in()
        self.find()
        self.serve()
        self.ask_permission()
        self.answer()
        self.look_at_keeping_times()
        self.look_by_itself()
        self.erase()
        self.verify()

    def _tell(self, message: M) -> None:
        self._terminal.answer(Answer(None, (message,)))

    def bring_in(self) -> None:
        """The list of a shop, with all that lists have in them."""
        with self._terminal.progress(M("reading the list")) as bar:
            report = importing.bring_in(self._office, LIST, _ORDER, progress=bar)
        step = M("Anna's list: {n} people read, {looks} need a look.", n=report.read, looks=report.looks_needed)
        held(report.batch is not None and 0 < report.read == sum(report.outcomes.values()), step)
        self._tell(step)
        added = report.outcomes[Outcome.ADDED]
        self._tell(M("  {n} are in the customer file now; the others were told of, not lost.", n=added))

    def find(self) -> None:
        """Without accents and with a slip."""
        found = contacts.find(self._office, _TYPED)
        step = M("Found by “{typed}”: {name}.", typed=_TYPED, name=_NAME)
        held(bool(found) and found[0].name == _NAME, step)
        self._person = found[0].id
        self._tell(step)

    def serve(self) -> None:
        """Notes, purchases and a delivery."""
        office, person, today = self._office, self._person, self._office.today()
        contacts.note(
            office, person, "Trauung am 12. Juni, Brautstrauß in Weiß und Grün.", kind=InteractionKind.MEETING
        )
        contacts.note(office, person, "Bittet um Anruf am Nachmittag.", channel=Channel.PHONE)
        contacts.purchase(
            office,
            person,
            Money(64000, "EUR"),
            bought_on=today,
            invoice_no="2026-118",
            description="Brautstrauß",
            original=Original.HERE,
        )
        contacts.purchase(office, person, Money(3500, "EUR"), bought_on=today, description="Strauß")
        contacts.deliver(
            office,
            person,
            name="Jadwiga Nowak",
            deliver_on=today + timedelta(days=7),
            address="Ahornweg 5, 04109 Leipzig",
            card_text="Alles Gute zum Geburtstag!",
        )
        shown = contacts.show(office, person)
        step = M("Served: 2 notes, 2 purchases (one original invoice is kept here), 1 delivery to somebody else.")
        held(len(shown.interactions) >= 2 and len(shown.purchases) == 2 and len(shown.deliveries) == 1, step)
        self._tell(step)

    def ask_permission(self) -> None:
        """Given with the wording that was shown, and taken back in one step."""
        office, person = self._office, self._person
        consents.give(office, person, "newsletter", how=ConsentHow.PAPER, evidence="Ordner 2026, Blatt 12")
        consents.give(office, person, "birthday-card")
        consents.withdraw(office, person, "newsletter", how=ConsentHow.PHONE)
        states = {one.purpose.code: one.standing.state for one in consents.of_person(office, person)}
        step = M("Permission: newsletter given on paper, taken back by phone; birthday card given.")
        held(
            states["newsletter"] is ConsentState.WITHDRAWN and states["birthday-card"] is ConsentState.GIVEN,
            step,
        )
        self._tell(step)

    def answer(self) -> None:
        """A copy of the data, for people and for machines."""
        answered = access.access_report(self._office, self._person, self.papers)
        step = M("Copy of the data {number}: {n} entries.", number=answered.number, n=answered.entries)
        pdf, machine = (saved.path for saved in answered.papers)
        whole = json.loads(machine.read_text(encoding="utf-8"))
        held(pdf.read_bytes().startswith(b"%PDF") and _NAME in json.dumps(whole, ensure_ascii=False), step)
        self._tell(step)
        self._list(answered.papers)

    def look_at_keeping_times(self) -> None:
        """What is due now, and what will be in four years; nothing goes without a yes."""
        run = retention.run(self._office)
        ahead = self._office.today() + _YEARS_AHEAD
        later = retention.preview(self._office, ahead)
        step = M(
            "Keeping times: {now} due today, {later} on {day}. Nothing is deleted without your yes.",
            now=run.found,
            later=len(later),
            day=ahead,
        )
        held(len(later) > run.found and self._is_there(), step)
        self._tell(step)

    def look_by_itself(self) -> None:
        """The look that a program which stays open takes every day; today's was taken."""
        schedule = Schedule(self._office, self._office.clock)
        schedule.start()
        try:
            tick = schedule.tick()
        finally:
            schedule.stop()
        step = M("Background look: nothing due.")
        held(tick.outcome in (Look.NOT_DUE, Look.QUIET), step)
        self._tell(step)

    def erase(self) -> None:
        """What goes, what stays by law, and the search of every page."""
        shown = erasing.preview(self._office, self._person)
        self._tell(M("Erasure, looked at first: {n} entries go.", n=shown.entries))
        for stay in shown.stays:
            kept = M(
                "  Stays locked: {n} invoice, until {day} ({law}).",
                "  Stay locked: {n} invoices, until {day} ({law}).",
                n=len(stay.numbers),
                day=stay.until,
                law=stay.law,
            )
            self._tell(kept)
        with self._terminal.progress(M("searching every page")) as bar:
            done = erasing.erase(self._office, self._person, self.papers, ErasureOrder(), progress=bar)
        step = M(
            "Erased, record {number}: {pages} pages searched for {details} details, {found} found.",
            number=done.number,
            pages=done.searched.pages,
            details=done.searched.details,
            found=done.searched.found,
        )
        record = next(saved.path for saved in done.papers if saved.path.suffix == ".json")
        named = any(part in record.read_text(encoding="utf-8") for part in (*_NAME.split(), _EMAIL))
        held(done.searched.found == 0 and not done.searched.pending and bool(shown.stays) and not named, step)
        self._tell(step)
        self._list(done.papers)

    def verify(self) -> None:
        """The log is whole; the person is not found, and does not come back by an old list."""
        checked = inspection.check_log(self._office)
        step = M("Activity log: {n} lines, unbroken.", n=checked.lines)
        held(checked.whole, step)
        self._tell(step)
        step = M("Looked for again: nobody of that name.")
        held(all(found.name != _NAME for found in contacts.find(self._office, _TYPED)), step)
        self._tell(step)
        step = M("Typed in again, and in the old list again: recognised both times, and not taken in.")
        again = importing.try_out(self._office, LIST, _ORDER)
        held(self._refused_again() and again.outcomes.get(Outcome.ERASED) == 1, step)
        self._tell(step)

    def _is_there(self) -> bool:
        return bool(contacts.find(self._office, _EMAIL))

    def _refused_again(self) -> bool:
        with suppress(Problem):
            contacts.add(self._office, contacts.NewContact(name=_NAME, emails=(_EMAIL,)))
            return False
        return True

    def _list(self, papers: Sequence[Saved]) -> None:
        for saved in papers:
            self._terminal.answer(Answer(None, (f"  {saved.path.name}",)))
