"""Asking again: whose yes runs out or no longer covers the words of today, and how they may be asked about it now.

Asking is only easy while a yes counts: an email that asks somebody without one is itself advertising. So people are
asked from 60 days before the end, by the way they said yes to; afterwards only at the counter, on a call about an
order, or by post.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_crm.privacy.permission import Standing, as_said, ends_at, standing
from desktop_crm.privacy.terms import OUR_HABIT
from desktop_crm.privacy.use import advertises
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.technical import JobRun
from desktop_crm.records.use import Objection, Outcome, Restriction, Wish
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.asking import rests_until
from desktop_crm.services.consents import Said, enter, latest_notice, latest_wording, purpose_by_code
from desktop_crm.services.listing import asked_purposes
from desktop_crm.services.office import Office
from desktop_crm.services.signs import Badge, Tone
from desktop_crm.storage import renewing
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M, Problem, spoken

WITHIN = 60
"""From so many days before the end people are asked again."""
REST = timedelta(days=183)
"""So long nobody is asked again who was asked and did not answer: as after a no."""
AT_ONCE = 200
"""So many of the queue are shown, those whose turn comes first."""
JOB = "renewals"
EVERY = timedelta(days=1)
HABIT = M(
    "A yes counts for a year and is renewed from 60 days before its end: {habit}, not the law. What ran out no longer "
    "counts in any list.",
    habit=OUR_HABIT,
)


class Turn(StrEnum):
    """Why somebody stands in the queue; the first three can be asked now."""

    ENDING = "ending"
    TOO_OLD = "too-old"
    NEW_WORDS = "new-words"
    ASKED = "asked"
    BARRED = "barred"


OPEN = (Turn.ENDING, Turn.TOO_OLD, Turn.NEW_WORDS)
"""Those who can be asked now."""
TURNS: dict[Turn, Badge] = {
    Turn.ENDING: Badge(M("Ends soon"), Tone.INFO, "clock"),
    Turn.TOO_OLD: Badge(M("Too old"), Tone.WARNING, "refresh"),
    Turn.NEW_WORDS: Badge(M("New words"), Tone.WARNING, "file"),
    Turn.ASKED: Badge(M("Asked already"), Tone.NEUTRAL, "check"),
    Turn.BARRED: Badge(M("Not to be asked"), Tone.NEUTRAL, "lock"),
}
_WAY_WORDS: dict[Channel, M] = {
    Channel.COUNTER: M("at the counter"),
    Channel.PHONE: M("on a call about an order"),
    Channel.POST: M("by post"),
    Channel.EMAIL: M("by email"),
}
HOW_ASKED: dict[ConsentHow, Channel] = {
    ConsentHow.SCREEN: Channel.COUNTER,
    ConsentHow.PAPER: Channel.COUNTER,
    ConsentHow.PHONE: Channel.PHONE,
    ConsentHow.EMAIL: Channel.EMAIL,
    ConsentHow.POST: Channel.POST,
}


@dataclass(frozen=True, slots=True, repr=False)
class DueRow:
    """One person with one purpose. `ways` are those by which they may be asked now, `why` says why only these."""

    person: bytes
    name: str
    code: str
    purpose: str
    turn: Turn
    ends_on: date | None
    asked_on: date | None
    ways: tuple[Channel, ...]
    why: M

    @property
    def by(self) -> tuple[M, ...]:
        """The ways in words."""
        return tuple(_WAY_WORDS[way] for way in self.ways)


@dataclass(frozen=True, slots=True, repr=False)
class Queue:
    """Those whose turn comes first, and how many there are of each kind."""

    rows: tuple[DueRow, ...]
    numbers: Mapping[Turn, int]
    purposes: tuple[tuple[str, str], ...]
    """The purposes people are asked about, by code and name."""

    @property
    def open(self) -> int:
        """How many can be asked now."""
        return sum(self.numbers[turn] for turn in OPEN)


@dataclass(frozen=True, slots=True)
class Marked:
    """How many were noted as asked; `left_out`: who may not be asked, or not by this way."""

    asked: int
    left_out: int


@act(Verb.LIST, ConsentEvent)
def due(
    office: Office,
    turns: Sequence[Turn] = OPEN,
    *,
    purpose: str | None = None,
    within: int = WITHIN,
    limit: int = AT_ONCE,
) -> Queue:
    """Who is to be asked again, those first whose yes ends first. Raises Problem for a purpose there is none of."""

    def work(reading: Reading) -> Queue:
        asked = asked_purposes(reading)
        chosen = [purpose_by_code(reading, purpose)] if purpose is not None else asked
        about = _about(office, chosen, within)
        stages, found = renewing.queue(reading, about, turns, limit)
        numbers = {turn: stages[turn] for turn in Turn}
        seen = _Rows(office, reading, chosen, (turn.person for turn in found))
        soon = office.clock.now() + timedelta(days=within)
        rows = (seen.row(turn.person, turn.purpose, soon) for turn in found)
        names = tuple((one.code, one.name) for one in asked)
        return Queue(tuple(row for row in rows if row is not None), numbers, names)

    return office.read(work)


@act(Verb.ADD, ConsentEvent)
def mark_asked(office: Office, asked: Iterable[tuple[bytes, str]], how: ConsentHow) -> Marked:
    """Note that these people were asked about these purposes (by code), by a way that is open to each of them.

    Whoever said no meanwhile, or may not be asked so, is left out and counted. Raises Problem if nobody is left.
    """
    wanted = list(asked)

    def work(writing: Writing, trace: Trace) -> Marked:
        purposes = {one.code: one for one in asked_purposes(writing)}
        seen = _Rows(office, writing, list(purposes.values()), (who for who, _ in wanted))
        rows = (seen.row(who, purposes[code].id) for who, code in wanted if code in purposes)
        open_ = [row for row in rows if row is not None and row.turn in OPEN and HOW_ASKED[how] in row.ways]
        for row in open_:
            enter(office, writing, trace, row.person, [_put(office, writing, row, purposes[row.code])], how=how)
        if not open_:
            raise Problem(
                M("Nobody of these may be asked this way now."),
                safe=M("Nothing was saved."),
                todo=M("The queue says beside each person how they may be asked."),
            )
        writing.put(JobRun(name=JOB, last_success=office.clock.now(), found=_open(office, writing)))
        if len(open_) > 1:
            trace.person = trace.row = None
        trace.number = len(open_)
        return Marked(len(open_), len(wanted) - len(open_))

    return office.write(work)


@act(Verb.LIST, ConsentEvent)
def counted(office: Office) -> int:
    """How many can be asked, as it was counted last: once a day, and after each asking."""
    return office.read(last_counted)


def last_counted(reading: Reading) -> int:
    """The same, inside another act; nobody for whoever may not see permissions."""
    last = reading.get(JobRun, JOB) if reading.sees(ConsentEvent) else None
    return last.found if last is not None else 0


@act(Verb.CHECK, JobRun)
def count_due(office: Office) -> int:
    """Count who is to be asked again, for the first page of the day; returns how many."""

    def work(writing: Writing, trace: Trace) -> int:
        trace.number = _open(office, writing)
        writing.put(JobRun(name=JOB, last_success=office.clock.now(), found=trace.number))
        return trace.number

    return office.write(work)


def _open(office: Office, reading: Reading) -> int:
    """How many can be asked now."""
    stages, _ = renewing.queue(reading, _about(office, asked_purposes(reading), WITHIN), (), 0)
    return sum(stages[turn] for turn in OPEN)


def count_daily(office: Office) -> int | None:
    """Do it under the program's own name, once a day and when the clock was set back; None: not due."""
    last = office.read(lambda reading: reading.get(JobRun, JOB))
    if last is not None and abs(office.clock.now() - last.last_success) < EVERY:
        return None
    return count_due(Office(office.store, office.keys, office.clock, who=PROGRAM, anchor=office.anchor))


