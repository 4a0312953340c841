"""A form comes back: its code leads to the words that stood on it, and the scan becomes the proof of what was ticked.

What was said later counts. A form that lay in a drawer while its person took a permission back does not bring it to
life again, and a yes to words that were changed since is entered together with the line that it is not valid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import (
    BlankForm,
    ConsentEvent,
    ConsentHow,
    ConsentScreen,
    ConsentState,
    EvidenceKind,
    PaperForm,
)
from desktop_crm.records.contact import Contact
from desktop_crm.records.purpose import Purpose, Wording
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.asking import Answer, Question
from desktop_crm.services.consents import (
    Proof,
    Said,
    SaidWith,
    enter,
    keep_evidence,
    keep_screen,
    permissions,
)
from desktop_crm.services.contacts import known_person
from desktop_crm.services.form_codes import read_code
from desktop_crm.services.guardians import needs_guardian, require_guardian
from desktop_crm.services.office import Office
from desktop_crm.services.paper_forms import split
from desktop_crm.services.scans import Scan
from desktop_crm.services.signs import answer_badge
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem

_NOON = time(12)
_TICK = timedelta(milliseconds=1)
_STATES = {
    Answer.YES: ConsentState.GIVEN,
    Answer.NO: ConsentState.REFUSED,
    Answer.NOT_NOW: ConsentState.REQUESTED,
}


@dataclass(frozen=True, slots=True, repr=False)
class FoundForm:
    """A form that came back, with the questions as they were printed. `person` is None for a blank one.

    `renewed`: the names of purposes whose question has changed its meaning since. `filed_on`: it came back before.
    """

    code: str
    person: bytes | None
    name: str
    language: str
    printed_on: date
    filed_on: date | None
    under_age: bool
    questions: tuple[Question, ...]
    renewed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of the answers: the lines that were added, and the names of purposes whose answer did not count.

    `later`: something else was said after the form was signed. `renewed`: a yes to words that are not those of today.
    """

    lines: tuple[bytes, ...]
    later: tuple[str, ...]
    renewed: tuple[str, ...]


def told_later(name: str) -> M:
    """What is said of an answer that did not count because of a later one."""
    return M("{what}: something else was said after the form was signed. That counts; the scan is kept.", what=name)


def told_renewed(name: str) -> M:
    """What is said of a yes to words that are not those of today."""
    return M("{what}: the question has changed since the form was printed. Please ask again.", what=name)


@dataclass(frozen=True, slots=True, repr=False)
class Ticked:
    """What stands on the paper: the day beside the signature, the boxes, and who signed for somebody under age."""

    answers: Sequence[tuple[Question, Answer]]
    signed_on: date
    guardian: str = ""
    note: str = ""
    again: bool = False
    """It came back before, and this is another sheet all the same."""


@act(Verb.VIEW, PaperForm)
def find_form(office: Office, typed: str, person: bytes | None = None) -> FoundForm:
    """The form of a code. `person` is whose it is where it was printed blank. Raises Problem if there is none."""
    code = read_code(typed)
    found = office.read(lambda reading: _found(office, reading, code, person))
    office.looked(found.person)
    return found


def _found(office: Office, reading: Reading, code: str, person: bytes | None) -> FoundForm:
    zone = ZoneInfo(office.shop.zone)
    for form in reading.find(PaperForm, eq("code", code)):
        screen = reading.get(ConsentScreen, form.screen_id)
        filed = form.filed_at.astimezone(zone).date() if form.filed_at else None
        language, notice = (screen.language, screen.notice_id) if screen else (office.shop.language, None)
        asked = _Asked(office, reading, form.contact_id, form.questions, notice)
        return asked.form(code, language, form.printed_at.astimezone(zone).date(), filed)
    for blank in reading.find(BlankForm, eq("code", code)):
        asked = _Asked(office, reading, person, blank.questions, blank.notice_id)
        return asked.form(code, blank.language, blank.printed_at.astimezone(zone).date(), None)
    raise Problem(
        M("No form of this code was printed here, or its person was erased."),
        todo=M("Please compare the code with the form, sign by sign."),
    )


