"""Asking for permission: what may be asked, in exactly which words, and the answers to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_crm.host.device import device_name
from desktop_crm.privacy.terms import Unit, later
from desktop_crm.privacy.wordings import load_wordings
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState, EvidenceKind
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.consents import (
    DECEASED,
    NO_WORDS,
    NOT_IN_USE,
    Permission,
    Proof,
    Said,
    SaidWith,
    enter,
    keep_evidence,
    keep_screen,
    latest_notice,
    latest_wording,
    permissions,
    require_living,
)
from desktop_crm.services.guardians import age_of_own_consent, needs_guardian, require_guardian
from desktop_crm.services.looks import require_opened
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.services.signs import Badge, answer_badge
from desktop_crm.services.telephone import PhoneCall, keep_call
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.words import Gone, M, Problem, Words, spoken

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
    explicit: bool
    """What is very private is agreed to in so many words (Art. 9(2)(a) GDPR)."""


class Piece(StrEnum):
    """What a text that is put before a person is there for."""

    GREETING = "greeting"
    ASKER = "asker"
    WITHDRAW = "withdraw"
    NOTICE = "notice"
    TITLE = "title"
    LINE = "line"
    ANSWER = "answer"
    GUARDIAN = "guardian"
    GUARDIAN_NAME = "guardian-name"
    SIGNATURE = "signature"
    SAVE = "save"
    LANGUAGE = "language"


_BEGIN_ANEW = frozenset({Piece.TITLE, Piece.GUARDIAN, Piece.SIGNATURE, Piece.LANGUAGE})
"""What stands a little apart from what is above it."""


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """One text as it stands before the person; those of a question bear its `code`, and those on a button `answer`."""

    piece: Piece
    text: str
    code: str = ""
    answer: Answer | None = None


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
    needs_guardian: bool
    """The person is too young to say yes alone."""
    own_age: int
    """From this age people say yes on their own, in the shop's country."""

    def only(self, codes: Collection[str]) -> Asking:
        """The same with these questions alone, which are the ones that are put."""
        return replace(self, questions=tuple(one for one in self.questions if one.code in codes))

    def pieces(self) -> Iterator[Shown]:
        """Every text that is put before the person, in its order. Screen, preview and record are made from these."""
        say = Words(self.said_in).say
        yield Shown(Piece.GREETING, say(self.greeting))
        yield Shown(Piece.ASKER, self.asker)
        yield Shown(Piece.WITHDRAW, say(TAKEN_BACK))
        if self.notice:
            told = M("Read how your data is used (version {version})", version=self.notice_version)
            yield Shown(Piece.NOTICE, say(told))
        for question in self.questions:
            yield from _of_question(question, say)
        if self.needs_guardian:
            too_young = M("Whoever is under {age} needs a parent or guardian who agrees as well.", age=self.own_age)
            yield Shown(Piece.GUARDIAN, say(too_young))
            yield Shown(Piece.GUARDIAN_NAME, say(M("Name of the parent or guardian")))
        yield Shown(Piece.SIGNATURE, say(M("Signature (you need not sign). It confirms only what you said yes to.")))
        yield Shown(Piece.SAVE, say(M("Save my answers")))
        yield Shown(Piece.LANGUAGE, dict(self.languages).get(self.language, self.language))

    def as_shown(self) -> str:
        """All of it, a line for each text: what is kept as proof of what the person saw."""
        lines = [f"\n{one.text}" if one.piece in _BEGIN_ANEW else one.text for one in self.pieces()]
        return "\n".join(lines)


TAKEN_BACK = M("You can take back every yes at any time, as easily as you give it.")
EXPRESSLY = M("This is very private. With “Yes” I agree to it expressly.")
"""Stands below a question about what is very private, wherever it is put: on screen, on paper, by phone."""


def _of_question(question: Question, say: Callable[[M], str]) -> Iterator[Shown]:
    if question.title:
        yield Shown(Piece.TITLE, question.title, question.code)
    for text in question.lines:
        yield Shown(Piece.LINE, text, question.code)
    if question.explicit:
        yield Shown(Piece.LINE, say(EXPRESSLY), question.code)
    for answer, said in ANSWERS:
        yield Shown(Piece.ANSWER, say(said), question.code, answer)


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
    asker = _Asker(office, reading, contact, chosen, notice)
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
        needs_guardian=needs_guardian(office, contact),
        own_age=age_of_own_consent(office),
    )


def _asked_about(reading: Reading, person: bytes, office: Office) -> list[Permission]:
    found = permissions(reading, person, office.clock.now())
    return [one for one in found if one.purpose.active and one.purpose.basis is Basis.CONSENT]


def who_asks(shop: Shop) -> str:
    """The shop, and how to reach it, as it stands above what people are asked."""
    place = " ".join(part for part in (shop.postal_code, shop.city) if part)
    parts = (shop.name, shop.responsible, shop.street, place, shop.phone, shop.email)
    return ", ".join(part for part in parts if part)


