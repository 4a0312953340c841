"""The activity log for people: sentences, filters, and a line in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.privacy.folding import fold
from desktop_crm.records.audit import AuditEntry, LogGroup, Verb
from desktop_crm.records.declare import Declaration
from desktop_crm.records.registry import inventory
from desktop_crm.services import labels, who
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.acts import act
from desktop_crm.services.listing import names_of
from desktop_crm.services.log_words import ACTS, NO_LONGER_HERE, NOT_SHOWN, Who, describe, sign
from desktop_crm.services.office import Office
from desktop_crm.services.signs import Tone
from desktop_crm.storage import search
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import Condition, after, before, eq, one_of
from desktop_crm.words import M, Words

_FOUND = 200
"""So many people a typed name may mean in the log."""
_BY_ITSELF = frozenset({"changed_at", "last_activity_on"})
"""Fields that change along with others."""


GROUPS: tuple[tuple[LogGroup, M], ...] = (
    (LogGroup.LOOKED, M("Looked at")),
    (LogGroup.CHANGED, M("Entered or changed")),
    (LogGroup.ANSWERS, M("Answers to questions")),
    (LogGroup.HANDED_OUT, M("Handed out")),
    (LogGroup.ERASED, M("Erased")),
    (LogGroup.SAFETY, M("Checks and settings")),
)
"""The groups in their order, with their words."""
_ANSWERS = ("give", "withdraw", "take_answers", "file_form")
_OF: dict[LogGroup, tuple[Condition, ...]] = {
    LogGroup.LOOKED: (eq("verb", Verb.VIEW),),
    LogGroup.CHANGED: (one_of("verb", (Verb.ADD, Verb.CHANGE, Verb.REMOVE)),),
    LogGroup.ANSWERS: (one_of("act", _ANSWERS),),
    LogGroup.HANDED_OUT: (eq("verb", Verb.EXPORT),),
    LogGroup.ERASED: (eq("verb", Verb.ERASE),),
    LogGroup.SAFETY: (one_of("verb", (Verb.CHECK, Verb.SET_UP, Verb.SIGN_IN)),),
}


@dataclass(frozen=True, slots=True, repr=False)
class LogFilter:
    """By whom, what, from when to when (both days included), and about whom; None: whatever."""

    actor: str | None = None
    group: LogGroup | None = None
    since: date | None = None
    until: date | None = None
    person: bytes | None = None

    def conditions(self, zone: str) -> list[Condition]:
        """The same for the database. Days are those of the shop's `zone`."""
        conditions = list(_OF[self.group]) if self.group else []
        if self.actor is not None:
            conditions.append(eq("actor", self.actor))
        if self.since is not None:
            conditions.append(after("at", _begin(self.since, zone) - timedelta(microseconds=1)))
        if self.until is not None:
            conditions.append(before("at", _begin(self.until + timedelta(days=1), zone)))
        if self.person is not None:
            conditions.append(eq("person_id", self.person))
        return conditions


EVERYTHING = LogFilter()
"""Narrows nothing down."""


def _begin(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True, repr=False)
class LogLine:
    """One line: who did it, what (as a sentence that goes on after `who`), and what it touched.

    `name` is that of the person it was about, as they are called now; `person` is None where nobody can be opened.
    `code` and `code_before` are short forms of the seals by which the line fits into the chain.
    """

    seq: int
    at: datetime
    who: M
    by_itself: bool
    sentence: M
    icon: str
    tone: Tone
    person: bytes | None
    name: str
    record: M | None
    fields: tuple[M, ...]
    number: int
    code: str
    code_before: str


@act(Verb.LIST, AuditEntry)
def entries(
    office: Office,
    chosen: LogFilter = EVERYTHING,
    *,
    text: str = "",
    before_seq: int | None = None,
    limit: int = 100,
) -> list[LogLine]:
    """The newest lines that meet all of this, those before line `before_seq`; fewer than `limit` are the last.

    `text`: the number of a line, a person's name, or a word of what was done.
    """
    conditions = chosen.conditions(office.shop.zone)
    if before_seq is not None:
        conditions.append(before("seq", before_seq))

    def work(reading: Reading) -> list[LogLine]:
        found: dict[int, AuditEntry] = {}
        for meant in _meanings(office, reading, text):
            for entry in reading.find(AuditEntry, *conditions, *meant, order=("-seq",), limit=limit):
                found[entry.seq] = entry
        newest = sorted(found.values(), key=lambda entry: entry.seq, reverse=True)[:limit]
        return _lines(office, reading, newest)

    return office.read(work)