class _Asked:
    """The questions of one form, as they were printed."""

    def __init__(
        self, office: Office, reading: Reading, person: bytes | None, printed: str, notice: bytes | None
    ) -> None:
        self._office = office
        self._reading = reading
        self._person = person
        self._notice = notice
        self._contact = known_person(reading, person) if person is not None else None
        self._zone = ZoneInfo(office.shop.zone)
        found = permissions(reading, person, office.clock.now()) if person is not None else []
        self._stands = {one.purpose.id: one.standing for one in found}
        self._printed = list(worded(reading, printed))

    def form(self, code: str, language: str, printed_on: date, filed_on: date | None) -> FoundForm:
        """The form with these questions."""
        return FoundForm(
            code=code,
            person=self._person,
            name=self._contact.name if self._contact else "",
            language=language,
            printed_on=printed_on,
            filed_on=filed_on,
            under_age=needs_guardian(self._office, self._contact) if self._contact else False,
            questions=tuple(self._question(purpose, wording) for purpose, wording in self._printed),
            renewed=tuple(purpose.name for purpose, wording in self._printed if is_renewed(purpose, wording)),
        )

    def _question(self, purpose: Purpose, wording: Wording) -> Question:
        stands = self._stands.get(purpose.id)
        since = stands.since.astimezone(self._zone).date() if stands and stands.since else None
        title, lines = split(wording.text)
        return Question(
            person=self._person or b"",
            code=purpose.code,
            name=purpose.name,
            hint="",
            stands=answer_badge(stands.state if stands else None),
            since=since,
            may_ask=True,
            why_not=None,
            not_before=None,
            language=wording.language,
            wording=wording.id,
            version=wording.version,
            notice=self._notice,
            title=title,
            lines=lines,
            explicit=purpose.special is not None,
        )


def worded(reading: Reading, printed: str) -> Iterator[tuple[Purpose, Wording]]:
    """The purposes and wordings that stand on a form."""
    for one in printed.split():
        code, language, version = one.split("/")
        for purpose in reading.find(Purpose, eq("code", code)):
            mine = eq("purpose_id", purpose.id), eq("language", language), eq("version", int(version))
            for wording in reading.find(Wording, *mine):
                yield purpose, wording


def is_renewed(purpose: Purpose, wording: Wording) -> bool:
    """Whether the question has changed its meaning since these words."""
    return purpose.renewed_at is not None and wording.created_at < purpose.renewed_at


@act(Verb.ADD, ConsentEvent)
def file_form(office: Office, form: FoundForm, ticked: Ticked, scan: Scan) -> Filed:
    """Enter what was ticked, under the day on the form, with the scan as its proof.

    Raises Problem for a form that came back before, a day on which it cannot have been signed, or a parent missing.
    """
    person = form.person
    if person is None:
        raise Problem(M("Please say whose form it is."), safe=M("Nothing was filed."))
    _refuse_day(office, form, ticked.signed_on)

    def work(writing: Writing, trace: Trace) -> Filed:
        contact = known_person(writing, person)
        _refuse(office, form, ticked, contact)
        screen = _filed(office, writing, person, form, again=ticked.again)
        proof = Proof(EvidenceKind.SCAN, note=ticked.note or None, content=scan.content, media_type=scan.media_type)
        kept = keep_evidence(office, writing, person, screen, proof)
        answers = _Answers(office, writing, person, ticked)
        said_with = SaidWith(
            screen=screen, language=form.language, guardian=ticked.guardian or None, proof=kept, filed=True
        )
        lines = answers.enter(trace, said_with, M("Form {code}", code=form.code))
        trace.person, trace.number = person, len(lines)
        return Filed(tuple(lines), tuple(answers.later), tuple(answers.renewed))

    return office.write(work)


def _refuse_day(office: Office, form: FoundForm, day: date) -> None:
    if day > office.today():
        raise Problem(M("This day has not come yet."), safe=M("Nothing was filed."))
    if day < form.printed_on:
        raise Problem(
            M("The form was printed on {day}: it cannot have been signed before.", day=form.printed_on),
            safe=M("Nothing was filed."),
        )


def _refuse(office: Office, form: FoundForm, ticked: Ticked, contact: Contact) -> None:
    if {q.code for q, _ in ticked.answers} - {q.code for q in form.questions}:
        raise ValueError("an answer to a question that does not stand on the form")
    if Answer.YES in {answer for _, answer in ticked.answers}:
        require_guardian(office, contact, ticked.guardian)


