"""Permission: asked, given, refused, taken back. A line is added each time; the state follows from the lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from uuid import uuid4

from desktop_crm.privacy.chain import CHAIN_START, is_whole
from desktop_crm.privacy.permission import (
    Standing,
    as_said,
    event_seal,
    evidence_seal,
    is_as_kept,
    is_as_shown,
    screen_seal,
    standing,
)
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.consent import (
    ConsentEvent,
    ConsentEvidence,
    ConsentHow,
    ConsentScreen,
    ConsentState,
    EvidenceKind,
)
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.records.use import MendingCause
from desktop_crm.services import mending
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.guardians import require_guardian
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.storage.transaction import CHUNK, Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import Gone, M, Problem, spoken


@dataclass(frozen=True, slots=True)
class Permission:
    """One purpose for one person: where they stand, and all that was said, the newest first."""

    purpose: Purpose
    standing: Standing
    events: tuple[ConsentEvent, ...]


def purpose_by_code(reading: Reading, code: str) -> Purpose:
    """The purpose of that code. Raises Problem, naming those there are, if there is none."""
    found = reading.find(Purpose, eq("code", code))
    if not found:
        known = ", ".join(p.code for p in reading.find(Purpose, order=("code",)))
        raise Problem(M("There is no such purpose. Known are: {known}.", known=known))
    return found[0]


def latest_wording(reading: Reading, purpose: Purpose, language: str) -> Wording | None:
    """The newest wording in that language; None where it is older than what the question means by now."""
    found = reading.find(Wording, eq("purpose_id", purpose.id), eq("language", language), order=("-version",), limit=1)
    return found[0] if found and covers(purpose, found[0]) else None


def covers(purpose: Purpose, wording: Wording | None) -> bool:
    """Whether these words say what the question means by now."""
    return purpose.renewed_at is None or (wording is not None and wording.created_at >= purpose.renewed_at)


def _require_covering(writing: Writing, said: Said) -> None:
    """Raises Problem for a yes to words that mean something else by now, such as those of a form printed before."""
    if said.state is not ConsentState.GIVEN or said.purpose.renewed_at is None:
        return
    if not covers(said.purpose, writing.get(Wording, said.wording) if said.wording else None):
        raise Problem(
            M("These words mean something else by now: a yes to them does not count."),
            safe=M("Nothing was saved."),
            todo=M("Please ask again, with the new words."),
        )


def latest_notice(reading: Reading, language: str) -> Notice | None:
    """The newest privacy notice in that language."""
    found = reading.find(Notice, eq("language", language), order=("-version",), limit=1)
    return found[0] if found else None


def last_seal(reading: Reading, person: bytes) -> bytes:
    """The seal of the last line of a person's chain, to which the next one is sealed."""
    lines = as_said(reading.find(ConsentEvent, eq("contact_id", person)))
    return lines[-1].seal if lines else CHAIN_START


def last_answer(
    reading: Reading, person: bytes, purpose: Purpose, now: datetime
) -> tuple[ConsentEvent | None, Standing]:
    """What somebody answered last on a purpose, by the chain of their lines, and where they stand."""
    lines = as_said(reading.find(ConsentEvent, eq("contact_id", person)))
    mine = [line for line in lines if line.purpose_id == purpose.id]
    answers = [line for line in mine if line.state is not ConsentState.REQUESTED]
    stands = standing(mine, now=now, valid_days=purpose.valid_days, renewed_at=purpose.renewed_at)
    return (answers[-1] if answers else None), stands


def sealed(key: bytes, event: ConsentEvent) -> ConsentEvent:
    """The event with the seal it must bear."""
    return replace(event, seal=event_seal(key, event))


def runs_out(purpose: Purpose, state: ConsentState, said_at: datetime) -> datetime | None:
    """When a yes said then runs out; None: it does not, or it is none."""
    if state is not ConsentState.GIVEN or purpose.valid_days is None:
        return None
    return said_at + timedelta(days=purpose.valid_days)


NOT_IN_USE = M("The shop does not use data for this at present, so nobody is asked.")
DECEASED = M("This person has died, so nobody is asked.")
NO_WORDS = M("There are no words for this in the chosen language.")
_RECORDING = ("give", "withdraw", "take_answers", "file_form")
"""The acts that record answers."""


def are_unbroken(reading: Reading, key: bytes) -> bool:
    """Whether each person's lines are one chain with true words and proofs, and no answer the log tells of is missing.

    A chain cannot show that its end was cut off; the log can, but only for answers that were entered one by one: of a
    list it tells only how many people it brought.
    """
    known: set[bytes | None] = {None}
    for shown in reading.stream(ConsentScreen):
        if not is_as_shown(key, shown):
            return False
        known.add(shown.id)
    for proof in reading.stream(ConsentEvidence):
        if not is_as_kept(key, proof):
            return False
        known.add(proof.id)
    return _chains_are_whole(reading, key, known) and all(_all_there(reading, told) for told in _told_of(reading))