@act(Verb.LIST, AuditEntry)
def who_looked(office: Office, person: bytes, limit: int = 5) -> list[LogLine]:
    """Who opened, printed or saved this person's data last: the newest lines, at most so many."""
    looks = eq("person_id", person), one_of("verb", (Verb.VIEW, Verb.EXPORT))
    return office.read(
        lambda reading: _lines(office, reading, reading.find(AuditEntry, *looks, order=("-at",), limit=limit))
    )


@act(Verb.LIST, AuditEntry)
def actors(office: Office) -> list[tuple[str, M]]:
    """Who can have done something, as it is stored and as it is told: roles, then the people who work here."""
    return [*labels.ROLES.items(), *office.read(who.colleagues)]


def _meanings(office: Office, reading: Reading, text: str) -> list[tuple[Condition, ...]]:
    """What a typed text may mean, each as conditions; nothing typed means everything."""
    word = text.strip()
    if not word:
        return [()]
    if word.isdecimal():
        return [(eq("seq", int(word)),)]
    hits = search.exact(reading, word, _FOUND)
    people = {hit.subject for hit in hits}
    acts = [name for name, sentence in _sentences(office.words).items() if fold(word) in sentence]
    return [(one_of("person_id", people),), (one_of("act", acts),)]


def _sentences(words: Words) -> dict[str, str]:
    """What each act says, folded, without a name."""
    return {name: fold(words.say(describe(_sample(name), ""))) for name in ACTS}


@cache
def _sample(name: str) -> AuditEntry:
    return AuditEntry(
        seq=0,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        actor=PROGRAM.name,
        act=name,
        verb=Verb.VIEW,
        record="contact",
        number=2,
        previous=CHAIN_START,
        seal=CHAIN_START,
    )


def _lines(office: Office, reading: Reading, found: Sequence[AuditEntry]) -> list[LogLine]:
    people = {entry.person_id for entry in found if entry.person_id is not None}
    names = names_of(reading, people)
    unseen = names_of(reading.whole(), people - names.keys()).keys()
    caller = who.by_name(office, reading)
    return [_line(entry, names, caller, hidden=entry.person_id in unseen) for entry in found]


def _line(entry: AuditEntry, names: dict[bytes, str], caller: who.Caller, *, hidden: bool) -> LogLine:
    name = names.get(entry.person_id) if entry.person_id is not None else None
    nameless = NOT_SHOWN if hidden else NO_LONGER_HERE
    whom: Who | None = name if name is not None else (nameless if entry.person_id is not None else None)
    told = _records().get(entry.record)
    icon, tone = sign(entry)
    return LogLine(
        seq=entry.seq,
        at=entry.at,
        who=caller(entry.actor),
        by_itself=entry.actor == PROGRAM.name,
        sentence=describe(entry, whom),
        icon=icon,
        tone=tone,
        person=entry.person_id if name is not None else None,
        name=name or "",
        record=told.label if told else None,
        fields=_fields(told, entry.fields),
        number=entry.number,
        code=_code(entry.seal),
        code_before=_code(entry.previous),
    )


@cache
def _records() -> dict[str, Declaration]:
    return {told.name: told for told in inventory()}


def _fields(told: Declaration | None, names: str) -> tuple[M, ...]:
    """The fields a line names, as the record calls them; computed ones and those of other tables are left out."""
    chosen = set(names.split()) - _BY_ITSELF
    return tuple(c.label for c in told.columns if c.name in chosen and not c.derived) if told else ()


def _code(seal: bytes) -> str:
    """Twelve digits of a seal in groups: enough to compare by eye."""
    text = seal.hex()
    return " · ".join((text[:4], text[4:8], text[8:12]))
