"""What a person says against the use of their data: objections, a lock, wishes about ways to reach them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.privacy.use import IN_DEMAND, advertises
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentHow
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.use import MendingCause, Objection, Outcome, Restriction, RestrictionGround, Wish
from desktop_crm.services import mending
from desktop_crm.services.acts import Trace, act, performing
from desktop_crm.services.consents import purpose_by_code
from desktop_crm.services.contacts import known_person
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.services.signs import Badge, Tone
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.usable import VALUES
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import Gone, M, Problem

STANDING = (Outcome.OPEN, Outcome.UPHELD)
"""Objections that stand in the way of a use."""
_UNTOUCHED = M("Nothing was changed.")


@dataclass(frozen=True, slots=True, repr=False)
class Locks:
    """All that a person said against the use of their data, the newest first."""

    restrictions: tuple[Restriction, ...]
    objections: tuple[tuple[Objection, str], ...]
    """Each with the name of the purpose, empty for all advertising."""
    wishes: tuple[tuple[Wish, str], ...]
    """Each with the value it is about, empty for a whole channel."""


@act(Verb.VIEW, Restriction)
def locks(office: Office, person: bytes) -> Locks:
    """What stands against the use of somebody's data. Leaves a line in the log. Raises Problem if there is nobody."""

    def work(reading: Reading) -> Locks:
        known_person(reading, person)
        return locks_of(reading, person)

    found = office.read(work)
    office.looked(person)
    return found


def locks_of(reading: Reading, person: bytes) -> Locks:
    """The same, inside another act."""
    mine = eq("contact_id", person)
    names = {one.id: one.name for one in reading.find(Purpose)}
    objections = reading.find(Objection, mine, order=("-since",))
    wishes = reading.find(Wish, mine, order=("-created_at",))
    return Locks(
        tuple(reading.find(Restriction, mine, order=("-since",))),
        tuple((one, names.get(one.purpose_id or b"", "")) for one in objections),
        tuple((one, _value(reading, one)) for one in wishes),
    )


def not_left_alone(reading: Reading, person: bytes, channel: Channel) -> list[Any]:
    """The addresses or numbers of a channel at which somebody may be reached at all, as they wish it."""
    mine = eq("contact_id", person)
    never = {wish.value_id for wish in reading.find(Wish, mine, eq("channel", channel)) if not wish.only_service}
    return [] if None in never else [row for row in reading.find(VALUES[channel], mine) if row.id not in never]


def _value(reading: Reading, wish: Wish) -> str:
    """What a wish is about, as it is written; empty for a whole channel, or where the value is gone."""
    record = VALUES.get(wish.channel)
    row = reading.get(record, wish.value_id) if record is not None and wish.value_id is not None else None
    if row is None:
        return ""
    parts = (getattr(row, name, None) for name in ("address", "number", "street", "postal_code", "city"))
    return ", ".join(part for part in parts if part)


class AgainstKind(StrEnum):
    """What somebody said against the use of their data."""

    LOCK = "lock"
    OBJECTION = "objection"
    WISH = "wish"


@dataclass(frozen=True, slots=True, repr=False)
class Against:
    """One thing that stands against a use, in a line; `to_weigh`: an objection that waits for a decision."""

    id: bytes
    kind: AgainstKind
    text: M
    sub: M | str
    since: date
    badge: Badge | None
    to_weigh: bool = False


def against(reading: Reading, person: bytes, zone: ZoneInfo) -> tuple[Against, ...]:
    """All that stands now, the heaviest first, as the page of a person shows it."""
    found = locks_of(reading, person)
    day: Callable[[datetime], date] = lambda at: at.astimezone(zone).date()  # noqa: E731 - used three times below
    locked = (one for one in found.restrictions if one.lifted_at is None)
    standing = ((one, name) for one, name in found.objections if one.outcome in STANDING)
    return (
        *(Against(one.id, AgainstKind.LOCK, LOCKED, one.reason, day(one.since), _LOCKED_BADGE) for one in locked),
        *(_objects(one, name, day(one.since)) for one, name in standing),
        *(
            Against(one.id, AgainstKind.WISH, _wants(one, value), one.note or "", day(one.created_at), None)
            for one, value in found.wishes
        ),
    )


LOCKED = M("Locked: kept, not used")
_LOCKED_BADGE = Badge(M("Locked"), Tone.WARNING, "lock")