def _filed(office: Office, writing: Writing, person: bytes, form: FoundForm, *, again: bool) -> bytes:
    """What was put before the person; a form of their own is noted as come back. Raises Problem if it was before."""
    for row in writing.find(PaperForm, eq("code", form.code)):
        if row.filed_at is not None and not again:
            day = row.filed_at.astimezone(ZoneInfo(office.shop.zone)).date()
            raise Problem(
                M("This form was filed on {day} already.", day=day),
                safe=M("Nothing was filed a second time."),
                todo=M("If this is another sheet all the same, say so."),
            )
        writing.update(PaperForm, row.id, filed_at=office.clock.now())
        return row.screen_id
    (blank,) = writing.find(BlankForm, eq("code", form.code))
    return keep_screen(
        office,
        writing,
        person,
        blank.text,
        how=ConsentHow.PAPER,
        language=blank.language,
        notice=blank.notice_id,
    )


class _Answers:
    """The answers of one form: those that still count, and those that something later stands against."""

    def __init__(self, office: Office, writing: Writing, person: bytes, ticked: Ticked) -> None:
        self._office = office
        self._writing = writing
        self._person = person
        self._ticked = ticked
        self._zone = ZoneInfo(office.shop.zone)
        self._known = {one.purpose.code: one for one in permissions(writing, person, office.clock.now())}
        self.later: list[str] = []
        self.renewed: list[str] = []

    def enter(self, trace: Trace, said_with: SaidWith, evidence: M) -> list[bytes]:
        """Add the lines; a yes to words of before is followed by the line that it is not valid."""
        said = list(self._counting())
        if not said:
            return []
        at = self._at(said)
        old = [
            Said(one.purpose, ConsentState.INVALIDATED, one.wording, one.notice) for one in said if self._is_old(one)
        ]
        self.renewed += [one.purpose.name for one in old]
        lines = self._add(trace, said, replace(said_with, said_at=at), evidence)
        after = max(at + _TICK, self._office.clock.now())
        return lines + (self._add(trace, old, replace(said_with, said_at=after), evidence) if old else [])

    def _add(self, trace: Trace, said: Sequence[Said], said_with: SaidWith, evidence: M) -> list[bytes]:
        return enter(
            self._office,
            self._writing,
            trace,
            self._person,
            said,
            how=ConsentHow.PAPER,
            evidence=self._office.words.say(evidence),
            said_with=said_with,
        )

    def _is_old(self, one: Said) -> bool:
        wording = self._writing.get(Wording, one.wording)
        return one.state is ConsentState.GIVEN and wording is not None and is_renewed(one.purpose, wording)

    def _counting(self) -> Iterator[Said]:
        for question, answer in self._ticked.answers:
            (purpose,) = self._writing.find(Purpose, eq("code", question.code))
            if self._is_later(purpose.code, answer):
                self.later.append(purpose.name)
            else:
                yield Said(purpose, _STATES[answer], question.wording, question.notice, explicit=bool(purpose.special))

    def _is_later(self, code: str, answer: Answer) -> bool:
        """Whether something was said since; on the day itself a no counts before a yes."""
        last = self._last(code)
        if last is None:
            return False
        day = last.happened_at.astimezone(self._zone).date()
        stopped = last.state in (ConsentState.REFUSED, ConsentState.WITHDRAWN)
        same_day = day == self._ticked.signed_on and stopped and answer is Answer.YES
        return day > self._ticked.signed_on or same_day

    def _last(self, code: str) -> ConsentEvent | None:
        """The last answer; having been asked since without answering is none."""
        known = self._known.get(code)
        answers = (one for one in (known.events if known else ()) if one.state is not ConsentState.REQUESTED)
        return max(answers, key=lambda event: event.happened_at, default=None)

    def _at(self, said: Sequence[Said]) -> datetime:
        """The day on the form at noon, after what was said before on that day, and not after now."""
        now, day = self._office.clock.now(), self._ticked.signed_on
        noon = datetime.combine(day, _NOON, self._zone).astimezone(now.tzinfo)
        before = [last.happened_at + _TICK for one in said if (last := self._last(one.purpose.code)) is not None]
        return min(max(noon, *before), now) if before else min(noon, now)
