"""The example shop: a customer file of its own, full of made-up people, with a past that ends today.

What happened is told in `resources/sample/shop.<language>.toml`, in days before and after today, and done by the same
acts that serve real people, each at its time: so everything in the file fits together, down to the activity log.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.host.clock import Clock, FixedClock
from desktop_crm.host.clock import today as today_at
from desktop_crm.host.paths import example_folder
from desktop_crm.records.consent import ConsentHow
from desktop_crm.records.contact import Stage, Told
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel, InteractionKind
from desktop_crm.records.purchase import OpenMatter, Original
from desktop_crm.records.request import IdentityCheck, RequestKind
from desktop_crm.records.retention import RetentionAnswer
from desktop_crm.resource_files import resource
from desktop_crm.services import consents, contacts, editing, importing, renewals, requests, retention, setup, tasks
from desktop_crm.services.office import Office
from desktop_crm.services.settings import IS_EXAMPLE, SHEET_CHECKED_ON, SHEET_SAVED_HOW, SavedHow, put
from desktop_crm.services.shop import Shop
from desktop_crm.services.starting import Opening, opening_state
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem
from desktop_crm.words.amounts import read_amount

PASSWORD = "the people in here are made up"  # noqa: S105 - it guards nobody, and everybody may know it
"""Opens the example shop, and is no secret: a look around asks for no place for keys, which may ask back."""
_BEGUN = 1720
_OPENS = time(9)
_STEP = timedelta(minutes=7)
_LOOKS = (40, 35, 22, 12, 3, 0)
"""Days before today on which keeping times were looked at."""
_SHEET_CHECKED = 19

_Told = Mapping[str, Any]


def begin(folder: VaultFolder, *, clock: Clock, language: str) -> Office:
    """Set up the example shop in a folder of its own and fill it. Raises Problem where a customer file is already."""
    told = _story(language)["shop"]
    today = today_at(clock, told["zone"])
    shop = Shop(language=language, begun_on=today - timedelta(days=_BEGUN), **told)
    past = FixedClock(datetime.combine(shop.begun_on, _OPENS, ZoneInfo(shop.zone)).astimezone(UTC))
    office = setup.begin(folder, shop, clock=past, keystore=None, passphrase=PASSWORD).office
    try:
        put(office, IS_EXAMPLE, True)
        office.clock = clock
        fill(office)
    except BaseException:
        setup.throw_away(office, folder, keystore=None)
        raise
    return office


def open_again(folder: VaultFolder, *, clock: Clock) -> Office:
    """Open an example shop that was begun before. Raises Problem."""
    return setup.open_office(folder, clock=clock, keystore=None, passphrase=PASSWORD)


def visit(home: VaultFolder, *, clock: Clock, language: str) -> Office:
    """Open the example shop beside one's own customer file; at the first time it is set up and filled."""
    folder = VaultFolder(example_folder(home.path))
    if opening_state(folder).page in (Opening.NO_FILE, Opening.UNFINISHED):
        return begin(folder, clock=clock, language=language)
    return open_again(folder, clock=clock)


def fill(office: Office) -> None:
    """Let everything happen to the made-up people of an empty file, in the order in which it happened.

    Raises Problem for a file in which anybody is already: made-up people never mix with real ones.
    """
    if not office.read(setup.is_empty):
        raise Problem(M("There are people in this customer file: the example is not mixed with them."))
    _Teller(office, _story(office.shop.language)).tell()