def _chains_are_whole(reading: Reading, key: bytes, known: set[bytes | None]) -> bool:
    """Whether each chain is one, and what was shown and what proves its answers are among those `known`."""
    lines = reading.stream(ConsentEvent, order=("contact_id",))
    chains = (list(mine) for _, mine in groupby(lines, attrgetter("contact_id")))
    return all(
        is_whole(mine, lambda line: event_seal(key, line))
        and all(line.screen_id in known and line.proof_id in known for line in mine)
        for mine in chains
    )


def _told_of(reading: Reading) -> Iterator[dict[bytes, bytes]]:
    """The answers the log tells of with their person, some at a time."""
    told: dict[bytes, bytes] = {}
    for entry in reading.stream(AuditEntry, one_of("act", _RECORDING)):
        if entry.row_id is not None and entry.person_id is not None:
            told[entry.row_id] = entry.person_id
        if len(told) == CHUNK:
            yield told
            told = {}
    yield told


def _all_there(reading: Reading, told: dict[bytes, bytes]) -> bool:
    """Whether these answers are there; those of a person who was erased or taken out have to be gone."""
    there = {event.id for event in reading.stream(ConsentEvent, one_of("id", told))}
    missing = {person for answer, person in told.items() if answer not in there}
    return not missing or not reading.count(Contact, one_of("id", missing))


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, with the exact words and the privacy notice that were put before the person, if any were."""

    purpose: Purpose
    state: ConsentState
    wording: bytes | None = None
    notice: bytes | None = None
    explicit: bool = False
    """Whether it was said in so many words, as what is very private needs (Art. 9(2)(a) GDPR)."""


@dataclass(frozen=True, slots=True, repr=False)
class SaidWith:
    """What belongs to all answers that were given together."""

    screen: bytes | None = None
    """The ConsentScreen that was put before the person."""
    language: str | None = None
    device: str | None = None
    guardian: str | None = None
    witness: str | None = None
    receipt: bytes | None = None
    """The number the receipt shall bear, if it stands on paper already."""
    proof: bytes | None = None
    """The ConsentEvidence of these answers: their seals cover its number, so that it can only go along with them."""
    said_at: datetime | None = None
    """When it was said, where that was before now: on a form, say."""
    filed: bool = False
    """It stood on a form: a yes to words that hold no longer is entered, and after it that it is not valid."""


NOTHING_MORE = SaidWith()
_NO = (ConsentState.WITHDRAWN, ConsentState.REFUSED)


def keep_screen(
    office: Office, writing: Writing, person: bytes, text: str, *, how: ConsentHow, language: str, notice: bytes | None
) -> bytes:
    """Keep all that was put before a person, word for word; returns its number."""
    shown = ConsentScreen(
        id=office.new_id(),
        contact_id=person,
        how=how,
        language=language,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).digest(),
        notice_id=notice,
        shown_at=office.clock.now(),
        seal=CHAIN_START,
    )
    writing.insert(replace(shown, seal=screen_seal(office.ledger_key, shown)))
    return shown.id


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """What proves answers: a signature, a scan, or what was read out on the phone."""

    kind: EvidenceKind
    note: str | None = None
    strokes: str | None = None
    content: bytes | None = None
    media_type: str | None = None
    list_id: bytes | None = None
    """The sign-up list that it is a line of."""
    sha256: bytes | None = None
    """Of the file of that list."""


def keep_evidence(office: Office, writing: Writing, person: bytes, screen: bytes | None, proof: Proof) -> bytes:
    """Keep what proves answers, with what was shown if it is known; returns its number."""
    kept = ConsentEvidence(
        id=office.new_id(),
        contact_id=person,
        screen_id=screen,
        kind=proof.kind,
        note=storable(proof.note) if proof.note else None,
        strokes=proof.strokes,
        media_type=proof.media_type,
        content=proof.content,
        content_sha256=hashlib.sha256(proof.content).digest() if proof.content is not None else proof.sha256,
        actor=office.who.name,
        created_at=office.clock.now(),
        list_id=proof.list_id,
        seal=CHAIN_START,
    )
    writing.insert(replace(kept, seal=evidence_seal(office.ledger_key, kept)))
    return kept.id


def enter(
    office: Office,
    writing: Writing,
    trace: Trace,
    person: bytes,
    answers: Sequence[Said],
    *,
    how: ConsentHow,
    evidence: str | None = None,
    said_with: SaidWith = NOTHING_MORE,
) -> list[bytes]:
    """Add a line for each answer, sealed to the one before. The log names the last: it seals the others.

    Raises Problem if there is nobody.
    """
    contact = writing.get(Contact, person)
    if contact is None:
        raise Gone(M("Nobody here has this number or email address."))
    previous, now = last_seal(writing, person), office.clock.now()
    said_at = said_with.said_at or now
    proof = storable(evidence) if evidence else None
    receipt = said_with.receipt or uuid4().bytes
    added = []
    for said in answers:
        if not said_with.filed:
            _require_covering(writing, said)
        event = ConsentEvent(
            id=office.new_id(),
            contact_id=person,
            purpose_id=said.purpose.id,
            channel=Channel(said.purpose.channel),
            state=said.state,
            how=how,
            wording_id=said.wording,
            notice_id=said.notice,
            happened_at=said_at,
            recorded_at=now,
            actor=office.who.name,
            evidence=proof,
            ends_at=runs_out(said.purpose, said.state, said_at),
            explicit=said.explicit,
            guardian=storable(said_with.guardian or "") or None,
            witness=storable(said_with.witness or "") or None,
            language=said_with.language,
            device=said_with.device,
            screen_id=said_with.screen,
            receipt=receipt,
            proof_id=said_with.proof,
            previous=previous,
            seal=CHAIN_START,
        )
        event = sealed(office.ledger_key, event)
        writing.insert(event)
        added.append(event.id)
        previous = event.seal
    mending.over(office, writing, person, MendingCause.WITHDRAWN, {a.purpose.id for a in answers if a.state in _NO})
    trace.person, trace.row, trace.number = person, added[-1], len(added)
    if office.today() > contact.last_activity_on:
        writing.update(Contact, person, last_activity_on=office.today())
    return added


def require_living(contact: Contact | None) -> None:
    """Raises Problem where a yes cannot come from the person any more."""
    if contact is not None and contact.deceased:
        raise Problem(DECEASED, safe=M("Nothing was saved."))


def _require_asked_for(purpose: Purpose, *, against: bool) -> None:
    """Raises Problem where no permission is asked: a no would be noted there, and the use go on all the same."""
    if purpose.basis is not Basis.CONSENT:
        raise Problem(
            M("This purpose needs no permission, so none is asked."),
            safe=M("Nothing was saved."),
            todo=M("If the person does not want it, record an objection.") if against else None,
        )


@act(Verb.ADD, ConsentEvent)
def give(
    office: Office,
    person: bytes,
    purpose: str,
    *,
    how: ConsentHow = ConsentHow.SCREEN,
    refused: bool = False,
    evidence: str | None = None,
    said_with: SaidWith = NOTHING_MORE,
) -> bytes:
    """Record a yes (or, with `refused`, a no) to the newest wording of a purpose, with the notice that was shown.

    Raises Problem where there are no words in the language of `said_with`, and for a yes of somebody too young without
    a guardian in it.
    """
    state = ConsentState.REFUSED if refused else ConsentState.GIVEN

    def work(writing: Writing, trace: Trace) -> bytes:
        asked = purpose_by_code(writing, purpose)
        _require_asked_for(asked, against=refused)
        if not refused and not asked.active:
            raise Problem(NOT_IN_USE)
        contact, usual = writing.get(Contact, person), office.shop.language
        if not refused:
            require_living(contact)
            require_guardian(office, contact, said_with.guardian)
        theirs = said_with.language or (spoken(contact.language) if contact else None) or usual
        wording = latest_wording(writing, asked, theirs)
        if wording is None and said_with.language:
            raise Problem(NO_WORDS)
        wording = wording or latest_wording(writing, asked, usual)
        notice = latest_notice(writing, theirs) or latest_notice(writing, usual)
        explicit = not refused and asked.special is not None
        answer = Said(asked, state, wording.id if wording else None, notice.id if notice else None, explicit)
        asked_in = replace(said_with, language=wording.language if wording else None)
        return enter(office, writing, trace, person, [answer], how=how, evidence=evidence, said_with=asked_in)[0]

    return office.write(work)


@act(Verb.ADD, ConsentEvent)
def withdraw(office: Office, person: bytes, purpose: str, *, how: ConsentHow = ConsentHow.SCREEN) -> bytes:
    """Take a permission back. Always possible, whatever was said before; effective at once."""

    def work(writing: Writing, trace: Trace) -> bytes:
        asked = purpose_by_code(writing, purpose)
        _require_asked_for(asked, against=True)
        answer = Said(asked, ConsentState.WITHDRAWN)
        return enter(office, writing, trace, person, [answer], how=how)[0]

    return office.write(work)


@act(Verb.VIEW, ConsentEvent)
def of_person(office: Office, person: bytes) -> list[Permission]:
    """Where a person stands on every purpose that needs permission, or about which they said something."""
    found = office.read(lambda reading: permissions(reading, person, office.clock.now()))
    office.looked(person)
    return found


@act(Verb.LIST, Purpose)
def purposes(office: Office) -> list[Purpose]:
    """What data may be used for."""
    return office.read(lambda reading: reading.find(Purpose, order=("code",)))


@act(Verb.LIST, Purpose)
def purpose(office: Office, code: str) -> Purpose:
    """The purpose of that code. Raises Problem, naming those there are, if there is none."""
    return office.read(lambda reading: purpose_by_code(reading, code))


def permissions(reading: Reading, person: bytes, now: datetime) -> list[Permission]:
    """The same, inside another act."""
    said = as_said(reading.find(ConsentEvent, eq("contact_id", person)))
    result = []
    for purpose in reading.find(Purpose, order=("code",)):
        events = tuple(e for e in said if e.purpose_id == purpose.id)
        if events or (purpose.basis is Basis.CONSENT and purpose.active):
            stands = standing(events, now=now, valid_days=purpose.valid_days, renewed_at=purpose.renewed_at)
            result.append(Permission(purpose, stands, events[::-1]))
    return result
