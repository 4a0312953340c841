"""What an erasure takes, what loses the name, and what stays by which law: decided before anything is done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from desktop_crm.privacy.deadlines import answer_due, latest_grace_end
from desktop_crm.privacy.erasure import Fate, fate
from desktop_crm.privacy.presets import Keeping, load_preset
from desktop_crm.privacy.terms import kept_until
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Section
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.erasure import Ground
from desktop_crm.records.registry import inventory
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.services import labels, outside
from desktop_crm.services.office import Office
from desktop_crm.services.outside import Outside
from desktop_crm.services.proof import details_of
from desktop_crm.services.removal import Held, held_of, holds_on, shared_texts, with_dependants
from desktop_crm.services.requests import files_of, open_of
from desktop_crm.services.running import Matter, Running, running, wait_until
from desktop_crm.services.traces import naming
from desktop_crm.services.who import by_name
from desktop_crm.storage import search
from desktop_crm.storage.transaction import Reading
from desktop_crm.words import Gone, M, Problem, WayOut


@dataclass(frozen=True, slots=True, repr=False)
class Stay:
    """Original invoices that stay locked under one law until one day; their numbers stand in the letter alone."""

    law: str
    until: date
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure takes, by part of the file; what loses the name; what stays, by which law and until when."""

    gone: tuple[tuple[M, int], ...]
    nameless: int
    stays: tuple[Stay, ...]
    mentions: tuple[Mention, ...] = ()
    """Free text of others is theirs, so it is shown for a decision and not cut."""
    running: tuple[Running, ...] = ()
    """What has not ended yet; told before an erasure only."""
    wait_until: date | None = None
    """The day until which it is wise to wait with the erasure, if there is one."""
    outside: tuple[Outside, ...] = ()
    """The places outside this program, ticked where they were seen to; told before an erasure only."""
    asked: PrivacyRequest | None = None
    """The open request for the erasure, if one was entered."""
    copies: tuple[str, ...] = ()
    """The files that were made for the person, as `requests.files_of` names them: our copies of them lie outside this
    program, and nothing reminds of them."""

    @property
    def parts(self) -> tuple[tuple[M, int], ...]:
        """What goes or loses the name, part by part; the numbers add up to `entries`."""
        nameless = ((M("Orders: only the name goes"), self.nameless),) if self.nameless else ()
        return (*self.gone, *nameless)

    @property
    def copy_is_open(self) -> bool:
        """Whether a copy was asked for and is not handed over: it has to be, or to be given up."""
        return any(one.matter is Matter.COPY for one in self.running)

    @property
    def entries(self) -> int:
        """How many entries go or lose the name."""
        return sum(number for _, number in self.gone) + self.nameless


@dataclass(frozen=True, slots=True, repr=False)
class Mention:
    """An entry of another person in which this person's name, email or phone stands."""

    person: bytes
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ErasureOrder:
    """What is asked for.

    `keep_mark`: keep a do-not-bring-back mark, unless the person declines it. `mentions_seen`: somebody has looked at
    the entries of others that name the person, and decided. `given_up`: the person no longer wants the copy that they
    asked for and did not get. `copies_gone`: those of `Preview.copies` that somebody deleted.
    """

    ground: Ground = Ground.NO_LONGER_NEEDED
    asked_on: date | None = None
    keep_mark: bool = True
    mentions_seen: bool = False
    given_up: bool = False
    copies_gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class ErasurePlan:
    """Everything of one person, sorted by what becomes of it."""

    person: bytes
    people: tuple[bytes, ...]
    held: tuple[Held, ...]
    nameless: tuple[Held, ...]
    sealed: tuple[tuple[Held, date], ...]
    details: tuple[str, ...]
    law: Keeping
    mentions: tuple[Mention, ...]
    copies: tuple[str, ...]

    def gone(self) -> Counter[Section]:
        """How many rows go whole, by part of the file."""
        staged = {id(one.row) for one in self.nameless} | {id(one.row) for one, _ in self.sealed}
        going = (one.told.section for one in self.held if id(one.row) not in staged)
        return Counter(section for section in going if section is not None)