def _objects(one: Objection, purpose: str, since: date) -> Against:
    weighs = one.outcome is Outcome.OPEN
    what = M("Objects to: {purpose}", purpose=purpose) if purpose else M("Objects to all advertising")
    badge = Badge(M("No advertising"), Tone.WARNING, "x") if not purpose else Badge(what, Tone.WARNING, "x")
    sub = M("Waits to be weighed; until then it is not used") if weighs else one.reason or ""
    return Against(one.id, AgainstKind.OBJECTION, what, sub, since, badge, weighs)


def _wants(wish: Wish, value: str) -> M:
    where: M | str = value or _WHOLE[wish.channel]
    return M("{where}: {wish}", where=where, wish=wished(wish))


_WHOLE: dict[Channel, M] = {
    Channel.EMAIL: M("Email"),
    Channel.PHONE: M("Phone"),
    Channel.MESSENGER: M("Messenger"),
    Channel.POST: M("Post"),
}


def wished(wish: Wish) -> M:
    """What somebody wishes, in words."""
    return M("only for orders and deliveries") if wish.only_service else M("not at all")


@act(Verb.ADD, Restriction)
def restrict(office: Office, person: bytes, reason: str, ground: RestrictionGround | None = None) -> bytes:
    """Lock somebody's data: it is found, and not used, until the lock is lifted. Raises Problem without a reason."""
    told = storable(reason)
    if not told:
        raise Problem(M("Please say why the data is locked."), safe=_UNTOUCHED)

    def work(writing: Writing, trace: Trace) -> bytes:
        known_person(writing, person)
        key = office.new_id()
        now = office.clock.now()
        writing.insert(
            Restriction(id=key, contact_id=person, ground=ground, reason=told, since=now, actor=office.who.name)
        )
        trace.person, trace.row = person, key
        return key

    return office.write(work)


@act(Verb.CHANGE, Restriction)
def lift(office: Office, person: bytes) -> int:
    """Let the data of somebody be used again; returns how many locks were lifted. Raises Problem if there is none."""

    def work(writing: Writing, trace: Trace) -> int:
        known_person(writing, person)
        rows = writing.find(Restriction, eq("contact_id", person), eq("lifted_at", None))
        if not rows:
            raise Problem(M("The data of this person is not locked."), safe=_UNTOUCHED)
        for row in rows:
            writing.update(Restriction, row.id, lifted_at=office.clock.now(), lifted_by=office.who.name)
        trace.person, trace.row, trace.number = person, rows[0].id, len(rows)
        return len(rows)

    return office.write(work)


@act(Verb.ADD, Objection)
def object_to(
    office: Office,
    person: bytes,
    purpose: str | None,
    *,
    how: ConsentHow = ConsentHow.SCREEN,
    reason: str | None = None,
) -> bytes:
    """Somebody objects: to all advertising (None), which counts at once and for good, or to one purpose.

    To a purpose that advertises, too, it counts at once; to another it waits to be weighed, and until then closes it.
    Raises Problem for a purpose that nobody can object to.
    """

    def work(writing: Writing, trace: Trace) -> bytes:
        known_person(writing, person)
        against = purpose_by_code(writing, purpose) if purpose is not None else None
        absolute = against is None or advertises(against)
        if against is not None and not absolute:
            _refuse_demanded(against)
        standing = writing.find(
            Objection,
            eq("contact_id", person),
            eq("purpose_id", against.id if against else None),
            one_of("outcome", STANDING),
        )
        trace.person = person
        trace.row = standing[0].id if standing else office.new_id()
        if not standing:
            outcome = Outcome.UPHELD if absolute or _by_yes(against) else Outcome.OPEN
            _add(office, writing, trace.row, person, against, how, reason, outcome)
        _mend(office, writing, person, against)
        return trace.row

    return office.write(work)


def _add(
    office: Office,
    writing: Writing,
    key: bytes,
    person: bytes,
    against: Purpose | None,
    how: ConsentHow,
    reason: str | None,
    outcome: Outcome,
) -> None:
    writing.insert(
        Objection(
            id=key,
            contact_id=person,
            purpose_id=against.id if against else None,
            how=how,
            reason=storable(reason) or None if reason else None,
            since=office.clock.now(),
            actor=office.who.name,
            outcome=outcome,
        )
    )


def _by_yes(purpose: Purpose | None) -> bool:
    """Whether a yes carries the purpose: where that is gone, nothing is left to weigh."""
    return purpose is not None and purpose.basis is Basis.CONSENT


def _refuse_demanded(purpose: Purpose) -> None:
    if purpose.basis in IN_DEMAND:
        raise Problem(
            M("Nobody can object to this: it is needed for an order, or the law demands it."),
            safe=_UNTOUCHED,
            todo=M("They can object to all advertising, or have their data locked."),
        )


