"""Asking for permission: what may be asked, in exactly which words, and the answers to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_crm.privacy.terms import Unit, later
from desktop_crm.privacy.wordings import load_wordings
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.consents import (
    NOT_IN_USE,
    Permission,
    Said,
    enter,
    latest_notice,
    latest_wording,
    permissions,
)
from desktop_crm.services.looks import require_opened
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.services.signs import Badge, answer_badge
from desktop_crm.services.telephone import PhoneCall, keep_call
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.words import Gone, M, Problem, spoken

REST_MONTHS = 6
"""So long nobody is asked again who said no."""


class Answer(StrEnum):
    """What a person can answer. All three are equal in size and place, and none is chosen beforehand."""

    YES = "yes"
    NO = "no"
    NOT_NOW = "not-now"


ANSWERS: tuple[tuple[Answer, M], ...] = (
    (Answer.YES, M("Yes")),
    (Answer.NO, M("No")),
    (Answer.NOT_NOW, M("Not now")),
)
"""The answers in their order, with the words on them."""
_STATES = {
    Answer.YES: ConsentState.GIVEN,
    Answer.NO: ConsentState.REFUSED,
    Answer.NOT_NOW: ConsentState.REQUESTED,
}


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """One question to one person. What the preview shows, what the person reads and what is stored is this object.

    `name`, `hint`, `stands` and `why_not` are for the shop; `title` and `lines` are the exact words for the person,
    empty where there are none in the language. `may_ask`: neither is the last no too young, nor are the words missing.
    """

    person: bytes
    code: str
    name: str
    hint: str
    stands: Badge
    since: date | None
    may_ask: bool
    why_not: M | None
    not_before: date | None
    language: str
    wording: bytes | None
    version: int | None
    notice: bytes | None
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Asking:
    """All that can be asked of one person in one language.

    `greeting` and the words of ANSWERS are said in `said_in`, the language nearest to `language` that the program
    speaks. `asker` names the shop and how to reach it; `notice` is the privacy notice to be read on demand.
    """

    person: bytes
    name: str
    language: str
    said_in: str
    languages: tuple[tuple[str, str], ...]
    greeting: M
    asker: str
    notice: str
    notice_version: int | None
    questions: tuple[Question, ...]


@act(Verb.VIEW, ConsentEvent)
def questions(office: Office, person: bytes, language: str | None = None) -> Asking:
    """What can be asked of a person; in their language if the shop has words in it, else in the shop's.

    `languages` of the answer are those there are words in, each with its own name. Raises Problem if there is nobody.
    """
    asking = office.read(lambda reading: _asking(office, reading, person, language))
    office.looked(person)
    return asking


@act(Verb.LIST, ConsentEvent)
def read_again(office: Office, person: bytes, language: str | None = None) -> Asking:
    """The questions that are open already, after an answer or in another language: the same look, so no second line.

    RuntimeError where this role has not opened them within a day. Raises Problem if there is nobody any more.
    """

    def work(reading: Reading) -> Asking:
        asking = _asking(office, reading, person, language)
        require_opened(office, reading, person, questions)
        return asking

    return office.read(work)


def _asking(office: Office, reading: Reading, person: bytes, language: str | None) -> Asking:
    contact = reading.get(Contact, person)
    if contact is None:
        raise Gone(M("Nobody here has this number or email address."))
    usual = office.shop.language
    known = sorted({wording.language for wording in reading.find(Wording)}, key=lambda code: (code != usual, code))
    theirs = (contact.language or "").replace("_", "-").partition("-")[0].lower()
    from desktop_crm.documents.formats import language_itself

    chosen = next((code for code in (language, theirs) if code in known), usual)
    notice = latest_notice(reading, chosen) or latest_notice(reading, usual)
    asker = _Asker(office, reading, person, chosen, notice)
    return Asking(
        person=person,
        name=contact.name,
        language=chosen,
        said_in=spoken(chosen) or usual,
        languages=tuple((code, language_itself(code)) for code in known),
        greeting=M("Good day, {name}", name=contact.name),
        asker=who_asks(office.shop),
        notice=notice.text if notice else "",
        notice_version=notice.version if notice else None,
        questions=tuple(asker.question(one) for one in _asked_about(reading, person, office)),
    )


def _asked_about(reading: Reading, person: bytes, office: Office) -> list[Permission]:
    found = permissions(reading, person, office.clock.now())
    return [one for one in found if one.purpose.active and one.purpose.basis is Basis.CONSENT]


def who_asks(shop: Shop) -> str:
    """Who puts the question, and how to reach them, in one line."""
    place = " ".join(part for part in (shop.postal_code, shop.city) if part)
    parts = (shop.name, shop.responsible, shop.street, place, shop.phone, shop.email)
    return ", ".join(part for part in parts if part)


class _Asker:
    """Makes the questions to one person in one language."""

    def __init__(self, office: Office, reading: Reading, person: bytes, language: str, notice: Notice | None) -> None:
        self._reading = reading
        self._person = person
        self._language = language
        self._notice = notice
        self._today = office.today()
        self._zone = ZoneInfo(office.shop.zone)
        self._hints = {one.code: one.filled(office.shop.name).hint for one in load_wordings(office.shop.language)}

    def question(self, permission: Permission) -> Question:
        purpose, standing = permission.purpose, permission.standing
        since = standing.since.astimezone(self._zone).date() if standing.since else None
        rest = rests_until(standing.state, since, self._today)
        wording = latest_wording(self._reading, purpose, self._language)
        title, *lines = wording.text.split("\n") if wording else ("",)
        return Question(
            person=self._person,
            code=purpose.code,
            name=purpose.name,
            hint=self._hints.get(purpose.code, ""),
            stands=answer_badge(standing.state),
            since=since,
            may_ask=rest is None and wording is not None,
            why_not=_why_not(since, rest, wording),
            not_before=rest,
            language=self._language,
            wording=wording.id if wording else None,
            version=wording.version if wording else None,
            notice=self._notice.id if self._notice else None,
            title=title,
            lines=tuple(lines),
        )


def rests_until(state: ConsentState | None, since: date | None, today: date) -> date | None:
    """The first day on which somebody who said no may be asked again; None if they may be asked today."""
    if since is None or state not in (ConsentState.REFUSED, ConsentState.WITHDRAWN):
        return None
    again = later(since, REST_MONTHS, Unit.MONTHS)
    return again if again > today else None


def _why_not(since: date | None, rest: date | None, wording: Wording | None) -> M | None:
    if rest is not None:
        return M("Said no on {day}, not again before {again}", day=since, again=rest)
    return M("There are no words for this in the chosen language.") if wording is None else None


@act(Verb.ADD, ConsentEvent)
def take_answers(
    office: Office,
    person: bytes,
    answers: Sequence[tuple[Question, Answer]],
    how: ConsentHow,
    *,
    evidence: str | PhoneCall | None = None,
    own_accord: bool = False,
) -> list[bytes]:
    """Record the answers to these questions, all or none, with the words of each; returns their numbers.

    `evidence` is where the proof lies; or the call in which they were read out, which is then kept as the proof.

    Raises Problem for no answer at all, and for a question that must not be asked now, unless `own_accord` says that
    the person came up with it themselves. ValueError for questions to somebody else, or one twice.
    """
    if not answers:
        raise Problem(M("Nothing was answered yet."), safe=M("Nothing was saved."))
    if {question.person for question, _ in answers} != {person} or len(answers) > len({q.code for q, _ in answers}):
        raise ValueError("each question is answered once, by the person it was put to")

    def work(writing: Writing, trace: Trace) -> list[bytes]:
        stands = {one.purpose.code: one for one in _asked_about(writing, person, office)}
        said = []
        for question, answer in answers:
            purpose = _askable(office, stands.get(question.code), own_accord=own_accord)
            wording = writing.get(Wording, question.wording)
            if wording is None or wording.purpose_id != purpose.id:
                raise ValueError("an answer needs the words of its own question")
            explicit = isinstance(evidence, PhoneCall) and answer is Answer.YES
            said.append(Said(purpose, _STATES[answer], wording.id, question.notice, explicit))
        if not isinstance(evidence, PhoneCall):
            return enter(office, writing, trace, person, said, how=how, evidence=evidence)
        told, said_with = keep_call(office, writing, person, evidence)
        return enter(office, writing, trace, person, said, how=how, evidence=told, said_with=said_with)

    return office.write(work)


def _askable(office: Office, permission: Permission | None, *, own_accord: bool) -> Purpose:
    """The purpose, if people may be asked about it now. Raises Problem."""
    if permission is None:
        raise Problem(NOT_IN_USE, safe=M("Nothing was saved."))
    since = permission.standing.since
    day = since.astimezone(ZoneInfo(office.shop.zone)).date() if since else None
    rest = rests_until(permission.standing.state, day, office.today())
    if rest is not None and not own_accord:
        raise Problem(
            M("This person said no on {day}. Please do not ask again before {again}.", day=day, again=rest),
            safe=M("Nothing was saved."),
            todo=M("If they came up with it themselves, say so."),
        )
    return permission.purpose