class _Asker:
    """Makes the questions to one person in one language."""

    def __init__(
        self, office: Office, reading: Reading, contact: Contact, language: str, notice: Notice | None
    ) -> None:
        self._reading = reading
        self._contact = contact
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
            person=self._contact.id,
            code=purpose.code,
            name=purpose.name,
            hint=self._hints.get(purpose.code, ""),
            stands=answer_badge(standing.state),
            since=since,
            may_ask=rest is None and wording is not None and not self._contact.deceased,
            why_not=DECEASED if self._contact.deceased else _why_not(since, rest, wording),
            not_before=rest,
            language=self._language,
            wording=wording.id if wording else None,
            version=wording.version if wording else None,
            notice=self._notice.id if self._notice else None,
            title=title,
            lines=tuple(lines),
            explicit=purpose.special is not None,
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
    return NO_WORDS if wording is None else None


_STROKES = re.compile(r"(?:\d{1,4},\d{1,4}(?: \d{1,4},\d{1,4})*(?:\n|$))*")
_MOST_STROKES = 60_000
"""Characters of a signature: far more than anybody draws."""


@dataclass(frozen=True, slots=True, repr=False)
class Signed:
    """What a person put below their answers, if anything: lines they drew, or their name as they typed it.

    Lines are written as in `ConsentEvidence.strokes`. Who is too young names a parent or guardian, who may sign, too.
    """

    strokes: str = ""
    typed: str = ""
    guardian: str = ""
    guardian_strokes: str = ""

    def proofs(self) -> Iterator[Proof]:
        """What of it is kept. ValueError where it is no drawing."""
        for strokes, name in ((self.strokes, self.typed), (self.guardian_strokes, self.guardian)):
            if len(strokes) > _MOST_STROKES or not _STROKES.fullmatch(strokes):
                raise ValueError("a signature is lines of points")
            if strokes or (name and name == self.typed):
                yield Proof(EvidenceKind.SIGNATURE, note=name or None, strokes=strokes or None)


UNSIGNED = Signed()


@act(Verb.ADD, ConsentEvent)
def take_answers(
    office: Office,
    person: bytes,
    answers: Sequence[tuple[Question, Answer]],
    how: ConsentHow,
    *,
    evidence: str | PhoneCall | None = None,
    own_accord: bool = False,
    shown: Asking | None = None,
    signed: Signed = UNSIGNED,
) -> list[bytes]:
    """Record the answers to these questions, all or none, with the words of each; returns their numbers.

    `shown` is what was put before the person: it is kept as it was, with `signed`, which stands for a yes alone.
    `evidence` is where the proof lies; or the call in which they were read out, which is then kept as the proof.

    Raises Problem for no answer at all, for a yes of somebody too young without a parent or guardian, and for a
    question that must not be asked now, unless `own_accord` says that the person came up with it themselves. ValueError
    for questions to somebody else, one twice, or one that was not shown.
    """
    if not answers:
        raise Problem(M("Nothing was answered yet."), safe=M("Nothing was saved."))
    if {question.person for question, _ in answers} != {person} or len(answers) > len({q.code for q, _ in answers}):
        raise ValueError("each question is answered once, by the person it was put to")
    if shown is not None and not {(q.code, q.wording) for q, _ in answers} <= {
        (q.code, q.wording) for q in shown.questions
    }:
        raise ValueError("only what was shown is answered")

    yes = any(answer is Answer.YES for _, answer in answers)

    def work(writing: Writing, trace: Trace) -> list[bytes]:
        if yes:
            contact = writing.get(Contact, person)
            require_living(contact)
            require_guardian(office, contact, signed.guardian)
        stands = {one.purpose.code: one for one in _asked_about(writing, person, office)}
        said = []
        for question, answer in answers:
            purpose = _askable(office, stands.get(question.code), own_accord=own_accord)
            wording = writing.get(Wording, question.wording)
            if wording is None or wording.purpose_id != purpose.id:
                raise ValueError("an answer needs the words of its own question")
            explicit = answer is Answer.YES and (question.explicit or isinstance(evidence, PhoneCall))
            said.append(Said(purpose, _STATES[answer], wording.id, question.notice, explicit))
        signs = signed if yes else UNSIGNED
        if not isinstance(evidence, PhoneCall):
            said_with = _keep_shown(office, writing, person, how, shown, signs)
            return enter(office, writing, trace, person, said, how=how, evidence=evidence, said_with=said_with)
        told, said_with = keep_call(office, writing, person, evidence)
        said_with = replace(said_with, guardian=signs.guardian or None)
        return enter(office, writing, trace, person, said, how=how, evidence=told, said_with=said_with)

    return office.write(work)


def _keep_shown(
    office: Office, writing: Writing, person: bytes, how: ConsentHow, shown: Asking | None, signed: Signed
) -> SaidWith:
    """Keep what was put before the person and what they signed, if anything was; with what belongs to every answer."""
    guardian = signed.guardian or None
    if shown is None:
        return SaidWith(guardian=guardian)
    notice, language = shown.questions[0].notice, shown.language
    screen = keep_screen(office, writing, person, shown.as_shown(), how=how, language=language, notice=notice)
    proofs = [keep_evidence(office, writing, person, screen, proof) for proof in signed.proofs()]
    device = device_name() if how is ConsentHow.SCREEN else None
    first = proofs[0] if proofs else None
    return SaidWith(screen=screen, language=language, device=device, guardian=guardian, proof=first)


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
