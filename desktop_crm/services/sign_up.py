"""A list that people signed at an event: each of them gets a line of their own, with the list as its proof.

All or none. Somebody who is here already is recognised by name and e-mail; whoever was erased comes back only where
somebody says that they did so of their own accord.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_crm.privacy.permission import as_said
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import (
    BlankForm,
    ConsentEvent,
    ConsentHow,
    ConsentState,
    EvidenceKind,
    SignUpList,
)
from desktop_crm.records.contact import Contact, ContactEmail
from desktop_crm.records.declare import Basis
from desktop_crm.records.purpose import Purpose, Wording
from desktop_crm.services import people
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.consents import (
    NOT_IN_USE,
    Proof,
    Said,
    SaidWith,
    enter,
    keep_evidence,
    keep_screen,
    latest_notice,
    purpose_by_code,
)
from desktop_crm.services.contacts import known_person, same_person
from desktop_crm.services.filing import is_renewed, worded
from desktop_crm.services.form_codes import read_code
from desktop_crm.services.guardians import needs_guardian
from desktop_crm.services.office import Office
from desktop_crm.services.paper_forms import refuse_very_private
from desktop_crm.services.people import storable
from desktop_crm.services.scans import Scan
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem

_NOON = time(12)
_STOPPED = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


@dataclass(frozen=True, slots=True, repr=False)
class Signed:
    """One line of the list. `person`: somebody who is here already and was chosen."""

    name: str
    email: str
    person: bytes | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SignUp:
    """A list as it lies on the table. `code` is the one printed on it, where it was printed here."""

    purpose: str
    occasion: str
    held_on: date
    rows: Sequence[Signed]
    code: str = ""


class Line(StrEnum):
    """What becomes of a line of the list."""

    NEW = "new"
    HERE = "here"
    """The same name and e-mail are here: their answer is entered there."""
    SHARED = "shared"
    """Somebody of another name has this e-mail; a new person is added."""
    TWICE = "twice"
    """The same name and e-mail stood above already."""
    LATER = "later"
    """They said something else later: that counts, and nothing is entered."""
    TOO_YOUNG = "too-young"
    """Here already and too young to say yes alone: nothing is entered, since no parent signs on a list."""
    ERASED = "erased"
    """Was erased, and must have come back of their own accord."""
    MISSING = "missing"
    """No name or no e-mail."""


LINES: dict[Line, M] = {
    Line.NEW: M("new here, is added"),
    Line.HERE: M("here already, the answer is entered there"),
    Line.SHARED: M("somebody of another name has this e-mail: please look"),
    Line.TWICE: M("stands on the list twice, entered once"),
    Line.LATER: M("said something else later: that counts"),
    Line.TOO_YOUNG: M("is too young: a parent has to sign, on a form of its own"),
    Line.ERASED: M("was erased before"),
    Line.MISSING: M("name or e-mail is missing"),
}
"""The same in words."""


_NOT_ENTERED = (Line.TWICE, Line.LATER, Line.TOO_YOUNG)


@dataclass(frozen=True, slots=True, repr=False)
class Looked:
    """A line and what becomes of it. `person` is who is here already, `erased_on` when they were erased."""

    signed: Signed
    line: Line
    person: bytes | None = None
    erased_on: date | None = None


_LONGEST_LINE = 10_000
"""Characters. How long a field may be for `csv` is one setting for the whole program, which other readers change."""


def read_rows(text: str) -> list[Signed]:
    """Lines `name;e-mail` (or with commas or tabs); a first line without an e-mail is the head."""
    lines = text.lstrip("\ufeff").splitlines()
    sign = max(";,\t", key=lines[0].count) if lines else ","
    rows = [row for row in (_cells(line, sign) for line in lines) if any(map(str.strip, row))]
    signed = [Signed(row[0].strip(), next((part.strip() for part in row[1:] if "@" in part), "")) for row in rows]
    return signed[1:] if signed and not signed[0].email else signed


def _cells(line: str, sign: str) -> list[str]:
    """The parts of one line: a quotation mark left open never swallows the people below."""
    try:
        if len(line) > _LONGEST_LINE:
            raise csv.Error
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        raise Problem(
            M("This is no list of names and e-mail addresses."),
            safe=M("Nothing was entered."),
            todo=M("A line each: name, semicolon, e-mail address. Please look for an open quotation mark."),
        ) from None


@act(Verb.LIST, ConsentEvent)
def look_through(office: Office, sign_up: SignUp) -> list[Looked]:
    """What would become of each line; nothing is written."""
    return office.read(lambda reading: list(_looked(office, reading, sign_up)))


@act(Verb.ADD, ConsentEvent)
def enter_list(
    office: Office, sign_up: SignUp, scan: Scan, *, came_back: Collection[int] = frozenset()
) -> list[Looked]:
    """Enter everybody who signed, all or none, with the scan as their common proof.

    `came_back` are the lines, counted from 1, of people who were erased and signed of their own accord. Raises Problem
    for an empty list, a line without name or e-mail, an erased person, a day to come, or a purpose nobody is asked
    about.
    """
    occasion = storable(sign_up.occasion)
    if not occasion:
        raise Problem(M("Please say at which occasion it was signed."), safe=M("Nothing was entered."))
    if sign_up.held_on > office.today():
        raise Problem(M("This day has not come yet."), safe=M("Nothing was entered."))

    def work(writing: Writing, trace: Trace) -> list[Looked]:
        looked = list(_looked(office, writing, sign_up))
        _refuse(looked, came_back)
        entering = _Entering(office, writing, sign_up, occasion, scan)
        for place, one in enumerate(looked, 1):
            if one.line not in _NOT_ENTERED:
                entering.line(place, one)
        trace.person, trace.row, trace.number = None, entering.list_id, entering.entered
        return looked

    return office.write(work)


def _refuse(looked: Sequence[Looked], came_back: Collection[int]) -> None:
    if not looked:
        raise Problem(M("There is nobody on this list."), safe=M("Nothing was entered."))
    for place, one in enumerate(looked, 1):
        if one.line is Line.MISSING:
            raise Problem(M("Line {n}: name or e-mail is missing.", n=place), safe=M("Nothing was entered."))
        if one.erased_on is not None and place not in came_back:
            raise Problem(
                M("Line {n}: {what}", n=place, what=people.erased_warning(one.erased_on)),
                safe=M("Nothing was entered."),
                todo=M("If they came back of their own accord, say so for this line."),
            )


def _looked(office: Office, reading: Reading, sign_up: SignUp) -> Iterator[Looked]:
    purpose = purpose_by_code(reading, sign_up.purpose)
    if purpose.basis is not Basis.CONSENT or not purpose.active:
        raise Problem(NOT_IN_USE, safe=M("Nothing was entered."))
    refuse_very_private(purpose, safe=M("Nothing was entered."))
    seen: set[tuple[str, str]] = set()
    for signed in sign_up.rows:
        key = people.sort_form(signed.name), people.email_form(signed.email)
        if signed.person is None and key in seen:
            yield Looked(signed, Line.TWICE)
        else:
            yield _look_at(office, reading, sign_up, purpose, signed)
        seen.add(key)


def _look_at(office: Office, reading: Reading, sign_up: SignUp, purpose: Purpose, signed: Signed) -> Looked:
    name, form = storable(signed.name), people.email_form(signed.email)
    if signed.person is None and not (name and "@" in form):
        return Looked(signed, Line.MISSING)
    here = signed.person or same_person(reading, name, [form], [])
    if here is not None:
        if needs_guardian(office, known_person(reading, here)):
            return Looked(signed, Line.TOO_YOUNG, here)
        later = _said_later(office, reading, here, purpose, sign_up.held_on)
        return Looked(signed, Line.LATER if later else Line.HERE, here)
    made = people.marks(office.fingerprint, name=name, birthday=None, emails=[form], phones=[])
    erased_at = people.erased_before(reading, made, office.today())
    if erased_at is not None:
        day = erased_at.astimezone(ZoneInfo(office.shop.zone)).date()
        return Looked(signed, Line.ERASED, erased_on=day)
    return Looked(signed, Line.SHARED if reading.count(ContactEmail, eq("match", form)) else Line.NEW)


def _said_later(office: Office, reading: Reading, person: bytes, purpose: Purpose, day: date) -> bool:
    """Whether something was said about the purpose after that day, or a no on that very day."""
    mine = reading.find(ConsentEvent, eq("contact_id", person), eq("purpose_id", purpose.id))
    said = [line for line in as_said(mine) if line.state is not ConsentState.REQUESTED]
    if not said:
        return False
    last = max(line.happened_at for line in said).astimezone(ZoneInfo(office.shop.zone)).date()
    return last > day or (last == day and said[-1].state in _STOPPED)


class _Entering:
    """Enters the lines of one list."""

    def __init__(self, office: Office, writing: Writing, sign_up: SignUp, occasion: str, scan: Scan) -> None:
        self._office = office
        self._writing = writing
        self._sign_up = sign_up
        self._occasion = occasion
        self._words = _words_on(office, writing, sign_up)
        self._sha256 = hashlib.sha256(scan.content).digest()
        self.list_id = office.new_id()
        self.entered = 0
        row = SignUpList(
            id=self.list_id,
            name=occasion,
            held_on=sign_up.held_on,
            wording_id=self._words.wording.id,
            media_type=scan.media_type,
            content=scan.content,
            content_sha256=self._sha256,
            actor=office.who.name,
            created_at=office.clock.now(),
        )
        writing.insert(row)

    def line(self, place: int, looked: Looked) -> None:
        """Enter one line; whoever is new is added with it."""
        office, writing, words = self._office, self._writing, self._words
        person = looked.person or self._added(looked.signed)
        screen = keep_screen(
            office,
            writing,
            person,
            words.text,
            how=ConsentHow.PAPER,
            language=words.wording.language,
            notice=words.notice,
        )
        note = office.words.say(M("Line {n} of the sign-up list", n=place))
        proof = Proof(EvidenceKind.SCAN, note=note, list_id=self.list_id, sha256=self._sha256)
        kept = keep_evidence(office, writing, person, screen, proof)
        said_with = SaidWith(screen=screen, language=words.wording.language, proof=kept, filed=True)
        said = [Said(words.purpose, ConsentState.GIVEN, words.wording.id, words.notice)]
        if is_renewed(words.purpose, words.wording):
            said.append(Said(words.purpose, ConsentState.INVALIDATED, words.wording.id, words.notice))
        evidence = f"{self._occasion}, {note}"
        for one, at in zip(said, (self._said_at(), None), strict=False):
            dated = replace(said_with, said_at=at)
            enter(office, writing, Trace(), person, [one], how=ConsentHow.PAPER, evidence=evidence, said_with=dated)
        self.entered += 1

    def _said_at(self) -> datetime:
        now = self._office.clock.now()
        noon = datetime.combine(self._sign_up.held_on, _NOON, ZoneInfo(self._office.shop.zone))
        return min(noon.astimezone(now.tzinfo), now)

    def _added(self, signed: Signed) -> bytes:
        office, now = self._office, self._office.clock.now()
        name, email = storable(signed.name), storable(signed.email)
        made = Contact(
            id=office.new_id(),
            name=name,
            sort_name=people.sort_form(name),
            basis=Basis.CONSENT,
            source=self._occasion,
            last_activity_on=self._sign_up.held_on,
            created_at=now,
        )
        self._writing.insert(made)
        self._writing.insert(
            ContactEmail(
                id=office.new_id(), contact_id=made.id, address=email, match=people.email_form(email), created_at=now
            )
        )
        return made.id


@dataclass(frozen=True, slots=True)
class _Words:
    """What stood on the list."""

    purpose: Purpose
    wording: Wording
    text: str
    notice: bytes | None


def _words_on(office: Office, reading: Reading, sign_up: SignUp) -> _Words:
    """The words of the list of that code; without one, those in force on the day. Raises Problem if there are none."""
    purpose = purpose_by_code(reading, sign_up.purpose)
    if sign_up.code:
        for blank in reading.find(BlankForm, eq("code", read_code(sign_up.code))):
            on_it = (wording for printed, wording in worded(reading, blank.questions) if printed.id == purpose.id)
            printed_on = blank.printed_at.astimezone(ZoneInfo(office.shop.zone)).date()
            words = next(on_it, None) if printed_on <= sign_up.held_on else None
            if words is not None:
                return _Words(purpose, words, blank.text, blank.notice_id)
        raise Problem(
            M("No list of this code was printed here for this purpose before that day."), safe=M("Nothing was entered.")
        )
    wording = _in_force(office, reading, purpose, sign_up.held_on)
    if wording is None:
        raise Problem(M("There were no words for this on that day."), safe=M("Nothing was entered."))
    notice = latest_notice(reading, wording.language)
    return _Words(purpose, wording, wording.text, notice.id if notice else None)


def _in_force(office: Office, reading: Reading, purpose: Purpose, day: date) -> Wording | None:
    mine = eq("purpose_id", purpose.id), eq("language", office.shop.language)
    known = reading.find(Wording, *mine, order=("-version",))
    zone = ZoneInfo(office.shop.zone)
    return next((one for one in known if one.created_at.astimezone(zone).date() <= day), None)
