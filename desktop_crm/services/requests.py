"""The register of privacy requests: entered in one click, followed step by step, closed when answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_crm.privacy.deadlines import Deadline, answer_due, latest_grace_end
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import IdentityCheck, PrivacyRequest, RequestKind
from desktop_crm.services import labels, who
from desktop_crm.services.acts import Trace, act, performing
from desktop_crm.services.changes import without_reviews
from desktop_crm.services.contacts import Found, rows_of
from desktop_crm.services.letterheads import name_of
from desktop_crm.services.numbering import next_number
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import after, eq, one_of, until
from desktop_crm.words import Gone, M, Problem

COPIES = (RequestKind.ACCESS, RequestKind.PORTABILITY)
"""Requests that ask for something to be handed out."""
_OPEN = eq("closed_at", None)
_TELLING = ("register", "access_report", "take_along", "set_channel")
"""Acts in which somebody may say which way a request came."""
_FILES = {"access_report": "access", "answer": "access", "take_along": "take-along"}
"""How the files begin that these acts make."""
MAKING = tuple(_FILES)
"""Acts that make a paper under the number of a request."""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Step(StrEnum):
    """The steps of a request, in their order."""

    RECEIVED = "received"
    IDENTITY = "identity"
    LOOK_THROUGH = "look-through"
    HAND_OVER = "hand-over"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, repr=False)
class RequestRow:
    """A request as a line of the list. `step` is the one that is next; `days_left` is negative when it is late.

    `way_told`: somebody said which way it came; else `channel` is the usual one, assumed.
    """

    number: str
    person: bytes
    who: Found | None
    kind: RequestKind
    channel: Channel
    way_told: bool
    received_on: date
    due_on: date
    days_left: int
    step: Step
    wait_until: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was done about a request: when, what, by which role, and the act as the log names it."""

    at: datetime
    what: M
    who: M
    act: str