def _mend(office: Office, writing: Writing, person: bytes, against: Purpose | None) -> None:
    """Copies that left for what was objected to wait to be mended from now on."""
    meant = {against.id} if against else {p.id for p in writing.find(Purpose) if advertises(p)}
    mending.over(office, writing, person, MendingCause.OBJECTED, meant)


@act(Verb.CHANGE, Objection)
def weigh(office: Office, objection: bytes, *, upheld: bool, assessment: str) -> None:
    """Decide an objection to one purpose: `upheld` ends the use for this person, else our reasons weigh more.

    Raises Problem without the reasons, and for one that needs no weighing: it counts as it is.
    """
    told = storable(assessment)
    if not told:
        raise Problem(M("Please write down how it was weighed: the person is told."), safe=_UNTOUCHED)

    def work(writing: Writing, trace: Trace) -> None:
        row = _objection(writing, objection)
        if row.outcome is not Outcome.OPEN:
            raise Problem(M("This objection is decided, or counts without being weighed."), safe=_UNTOUCHED)
        outcome = Outcome.UPHELD if upheld else Outcome.REJECTED
        ended = {} if upheld else {"ended_at": office.clock.now(), "ended_by": office.who.name}
        writing.update(Objection, objection, outcome=outcome, assessment=told, **ended)
        trace.person, trace.row = row.contact_id, objection

    office.write(work)


@act(Verb.CHANGE, Objection)
def take_objection_back(office: Office, objection: bytes) -> None:
    """The person takes an objection back. Raises Problem if it does not stand any more."""

    def work(writing: Writing, trace: Trace) -> None:
        row = _objection(writing, objection)
        if row.outcome not in STANDING:
            raise Problem(M("This objection does not stand any more."), safe=_UNTOUCHED)
        now = office.clock.now()
        writing.update(Objection, objection, outcome=Outcome.TAKEN_BACK, ended_at=now, ended_by=office.who.name)
        trace.person, trace.row = row.contact_id, objection

    office.write(work)


def _objection(reading: Reading, key: bytes) -> Objection:
    row = reading.get(Objection, key)
    if row is None:
        raise Gone(M("There is no such objection."))
    return row


@act(Verb.ADD, Wish)
def add_wish(
    office: Office,
    person: bytes,
    channel: Channel,
    *,
    value: str | None = None,
    only_service: bool = False,
    note: str | None = None,
) -> bytes:
    """Somebody wants to be left alone on a channel, or at one email address or number; or reached for orders alone.

    Raises Problem for a value the person does not have, and for a channel that nobody is reached by.
    """
    record = VALUES.get(channel)
    if record is None:
        raise Problem(M("Nobody is reached by this channel, so there is nothing to wish."), safe=_UNTOUCHED)

    def work(writing: Writing, trace: Trace) -> bytes:
        known_person(writing, person)
        key = None
        if value is not None:
            rows = writing.find(record, eq("contact_id", person))
            key = next((row.id for row in rows if _is_value(row, value)), None)
            if key is None:
                raise Problem(M("This person has no such address or number."), safe=_UNTOUCHED)
        trace.person, trace.row = person, office.new_id()
        writing.delete(Wish, eq("contact_id", person), eq("channel", channel), eq("value_id", key))
        writing.insert(
            Wish(
                id=trace.row,
                contact_id=person,
                channel=channel,
                value_id=key,
                only_service=only_service,
                note=storable(note) or None if note else None,
                actor=office.who.name,
                created_at=office.clock.now(),
            )
        )
        return trace.row

    return office.write(work)


def _is_value(row: object, typed: str) -> bool:
    """Whether an email address, number or address is the one that was typed, or whose id it is."""
    told = (getattr(row, name, None) for name in ("address", "number", "street", "match"))
    wanted = typed.strip().casefold()
    return wanted in {one.casefold() for one in told if one} or getattr(row, "id", b"").hex() == wanted


@act(Verb.REMOVE, Wish)
def drop_wish(office: Office, wish: bytes) -> bytes | None:
    """The person does not wish it any more; the number of the change. Raises Problem if there is no such wish."""

    def work(writing: Writing, trace: Trace) -> None:
        row = writing.get(Wish, wish)
        if row is None:
            raise Gone(M("There is no such wish."))
        trace.person, trace.row = row.contact_id, wish
        writing.delete(Wish, eq("id", wish))

    office.write(work, undoable=True)
    return performing().change