def _put(office: Office, reading: Reading, row: DueRow, purpose: Purpose) -> Said:
    """The question in the person's language, with the words it had."""
    contact, usual = reading.get(Contact, row.person), office.shop.language
    language = (spoken(contact.language) if contact else None) or usual
    wording = latest_wording(reading, purpose, language) or latest_wording(reading, purpose, usual)
    notice = latest_notice(reading, language) or latest_notice(reading, usual)
    return Said(purpose, ConsentState.REQUESTED, wording.id if wording else None, notice.id if notice else None)


def _about(office: Office, purposes: Sequence[Purpose], within: int) -> list[renewing.Renewed]:
    now = office.clock.now()
    soon = now + timedelta(days=within)
    made = []
    for one in purposes:
        days = timedelta(days=one.valid_days) if one.valid_days else None
        made.append(
            renewing.Renewed(
                purpose=one.id,
                now=now,
                soon=soon,
                rested=now - REST,
                days=one.valid_days or None,
                too_old=now - days if days else None,
                soon_old=soon - days if days else None,
                renewed_at=one.renewed_at,
                advertising=advertises(one),
            )
        )
    return made


@dataclass(frozen=True, slots=True, repr=False)
class _Case:
    """One person with one purpose: where they stand, their last answer, and when they were asked since then."""

    contact: Contact
    purpose: Purpose
    stands: Standing
    answer: ConsentEvent
    asked: datetime | None

    @property
    def ends(self) -> datetime | None:
        """When the last answer, if it is a yes, runs out."""
        return ends_at(self.answer, self.purpose.valid_days)

    def is_due(self, soon: datetime) -> bool:
        """Whether the yes ends until then, or counts no more."""
        if self.stands.allows:
            return self.ends is not None and self.ends <= soon
        return self.stands.state in (ConsentState.EXPIRED, ConsentState.INVALIDATED)