@dataclass(frozen=True, slots=True, repr=False)
class RequestPage:
    """All about one request. `unmoved` is the deadline without weekends and holidays, `reason` says why it is so."""

    row: RequestRow
    reason: M
    unmoved: date
    identity: IdentityCheck | None
    identity_on: date | None
    paper: str
    delete_copy_on: date | None
    happened: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a request when it comes in: who, what, and, where it was told, which way and when."""

    person: bytes
    kind: RequestKind
    channel: Channel | None = None
    received_on: date | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """The fields that somebody told. Who names the way it came says by that that it came today."""
        if self.channel is not None:
            return ("channel", "received_on")
        return ("received_on",) if self.received_on is not None else ()


def enter(office: Office, writing: Writing, trace: Trace, asked: Asked) -> PrivacyRequest:
    """Enter a request, or give the open one of that kind; the line in the log then counts none."""
    name_of(writing, asked.person)
    known = open_of(writing, asked.person, (asked.kind,))
    request = known[0] if known else _new(office, writing, asked)
    trace.person, trace.row = asked.person, request.id
    if known:
        trace.number = 0
    else:
        writing.insert(request)
        trace.fields = asked.told
    return request


def _new(office: Office, writing: Writing, asked: Asked) -> PrivacyRequest:
    received_on = asked.received_on or office.today()
    return PrivacyRequest(
        id=office.new_id(),
        number=next_number(writing, "R", office.today().year),
        person_id=asked.person,
        kind=asked.kind,
        channel=asked.channel or Channel.COUNTER,
        received_on=received_on,
        due_on=_deadline(office, received_on).due,
        created_at=office.clock.now(),
    )


def _deadline(office: Office, received_on: date) -> Deadline:
    return answer_due(received_on, office.shop.country, office.shop.region)


def open_of(reading: Reading, person: bytes, kinds: Sequence[RequestKind]) -> list[PrivacyRequest]:
    """The open requests of a person of these kinds, the oldest first."""
    found = reading.find(
        PrivacyRequest, eq("person_id", person), eq("closed_at", None), order=("received_on", "number")
    )
    return [request for request in found if request.kind in kinds]


def by_number(reading: Reading, number: str) -> PrivacyRequest:
    """The request of that number. Raises Problem if there is none."""
    found = reading.find(PrivacyRequest, eq("number", number))
    if not found:
        raise Gone(M("There is no privacy request with this number."))
    return found[0]


def still_open(reading: Reading, number: str) -> PrivacyRequest:
    """The open request of that number. Raises Problem if there is none, or it is closed."""
    found = by_number(reading, number)
    if found.closed_at is not None:
        raise Problem(M("This privacy request is closed."), safe=M("Nothing was changed."))
    return found


def told_of(reading: Reading, request: PrivacyRequest) -> set[str]:
    """The fields of a request that somebody told; the others hold what is usual, and no paper may claim it."""
    lines = reading.find(AuditEntry, eq("person_id", request.person_id), eq("row_id", request.id))
    return {name for line in lines for name in line.fields.split()}


@act(Verb.ADD, PrivacyRequest)
def register(
    office: Office,
    person: bytes,
    kind: RequestKind,
    channel: Channel | None = None,
    received_on: date | None = None,
) -> str:
    """Enter a request and return its number; where one of that kind is open already, the number of that one.

    Without `received_on` it came today. Raises Problem when there is nobody, or the day lies in the future.
    """
    _refuse_future(office, received_on)
    asked = Asked(person, kind, channel, received_on)
    return office.write(lambda writing, trace: enter(office, writing, trace, asked).number)


def _refuse_future(office: Office, day: date | None) -> None:
    if day is not None and day > office.today():
        raise Problem(M("This day is still to come: a privacy request counts from the day it was received."))


@act(Verb.LIST, PrivacyRequest)
def open_requests(office: Office) -> list[RequestRow]:
    """The requests that are not answered yet, the most urgent first."""
    order = ("due_on", "number")
    return office.read(lambda reading: _rows(office, reading, reading.find(PrivacyRequest, _OPEN, order=order)))


@act(Verb.LIST, PrivacyRequest)
def closed_requests(office: Office, limit: int = 200) -> list[RequestRow]:
    """The requests that were answered, the newest first; those of erased people went with them."""
    order = ("-closed_at",)

    def work(reading: Reading) -> list[RequestRow]:
        closed = after("closed_at", _EVER)
        return _rows(office, reading, reading.find(PrivacyRequest, closed, order=order, limit=limit))

    return office.read(work)


@act(Verb.LIST, PrivacyRequest)
def open_of_person(office: Office, person: bytes) -> list[RequestRow]:
    """The open requests of one person, the oldest first."""
    kinds = tuple(RequestKind)
    return office.read(lambda reading: _rows(office, reading, open_of(reading, person, kinds)))


@act(Verb.LIST, PrivacyRequest)
def request(office: Office, number: str) -> RequestPage:
    """One request with its deadline and all that happened. Raises Problem if there is no such number."""

    def work(reading: Reading) -> RequestPage:
        found = by_number(reading, number)
        deadline = _deadline(office, found.received_on)
        return RequestPage(
            row=_rows(office, reading, [found])[0],
            reason=deadline.reason,
            unmoved=deadline.unmoved,
            identity=found.identity_how,
            identity_on=found.identity_on,
            paper=found.paper_sha256.hex() if found.paper_sha256 else "",
            delete_copy_on=found.delete_copy_on,
            happened=_happened(office, reading, found),
        )

    return office.read(work)


def _rows(office: Office, reading: Reading, requests: Sequence[PrivacyRequest]) -> list[RequestRow]:
    people = {row.id: row for row in rows_of(reading, list({one.person_id for one in requests}))}
    today, zone, told = office.today(), ZoneInfo(office.shop.zone), _ways_told(reading, people)
    return [
        RequestRow(
            number=one.number,
            person=one.person_id,
            who=people.get(one.person_id),
            kind=one.kind,
            channel=one.channel,
            way_told=one.id in told,
            received_on=one.received_on,
            due_on=one.due_on,
            days_left=(one.due_on - today).days,
            step=_next_step(one),
            wait_until=one.wait_until,
            closed_on=one.closed_at.astimezone(zone).date() if one.closed_at else None,
        )
        for one in requests
    ]


def _ways_told(reading: Reading, people: Iterable[bytes]) -> set[bytes]:
    """The requests of these people of which somebody said which way they came."""
    lines = reading.whole().find(AuditEntry, one_of("person_id", list(people)), one_of("act", _TELLING))
    return {line.row_id for line in lines if line.row_id is not None and "channel" in line.fields.split()}


def _next_step(one: PrivacyRequest) -> Step:
    if one.closed_at is not None:
        return Step.CLOSED
    if one.paper_sha256 is not None:
        return Step.HAND_OVER
    return Step.IDENTITY if one.identity_how is None else Step.LOOK_THROUGH


def _happened(office: Office, reading: Reading, one: PrivacyRequest) -> tuple[Happening, ...]:
    """What the activity log tells of a request, the newest first; of several looks in a row the last alone."""
    lines = reading.find(AuditEntry, eq("person_id", one.person_id), eq("row_id", one.id), order=("seq",))
    told: list[Happening] = []
    caller = who.by_name(office, reading)
    before = ""
    for line in lines:
        what = _said(one, line) if line.number else None
        if what is None:
            continue
        if line.act == before == "found":
            told.pop()
        told.append(Happening(line.at, what, caller(line.actor), line.act))
        before = line.act
    return tuple(reversed(told))


def _said(one: PrivacyRequest, line: AuditEntry) -> M | None:
    """What a line of the log says about a request. The log holds no values, so they are told as they are now."""
    match line.act:
        case "register":
            return M("Request entered: {kind}", kind=labels.of(one.kind))
        case "note_identity" if one.identity_how is not None:
            return M("Made sure who asks: {how}", how=labels.of(one.identity_how))
        case "set_channel":
            return M("Came {channel}", channel=labels.of(one.channel))
        case "set_received":
            return M("Received on {day}", day=one.received_on)
        case "found":
            return M("Found {n} entry", "Found {n} entries", n=line.number)
        case "wait":
            return M("Waits until {day}", day=one.wait_until) if one.wait_until else M("Waits no longer")
    return _DONE.get(line.act)


_DONE = {
    "access_report": M("Copy of their data made"),
    "answer": M("Copy of their data made"),
    "take_along": M("Data to take along made"),
    "close": M("Closed"),
    # It is here, so somebody brought it back.
    "take_out_mistaken": M("Taken out as a mistake, and brought back"),
}


def _change(office: Office, number: str, values: Callable[[PrivacyRequest], dict[str, object]]) -> None:
    """Change an open request, with its line in the log."""

    def work(writing: Writing, trace: Trace) -> None:
        found = still_open(writing, number)
        writing.update(PrivacyRequest, found.id, **values(found))
        trace.person, trace.row = found.person_id, found.id

    office.write(work)


@act(Verb.CHANGE, PrivacyRequest)
def note_identity(office: Office, number: str, how: IdentityCheck) -> None:
    """Note what was looked at to be sure who asks, today. Never a copy of it."""
    _change(office, number, lambda _: {"identity_how": how, "identity_on": office.today()})


@act(Verb.CHANGE, PrivacyRequest)
def set_channel(office: Office, number: str, channel: Channel) -> None:
    """Say, or correct, by which way the request came; by that the day it came on is told, too."""

    def work(writing: Writing, trace: Trace) -> None:
        found = still_open(writing, number)
        writing.update(PrivacyRequest, found.id, channel=channel)
        trace.person, trace.row, trace.fields = found.person_id, found.id, ("channel", "received_on")

    office.write(work)


@act(Verb.CHANGE, PrivacyRequest)
def set_received(office: Office, number: str, received_on: date) -> None:
    """Correct on which day the request came; the deadline follows. Raises Problem for a day to come."""
    _refuse_future(office, received_on)
    due = _deadline(office, received_on).due
    _change(office, number, lambda _: {"received_on": received_on, "due_on": due})


@act(Verb.CHANGE, PrivacyRequest)
def wait(office: Office, number: str, day: date | None) -> None:
    """Let a request wait until a day, so that what is still running can end; None: wait no longer.

    Raises Problem for a day that has passed or comes too near to the day of the answer.
    """

    def values(found: PrivacyRequest) -> dict[str, object]:
        if day is not None and day <= office.today():
            raise Problem(M("Please choose a day to come."), safe=M("Nothing was changed."))
        last = latest_grace_end(_deadline(office, found.received_on))
        if day is not None and day > last:
            raise Problem(
                M("The answer is due on {day}: it may wait until {last} at the longest.", day=found.due_on, last=last),
                safe=M("Nothing was changed."),
            )
        return {"wait_until": day}

    _change(office, number, values)


@act(Verb.CHANGE, PrivacyRequest)
def remember_copy(office: Office, number: str, on: date | None) -> None:
    """Note on which day our own copy of the paper is to be deleted; None: not at all, or it is done."""

    def work(writing: Writing, trace: Trace) -> None:
        found = by_number(writing, number)
        writing.update(PrivacyRequest, found.id, delete_copy_on=on)
        trace.person, trace.row = found.person_id, found.id

    office.write(work)


@act(Verb.LIST, PrivacyRequest)
def copies_to_delete(office: Office) -> list[RequestRow]:
    """The requests whose paper is to be deleted by today."""

    def work(reading: Reading) -> list[RequestRow]:
        due = until("delete_copy_on", office.today())
        return _rows(office, reading, reading.find(PrivacyRequest, due, order=("delete_copy_on", "number")))

    return office.read(work)


@act(Verb.CHANGE, PrivacyRequest)
def close(office: Office, number: str) -> None:
    """Close a request that was answered."""
    _change(office, number, lambda _: {"closed_at": office.clock.now()})


@act(Verb.REMOVE, PrivacyRequest)
def take_out_mistaken(office: Office, number: str) -> bytes | None:
    """Take out a request that nobody made, entered by mistake; returns the number of the change.

    Its number is not given to another. Raises Problem once it is closed, or a paper bears its number.
    """

    def work(writing: Writing, trace: Trace) -> None:
        found = still_open(writing, number)
        if _has_paper(writing, found):
            raise Problem(
                M("A paper with this number was made already, so it was no mistake."),
                safe=M("Nothing was changed."),
                todo=M("Close the request instead."),
            )
        without_reviews(office, writing, [found.person_id], found.id)
        writing.delete(PrivacyRequest, eq("id", found.id))
        trace.person, trace.row = found.person_id, found.id

    office.write(work, undoable=True)
    return performing().change


def _has_paper(reading: Reading, one: PrivacyRequest) -> bool:
    """Whether a paper was made under its number.

    It need not have been handed over: the number is out of the house as soon as somebody could have done so.
    """
    return bool(files_of(reading, one))


def files_of(reading: Reading, one: PrivacyRequest) -> list[str]:
    """The names, without their endings, of the files that were made under the number of a request.

    The log tells, too: what was taken along leaves its check sum with no request for a copy.
    """
    mine = eq("person_id", one.person_id), eq("row_id", one.id)
    made = {_FILES[line.act] for line in reading.whole().find(AuditEntry, *mine, one_of("act", MAKING))}
    if one.paper_sha256 is not None:
        made.add(_FILES["take_along" if one.kind is RequestKind.PORTABILITY else "answer"])
    return [f"{beginning}-{one.number}" for beginning in sorted(made)]
