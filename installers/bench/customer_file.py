"""Customer files of made-up people: filled in bulk through storage, with copies for the references."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from desktop_crm.host.clock import SystemClock
from desktop_crm.intake.checking import phone_e164
from desktop_crm.records.company import Company
from desktop_crm.records.contact import Contact, ContactEmail, ContactPhone, Stage
from desktop_crm.records.interaction import Channel, Interaction, InteractionKind
from desktop_crm.records.purchase import Purchase
from desktop_crm.services import setup
from desktop_crm.services.actor import OWNER
from desktop_crm.services.office import Office
from desktop_crm.services.people import email_form, sort_form
from desktop_crm.services.shop import Shop
from desktop_crm.storage.transaction import Writing
from desktop_crm.vault.folder import VaultFolder
from installers.bench import bare
from installers.bench.keys import KeysInMemory
from installers.bench.people import Crowd, MadeUp

T = TypeVar("T")

PASSPHRASE = "zwölf bunte Gießkannen am Zaun"  # noqa: S105 - of a throw-away file with made-up people
COUNTRY = "DE"
_CHUNK = 2_000
_AT_ONCE = 250_000
"""People in one transaction: their words lie in memory until its end."""


class WatchedOffice(Office):
    """An office that notes when each of its transactions began and ended, in seconds of `time.perf_counter`."""

    def __init__(self, office: Office) -> None:
        super().__init__(office.store, office.keys, office.clock, who=OWNER)
        self.writes: list[tuple[float, float]] = []
        self._whole = office

    def write(self, work: Any, *, undoable: bool = False) -> Any:
        started = time.perf_counter()
        answer = super().write(work, undoable=undoable)
        self.writes.append((started, time.perf_counter()))
        return answer

    def close(self) -> None:
        self._whole.close()


def shop(office_day: date) -> Shop:
    """The flower shop all these people buy from."""
    return Shop(
        name="Blumen am Eck",
        country=COUNTRY,
        region="SN",
        language="de",
        zone="Europe/Berlin",
        begun_on=office_day,
        street="Lindenplatz 3",
        postal_code="04177",
        city="Leipzig",
        email="hallo@blumen.example",
        responsible="Anna Muster",
    )


def begin(folder: Path, passphrase: str | None = None, keystore: KeysInMemory | None = None) -> WatchedOffice:
    """A new, empty customer file that opens with the password if there is one, and with the keys in memory."""
    clock = SystemClock()
    begun = setup.begin(
        VaultFolder(folder),
        shop(clock.now().date()),
        clock=clock,
        keystore=keystore or (None if passphrase else KeysInMemory()),
        passphrase=passphrase,
    )
    return WatchedOffice(begun.office)


class CustomerFile:
    """An open customer file with so many made-up people, and closed copies of it for the references."""

    def __init__(self, folder: Path, size: int) -> None:
        """Makes and fills it; the copies are made when they are first asked for."""
        self.folder = folder
        self.size = size
        self.crowd = Crowd(size)
        self.keys = KeysInMemory()
        self.office = begin(folder / "file", PASSPHRASE, self.keys)
        self._opened: dict[str, Any] = {}
        for start in range(0, size, _AT_ONCE):
            people = list(self.crowd.take(min(size - start, _AT_ONCE)))
            self.office.store.write(partial(fill, self.office, people))
        self.office.store.checkpoint()
        self._people = iter(self._shuffled())

    def _shuffled(self) -> list[bytes]:
        ids = [row[0] for row in self.plain().execute("SELECT id FROM contact ORDER BY id").fetchall()]
        random.Random(self.size).shuffle(ids)  # noqa: S311 - no secret
        return ids

    @property
    def key(self) -> bytes:
        """The database key."""
        return bytes(self.office.keys.database_key)

    def copy(self) -> bare.Connection:
        """A bare connection to a copy with the same key, made at the first call, that may be changed."""
        if "copy" not in self._opened:
            self.office.store.checkpoint()
            path = self.folder / "copy.db"
            shutil.copyfile(self.office.store.database, path)
            self._opened["copy"] = bare.connect(path, self.key)
        return self._opened["copy"]

    def plain(self) -> bare.Connection:
        """A bare connection to the same data without a key, made at the first call."""
        if "plain" not in self._opened:
            self.office.store.checkpoint()
            path = self.folder / "plain.db"
            bare.export(self.office.store.database, self.key, path)
            self._opened["plain"] = bare.connect(path, None)
        return self._opened["plain"]

    def people(self, number: int) -> list[bytes]:
        """The numbers of so many people from all over the file; nobody is given out twice."""
        return list(islice(self._people, number))

    def close(self) -> None:
        """Close everything and delete the files."""
        for connection in self._opened.values():
            connection.close()
        self.office.close()
        shutil.rmtree(self.folder)


def _chunks(people: Sequence[MadeUp]) -> Iterator[list[MadeUp]]:
    rest = iter(people)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def fill(office: Office, people: Sequence[MadeUp], writing: Writing) -> None:
    """Adds people with their history."""
    companies = {row.match: row.id for row in writing.stream(Company)}
    for chunk in _chunks(people):
        rows: dict[type, list[Any]] = {
            record: [] for record in (Company, Contact, ContactEmail, ContactPhone, Interaction, Purchase)
        }
        for person in chunk:
            _collect(office, rows, companies, person)
        for record, made in rows.items():
            writing.insert_many(record, made)


def _company(office: Office, rows: dict[type, list[Any]], known: dict[str, bytes], name: str) -> bytes:
    form = sort_form(name)
    if form not in known:
        known[form] = office.new_id()
        rows[Company].append(Company(id=known[form], name=name, match=form, created_at=office.clock.now()))
    return known[form]


def _collect(office: Office, rows: dict[type, list[Any]], companies: dict[str, bytes], person: MadeUp) -> None:
    now, key = office.clock.now(), office.new_id()
    then = now - timedelta(days=person.idle)
    rows[Contact].append(
        Contact(
            id=key,
            name=person.name,
            sort_name=sort_form(person.name),
            given=person.given,
            family=person.family,
            company_id=_company(office, rows, companies, person.company) if person.company else None,
            stage=Stage.LEAD if person.note and not person.bought else Stage.CUSTOMER,
            source="Liste",
            last_activity_on=then.date(),
            created_at=then,
        )
    )
    mine: dict[str, Any] = {"contact_id": key, "created_at": then}
    if person.email:
        form = email_form(person.email)
        rows[ContactEmail].append(ContactEmail(id=office.new_id(), address=person.email, match=form, **mine))
    if person.phone:
        form = phone_e164(person.phone, COUNTRY) or person.phone
        rows[ContactPhone].append(ContactPhone(id=office.new_id(), number=person.phone, match=form, **mine))
    if person.note:
        rows[Interaction].append(
            Interaction(id=office.new_id(), happened_at=then, text=person.note, actor=OWNER.name, **mine)
        )
    if person.bought:
        rows[Purchase].append(
            Purchase(
                id=office.new_id(),
                bought_on=then.date(),
                amount_minor=1000 + len(person.name) * 100,
                currency="EUR",
                description=person.bought,
                **mine,
            )
        )


def add_events(office: Office, person: bytes, number: int) -> None:
    """Gives a person so many notes, calls and visits, one for each of the last days."""
    now = office.clock.now()
    kinds, ways = list(InteractionKind), list(Channel)
    talk = [made.note or made.email for made in Crowd(number).take(number)]
    events = [
        Interaction(
            id=office.new_id(),
            contact_id=person,
            kind=kinds[at % len(kinds)],
            channel=ways[at % len(ways)],
            happened_at=now - timedelta(hours=7 * at),
            text=f"{at}: {text}",
            actor=OWNER.name,
            created_at=now - timedelta(hours=7 * at),
        )
        for at, text in enumerate(talk)
    ]
    office.store.write(lambda writing: writing.insert_many(Interaction, events))