def _story(language: str) -> dict[str, Any]:
    with resource("sample", f"shop.{language}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened so many days ago."""

    ago: int
    happen: Callable[[], object]


class _Teller:
    """Lets the story happen, event by event."""

    def __init__(self, office: Office, story: dict[str, Any]) -> None:
        self._office = office
        self._story = story
        self._clock = office.clock
        self._today = office.today()
        self._people: dict[str, bytes] = {}
        self._endings: dict[int, Callable[[], object]] = {}
        self._acts: dict[str, Callable[[bytes, _Told], object]] = {
            **dict.fromkeys(InteractionKind, self._note),
            "buy": self._buy,
            "deliver": self._deliver,
            "yes": self._answer,
            "no": self._answer,
            "back": self._take_back,
            "task": self._task,
            "ask": self._ask,
            "keep": self._decide,
            "hold": self._decide,
        }

    def tell(self) -> None:
        """Everything, the oldest first, at nine o'clock and then every few minutes of its day."""
        day, minutes = -1, timedelta(0)
        for event in sorted(self._events(), key=lambda one: -one.ago):
            minutes = minutes + _STEP if event.ago == day else timedelta(0)
            day = event.ago
            with self._at(event.ago, minutes):
                event.happen()

    def _events(self) -> Iterator[_Event]:
        for person in self._story["people"]:
            yield _Event(person["came"], partial(self._come, person))
            for told in person.get("events", ()):
                yield _Event(told["ago"], partial(self._happen, person["name"], told))
                if "ended" in told:
                    yield _Event(told["ended"], partial(self._end, told))
        listed = self._story["list"]
        yield _Event(listed["ago"], partial(self._bring_in, listed["source"]))
        yield _Event(_SHEET_CHECKED, self._check_sheet)
        for ago in _LOOKS:
            yield _Event(ago, partial(retention.run, self._office))
        yield _Event(min(_LOOKS), partial(renewals.count_due, self._office))

    @contextmanager
    def _at(self, ago: int, minutes: timedelta) -> Iterator[None]:
        """The office at that time of that day; never later than now."""
        at = datetime.combine(self._day(-ago), _OPENS, ZoneInfo(self._office.shop.zone)).astimezone(UTC) + minutes
        self._office.clock = FixedClock(min(at, self._clock.now()))
        try:
            yield
        finally:
            self._office.clock = self._clock

    def _day(self, days: int) -> date:
        return self._today + timedelta(days=days)

    def _happen(self, name: str, told: _Told) -> None:
        self._acts[told["do"]](self._people[name], told)

    def _come(self, told: _Told) -> None:
        address = editing.AddressLine(
            street=told.get("street", ""), postal_code=told.get("post", ""), city=told.get("city", "")
        )
        form = editing.ContactForm(
            name=told["name"],
            given=told.get("given", ""),
            family=told.get("family", ""),
            company=told.get("company", ""),
            emails=_lines(told, "email"),
            phones=_lines(told, "phone"),
            addresses=(address,),
            birthday=self._birthday(told),
            language=told.get("language", ""),
            stage=Stage(told.get("stage", Stage.LEAD)),
            basis=Basis(told.get("basis", Basis.CONTRACT)),
            informed_on=self._office.today(),
            informed_how=Told(told["told"]),
            tags=tuple(told.get("tags", ())),
        )
        self._people[told["name"]] = editing.new_contact(self._office, form)

    def _birthday(self, told: _Told) -> str:
        """Day and month, as a shop that sends cards needs them."""
        if "birthday_in" in told:
            return f"--{self._day(told['birthday_in']):%m-%d}"
        return f"--{told['birthday']}" if "birthday" in told else ""

    def _note(self, person: bytes, told: _Told) -> None:
        channel = Channel(told["channel"]) if "channel" in told else None
        contacts.note(self._office, person, told["text"], kind=InteractionKind(told["do"]), channel=channel)

    def _buy(self, person: bytes, told: _Told) -> None:
        day = self._office.today()
        contacts.purchase(
            self._office,
            person,
            read_amount(told["amount"], "EUR"),
            bought_on=day,
            invoice_no=f"{day.year}-{told['invoice']}" if "invoice" in told else None,
            description=told["text"],
            original=Original.HERE if told.get("here") else Original.ELSEWHERE,
            still_open=OpenMatter(told["open"]) if "open" in told else None,
        )

    def _deliver(self, person: bytes, told: _Told) -> None:
        contacts.deliver(
            self._office,
            person,
            name=told["to"],
            deliver_on=self._day(told["on"]),
            address=told["place"],
            phone=told.get("phone"),
            card_text=told.get("card"),
        )

    def _answer(self, person: bytes, told: _Told) -> None:
        consents.give(self._office, person, told["what"], how=ConsentHow(told["how"]), refused=told["do"] == "no")

    def _take_back(self, person: bytes, told: _Told) -> None:
        consents.withdraw(self._office, person, told["what"], how=ConsentHow(told["how"]))

    def _task(self, person: bytes, told: _Told) -> None:
        form = tasks.TaskForm(
            text=told["text"],
            person=person,
            due_on=self._day(told["on"]),
            due_time=told.get("at"),
            call=told.get("call", False),
        )
        key = tasks.add_task(self._office, form)
        self._endings[id(told)] = lambda: tasks.finish(self._office, key)

    def _ask(self, person: bytes, told: _Told) -> None:
        number = requests.register(self._office, person, RequestKind(told["kind"]), Channel(told["channel"]))
        if "identity" in told:
            requests.note_identity(self._office, number, IdentityCheck(told["identity"]))
        self._endings[id(told)] = lambda: requests.close(self._office, number)

    def _end(self, told: _Told) -> None:
        """A task is ticked off, a request answered."""
        self._endings.pop(id(told))()

    def _decide(self, person: bytes, told: _Told) -> None:
        waiting = [one.item.id for one in retention.queue(self._office) if one.item.person_id == person]
        answer = RetentionAnswer(told["do"])
        until = self._day(-told["until"]) if "until" in told else None
        retention.decide(self._office, waiting, answer, reason=told["text"], until=until)

    def _bring_in(self, source: str) -> None:
        path = resource("sample", f"summer-list.{self._office.shop.language}.csv")
        importing.bring_in(self._office, path, importing.order_for(importing.OrderReason.MIXED, source))

    def _check_sheet(self) -> None:
        put(self._office, SHEET_CHECKED_ON, self._office.today())
        put(self._office, SHEET_SAVED_HOW, SavedHow.PRINTED)


def _lines(told: _Told, name: str) -> tuple[editing.Line, ...]:
    return (editing.Line(text=told[name]),) if told.get(name) else ()