class _Rows:
    """What the rows of some people need, read at once. Where they stand follows from their own lines, exactly."""

    def __init__(self, office: Office, reading: Reading, purposes: Sequence[Purpose], people: Iterable[bytes]) -> None:
        self._today, self._now = office.today(), office.clock.now()
        self._zone = ZoneInfo(office.shop.zone)
        self._purposes = {one.id: one for one in purposes}
        keys = list(set(people))
        mine = one_of("contact_id", keys)
        self._contacts = {row.id: row for row in reading.find(Contact, one_of("id", keys))}
        self._said: dict[bytes, list[ConsentEvent]] = {key: [] for key in keys}
        for event in reading.find(ConsentEvent, mine):
            self._said[event.contact_id].append(event)
        self._restricted = {row.contact_id for row in reading.find(Restriction, mine, eq("lifted_at", None))}
        self._objections = reading.find(Objection, mine, eq("ended_at", None), one_of("outcome", _STANDING))
        self._wishes = {(row.contact_id, row.channel) for row in reading.find(Wish, mine, eq("value_id", None))}
        self._reach = {
            Channel.COUNTER: set(keys),
            Channel.PHONE: {row.contact_id for row in reading.find(ContactPhone, mine)},
            Channel.POST: {row.contact_id for row in reading.find(ContactAddress, mine)},
            Channel.EMAIL: {row.contact_id for row in reading.find(ContactEmail, mine)},
        }

    def row(self, person: bytes, purpose: bytes, soon: datetime | None = None) -> DueRow | None:
        """The row of somebody; None where their yes counts beyond `soon`, or there is none to renew."""
        case = self._case(person, purpose)
        if case is None:
            return None
        barred = self._barred(case) or self._resting(case.stands)
        if barred is None and not case.is_due(soon or datetime.max.replace(tzinfo=UTC)):
            return None
        ways, why = ((), barred) if barred is not None else self._ways(case)
        return DueRow(
            person=person,
            name=case.contact.name,
            code=case.purpose.code,
            purpose=case.purpose.name,
            turn=Turn.BARRED if barred is not None else self._turn(case),
            ends_on=self._day(case.ends) if case.ends is not None else None,
            asked_on=self._day(case.asked) if case.asked is not None else None,
            ways=ways,
            why=why,
        )

    def _case(self, person: bytes, purpose: bytes) -> _Case | None:
        contact, about = self._contacts.get(person), self._purposes[purpose]
        said = [line for line in as_said(self._said[person]) if line.purpose_id == purpose]
        answers = [line for line in said if line.state is not ConsentState.REQUESTED]
        if contact is None or not answers:
            return None
        stands = standing(said, now=self._now, valid_days=about.valid_days, renewed_at=about.renewed_at)
        asked = said[-1].happened_at if said[-1] is not answers[-1] else None
        return _Case(contact, about, stands, answers[-1], asked)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def _turn(self, case: _Case) -> Turn:
        if case.asked is not None and case.asked > self._now - REST:
            return Turn.ASKED
        return Turn.ENDING if case.stands.allows else _TURN_OF[case.stands.state]

    def _resting(self, stands: Standing) -> M | None:
        """Who said no is not asked for half a year."""
        day = self._day(stands.since) if stands.since is not None else None
        again = rests_until(stands.state, day, self._today)
        return M("Said no on {day}, not again before {again}", day=day, again=again) if again else None

    def _barred(self, case: _Case) -> M | None:
        """What forbids asking this person at all."""
        if case.contact.deceased:
            return M("Has died.")
        if case.contact.id in self._restricted:
            return M("Locked: kept, not used.")
        for one in self._objections:
            against = one.purpose_id == case.purpose.id or (one.purpose_id is None and advertises(case.purpose))
            if one.contact_id == case.contact.id and against:
                return M("Objected on {day}.", day=self._day(one.since))
        return None

    def _ways(self, case: _Case) -> tuple[tuple[Channel, ...], M]:
        wanted = [Channel.COUNTER, Channel.PHONE, Channel.POST]
        why = _WHY[case.stands.state]
        if case.stands.allows and case.purpose.channel == Channel.EMAIL:
            wanted.append(Channel.EMAIL)
        person = case.contact.id
        return tuple(way for way in wanted if person in self._reach[way] and (person, way) not in self._wishes), why


_STANDING = (Outcome.OPEN, Outcome.UPHELD)
"""Objections that are to be obeyed."""
_TURN_OF: dict[ConsentState | None, Turn] = {
    ConsentState.EXPIRED: Turn.TOO_OLD,
    ConsentState.INVALIDATED: Turn.NEW_WORDS,
}
_WHY: dict[ConsentState | None, M] = {
    ConsentState.GIVEN: M("The yes still counts."),
    ConsentState.EXPIRED: M("The yes ran out: an email or a call only to ask would itself be advertising."),
    ConsentState.INVALIDATED: M("The yes was to other words: an email or a call only to ask would be advertising."),
}