def plan_of(office: Office, reading: Reading, person: bytes, *, heed_holds: bool = True) -> ErasurePlan:
    """Sort everything of a person by what becomes of it. Raises Problem if there is nobody.

    `heed_holds`: refuse where something says "do not delete"; an erasure that was done already is not asked again.
    """
    if reading.get(Contact, person) is None and reading.get(DeliveryRecipient, person) is None:
        raise Gone(M("Nobody here has this number or email address."))
    law = load_preset(office.shop.country, office.shop.region).keeping("invoice")
    everybody = with_dependants(reading, [person])
    if heed_holds:
        _refuse_on_hold(office, reading, everybody)
    held = held_of(reading, everybody)
    nameless, sealed = [], []
    for one in held:
        what = fate(one.told, one.row)
        until = _end(one, law) if what is Fate.SEALED else None
        if until is not None and until >= office.today():
            sealed.append((one, until))
        elif what is not Fate.GOES:
            # An original whose legal time is over may go like any other purchase.
            nameless.append(one)
    details = details_of(held, shared_texts(reading, held))
    mentions = _mentions(reading, everybody, held)
    copies = [name for one in held if isinstance(one.row, PrivacyRequest) for name in files_of(reading, one.row)]
    return ErasurePlan(
        person,
        tuple(everybody),
        tuple(held),
        tuple(nameless),
        tuple(sealed),
        details,
        law,
        mentions,
        tuple(sorted(copies)),
    )


def _refuse_on_hold(office: Office, reading: Reading, everybody: list[bytes]) -> None:
    """A hold wins over every erasure."""
    for item in holds_on(reading, everybody, office.today()):
        raise Problem(
            M("This person may not be deleted (dispute): {reason}", reason=item.reason or ""),
            safe=M("Nothing was erased."),
            todo=M("When the dispute is over, end it first."),
            way_out=WayOut.END_HOLD,
        )


def _mentions(reading: Reading, everybody: list[bytes], held: list[Held]) -> tuple[Mention, ...]:
    """The entries of others that name one of these people."""
    hits = {hit for text in naming(held) for hit in search.mentioning(reading, text)}
    others = sorted((hit for hit in hits if hit.subject not in everybody), key=lambda hit: (hit.subject, hit.owner))
    return tuple(_mention(reading, hit) for hit in others)


def _mention(reading: Reading, hit: search.Hit) -> Mention:
    told = next(told for told in inventory() if told.name == hit.kind)
    row = reading.get(told.record, hit.owner)
    free = (getattr(row, column.name, None) for column in told.columns if column.mentions)
    contact = reading.get(Contact, hit.subject)
    return Mention(hit.subject, contact.name if contact else "", " ".join(text for text in free if text))


def _end(one: Held, law: Keeping) -> date:
    return kept_until(one.row.bought_on, law.length, law.unit, law.anchor)


def preview_of(plan: ErasurePlan) -> Preview:
    """What people are shown of a plan."""
    counts = plan.gone()
    gone = tuple((labels.SECTIONS[s], counts[s]) for s in Section if counts[s])
    stays: dict[date, list[str]] = {}
    for one, until in plan.sealed:
        stays.setdefault(until, []).append(one.row.invoice_no or "")
    return Preview(
        gone,
        len(plan.nameless),
        tuple(Stay(plan.law.law, until, tuple(numbers)) for until, numbers in sorted(stays.items())),
        plan.mentions,
        copies=plan.copies,
    )


def with_surroundings(office: Office, reading: Reading, plan: ErasurePlan) -> Preview:
    """What people are shown before they decide: also what is still running, and what lies outside this program."""
    today = office.today()
    asked = asked_for(reading, plan.person)
    found = running(reading, plan.people, today)
    since = outside.since(reading, plan.person, today, (RequestKind.ERASURE,))
    due = answer_due(asked.received_on if asked else today, office.shop.country, office.shop.region)
    return replace(
        preview_of(plan),
        running=found,
        wait_until=wait_until(found, today, latest_grace_end(due)),
        outside=tuple(outside.of(reading, plan.person, since, by_name(office, reading))),
        asked=asked,
    )


def asked_for(reading: Reading, person: bytes) -> PrivacyRequest | None:
    """The open request for this person's erasure, if there is one."""
    return next(iter(open_of(reading, person, (RequestKind.ERASURE,))), None)
