"""Purposes of the shop's own, and new words: a new text is a new version, and a new meaning is asked anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from desktop_crm.privacy.fair_asking import Fault, PurposeForm, faults, wrong_words
from desktop_crm.privacy.folding import fold
from desktop_crm.privacy.needed import NEEDABLE
from desktop_crm.privacy.use import named
from desktop_crm.privacy.wordings import Words
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.declare import Basis, Part
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Notice, Purpose, PurposeData, PurposeKind, Wording
from desktop_crm.services import ready_made
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.asking import Asking, Question, who_asks
from desktop_crm.services.consents import latest_notice, purpose_by_code
from desktop_crm.services.guardians import age_of_own_consent
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.services.purposes import WordsOf, day_of, newest_words, standing_at
from desktop_crm.services.signs import answer_badge
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import LANGUAGES, Exit, M, Problem, spoken

OUR_HABIT_DAYS = 365
"""So long a yes counts, unless the shop says otherwise."""
_NOTHING = M("Nothing was saved.")
_FIRST_FORM = 1
_LONGEST = 20_000
_TICK = timedelta(milliseconds=1)
_SAMPLE = M("… (the customer's name)")


@dataclass(frozen=True, slots=True)
class PurposeEntry:
    """A purpose as it is changed. `fixed`: people answered to it, or it is ready-made, so some of it stays."""

    code: str
    form: PurposeForm
    words: tuple[WordsOf, ...]
    fixed: bool
    usual: Mapping[str, Words]
    """By language, the sentences with which the words of a new question begin: the way back, and the free answer."""


@dataclass(frozen=True, slots=True)
class NoticeOf:
    """The newest privacy notice in one language."""

    language: str
    name: str
    """The language as its speakers call it."""
    version: int
    since: date
    text: str


@act(Verb.LIST, Purpose)
def purpose_entry(office: Office, code: str) -> PurposeEntry:
    """A purpose with all that can be changed. Raises Problem if there is none of that code."""

    def work(reading: Reading) -> PurposeEntry:
        purpose = purpose_by_code(reading, code)
        words = newest_words(office, reading, purpose)
        return PurposeEntry(code, _form(reading, purpose, words), words, _is_fixed(reading, purpose), _usual())

    return office.read(work)


@act(Verb.LIST, Purpose)
def new_entry(office: Office) -> PurposeEntry:
    """What a purpose of the shop's own begins with: permission, asked by email."""
    form = PurposeForm(
        name="",
        what_for="",
        basis=Basis.CONSENT,
        kind=PurposeKind.OTHER,
        channels=(Channel.EMAIL,),
        valid_days=OUR_HABIT_DAYS,
        texts={office.shop.language: ""},
    )
    return PurposeEntry("", form, (), fixed=False, usual=_usual())


def _usual() -> dict[str, Words]:
    ready = {language: ready_made.templates(language)["newsletter"] for language in LANGUAGES}
    return {language: Words("", "", told.take_back, told.free) for language, told in ready.items()}


def _form(reading: Reading, purpose: Purpose, words: Sequence[WordsOf]) -> PurposeForm:
    ready = ready_made.templates("en").get(purpose.code)
    return PurposeForm(
        name=purpose.name,
        what_for=purpose.what_for or (ready.what_for if ready else ""),
        basis=purpose.basis,
        kind=purpose.kind or PurposeKind.OTHER,
        channels=(Channel(purpose.channel),),
        valid_days=purpose.valid_days,
        recipients=purpose.recipients,
        balancing=purpose.balancing,
        special=purpose.special,
        data=tuple(one.field for one in reading.find(PurposeData, eq("purpose_id", purpose.id))),
        texts={one.language: one.text for one in words},
    )


def _is_fixed(reading: Reading, purpose: Purpose) -> bool:
    if purpose.code in ready_made.codes():
        return True
    return bool(reading.find(ConsentEvent, eq("purpose_id", purpose.id), limit=1))


@act(Verb.ADD, Purpose, of=Part.RULES)
def add_purpose(office: Office, form: PurposeForm) -> str:
    """Set up a purpose of the shop's own, in use from now on; returns its code.

    Raises Problem where it bundles uses, ties something to a yes, or lacks what its basis needs.
    """
    clean = _clean(form)
    _require_fair(faults(clean))

    def work(writing: Writing, trace: Trace) -> str:
        now = office.clock.now()
        _require_own_name(writing, clean.name)
        made = Purpose(
            id=office.new_id(),
            code=_new_code(writing, clean.name),
            basis=clean.basis,
            channel=str(clean.channels[0]),
            created_at=now,
            **_changeable(clean),
        )
        writing.insert(made)
        ready_made.need(office, writing, made.id, clean.data)
        for language, text in clean.texts.items():
            ready_made.put_words(office, writing, made.id, language, text, version=1, at=now)
        trace.row = made.id
        return made.code

    return office.write(work)


def _changeable(form: PurposeForm) -> dict[str, Any]:
    """The columns that may be changed at any time."""
    return {
        "name": form.name,
        "what_for": form.what_for,
        "kind": form.kind,
        "valid_days": form.valid_days if form.basis is Basis.CONSENT else None,
        "recipients": form.recipients,
        "balancing": form.balancing,
        "special": form.special,
    }


def _clean(form: PurposeForm, kept: Iterable[str] = ()) -> PurposeForm:
    """As it is stored. Raises Problem for more than can be, ValueError for data neither on offer nor `kept`."""
    if unknown := set(form.data) - NEEDABLE.keys() - set(kept):
        raise ValueError(f"no purpose can need {sorted(unknown)}")
    return replace(
        form,
        name=storable(form.name.strip()),
        what_for=storable(form.what_for.strip()),
        recipients=storable((form.recipients or "").strip()) or None,
        balancing=storable((form.balancing or "").strip()) or None,
        texts={_language(language): _lines(text) for language, text in form.texts.items()},
    )


def _language(code: str) -> str:
    """The code of a language, such as `pl`. Raises Problem for what is none."""
    if re.fullmatch("[a-z]{2,3}", code.strip().lower()) is None:
        raise Problem(M("This is not the code of a language, such as de or pl."), code=Exit.USAGE)
    return code.strip().lower()


def _lines(text: str) -> str:
    """Words as they are stored: a sentence group a line, nothing around it. Raises Problem for a book."""
    if len(text) > _LONGEST:
        raise Problem(M("This text is too long for anybody to read."), safe=_NOTHING)
    return storable("\n".join(line.strip() for line in text.splitlines() if line.strip()))


def _require_fair(found: Sequence[Fault]) -> None:
    if found:
        raise Problem(found[0].what, safe=_NOTHING, todo=found[0].todo)


def _require_own_name(reading: Reading, name: str, but: Purpose | None = None) -> None:
    """Raises Problem for a name that another purpose has: whoever takes a yes back has to know which."""
    others = (one for one in reading.find(Purpose) if but is None or one.id != but.id)
    if any(fold(one.name) == fold(name) for one in others):
        raise Problem(M("There is a purpose of this name already."), safe=_NOTHING, todo=M("Give it another name."))


def _new_code(reading: Reading, name: str) -> str:
    """A code that nothing has yet, from the name."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40].strip("-") or "purpose"
    taken = {purpose.code for purpose in reading.find(Purpose)} | ready_made.codes()
    return next(code for code in _numbered(stem, len(taken)) if code not in taken)


def _numbered(stem: str, most: int) -> list[str]:
    return [stem, *(f"{stem}-{number}" for number in range(2, most + 3))]


@act(Verb.CHANGE, Purpose, of=Part.RULES)
def change_purpose(office: Office, code: str, form: PurposeForm) -> None:
    """Change what a purpose says of itself; its words are changed by `reword`, `form.texts` is not looked at.

    Raises Problem as `add_purpose` does; for another basis, kind or way once people answered to it; and for a longer
    time where earlier answers would then count again.
    """

    def work(writing: Writing, trace: Trace) -> None:
        purpose = purpose_by_code(writing, code)
        was = _form(writing, purpose, newest_words(office, writing, purpose))
        wanted = _clean(replace(form, texts=was.texts), was.data)
        _require_own_name(writing, wanted.name, but=purpose)
        _require_same(writing, purpose, was, wanted)
        _require_told(office, writing, purpose, was, wanted)
        _require_fair(faults(wanted))
        writing.update(Purpose, purpose.id, basis=wanted.basis, channel=str(wanted.channels[0]), **_changeable(wanted))
        gone = writing.find(PurposeData, eq("purpose_id", purpose.id))
        writing.delete_rows(PurposeData, [one for one in gone if one.field not in wanted.data])
        ready_made.need(office, writing, purpose.id, tuple(one for one in wanted.data if one not in was.data))
        trace.row, trace.fields = purpose.id, _changed(was, wanted)

    office.write(work)


def _changed(was: PurposeForm, wanted: PurposeForm) -> tuple[str, ...]:
    names = (
        "name",
        "what_for",
        "basis",
        "kind",
        "channels",
        "valid_days",
        "recipients",
        "balancing",
        "special",
        "data",
    )
    return tuple(name for name in names if getattr(was, name) != getattr(wanted, name))


def _require_same(reading: Reading, purpose: Purpose, was: PurposeForm, wanted: PurposeForm) -> None:
    if _core(was) != _core(wanted) and _is_fixed(reading, purpose):
        raise Problem(
            M("People answer to exactly this: reason, kind, way and condition stay as they are."),
            safe=_NOTHING,
            todo=M("Set up another purpose, and turn this one off."),
        )
    longer = wanted.valid_days is None or wanted.valid_days > (was.valid_days or 0)
    if was.valid_days is not None and longer and _has_old_answers(reading, purpose):
        raise Problem(
            M("Answers from earlier years count by this time: if it were longer, some would count again."),
            safe=_NOTHING,
            todo=M("Set up another purpose with the longer time, and turn this one off."),
        )


def _core(form: PurposeForm) -> tuple[object, ...]:
    return form.basis, form.kind, form.channels, form.special


def _require_told(office: Office, reading: Reading, purpose: Purpose, was: PurposeForm, wanted: PurposeForm) -> None:
    """Raises Problem for data or recipients that those who said yes were not told of."""
    wider = bool(set(wanted.data) - set(was.data)) or bool(named(wanted.recipients) - named(was.recipients))
    if was.basis is Basis.CONSENT and wider and standing_at(office, reading, purpose, ConsentState.GIVEN):
        raise Problem(
            M("People said yes without this: for more data, or for somebody else who gets it, they are asked again."),
            safe=_NOTHING,
            todo=M("First put words in place that tell of it, and say that they mean something else."),
        )


def _has_old_answers(reading: Reading, purpose: Purpose) -> bool:
    return bool(reading.find(ConsentEvent, eq("purpose_id", purpose.id), eq("form", _FIRST_FORM), limit=1))


@act(Verb.CHANGE, Wording, of=Part.RULES)
def reword(office: Office, code: str, language: str, text: str, *, means_else: bool = False) -> int:
    """Put new words in place of the newest in a language, as a new version; returns its number.

    `means_else`: they mean something else than before, so that a yes said before does not cover them, and nobody is
    asked in a language whose words are older. Raises Problem for the same words, and as `add_purpose` does.
    """
    language, text = _language(language), _lines(text)

    def work(writing: Writing, trace: Trace) -> int:
        purpose, now = purpose_by_code(writing, code), office.clock.now()
        newest = _newest(writing, purpose, language)
        if newest is not None and newest.text == text and not means_else:
            raise Problem(M("These are the words that hold already."), safe=M("Nothing was changed."))
        _require_fair(wrong_words(purpose.basis, (Channel(purpose.channel),), language, text))
        version = newest.version + 1 if newest else 1
        if means_else and purpose.basis is Basis.CONSENT:
            now = _after_all_said(writing, purpose, now)
            writing.update(Purpose, purpose.id, renewed_at=now)
            trace.fields = ("renewed_at",)
        ready_made.put_words(office, writing, purpose.id, language, text, version=version, at=now)
        trace.row = purpose.id
        return version

    return office.write(work)


def _after_all_said(reading: Reading, purpose: Purpose, now: datetime) -> datetime:
    """Now, or later where the clock was set back since: no earlier yes may fall after the new meaning."""
    said = reading.find(ConsentEvent, eq("purpose_id", purpose.id), order=("-happened_at",), limit=1)
    before = [*(one.happened_at + _TICK for one in said), purpose.renewed_at or now]
    return max(now, *before)


def _newest(reading: Reading, purpose: Purpose, language: str) -> Wording | None:
    found = reading.find(Wording, eq("purpose_id", purpose.id), eq("language", language), order=("-version",), limit=1)
    return found[0] if found else None


@act(Verb.LIST, Purpose)
def as_read(office: Office, code: str, language: str, text: str) -> Asking:
    """These words as a customer would read them: the object asking works with, about nobody."""

    def work(reading: Reading) -> Asking:
        notice = latest_notice(reading, language) or latest_notice(reading, office.shop.language)
        title, *lines = text.strip().split("\n")
        question = Question(
            person=b"",
            code=code,
            name="",
            hint="",
            stands=answer_badge(None),
            since=None,
            may_ask=False,
            why_not=None,
            not_before=None,
            language=language,
            wording=None,
            version=None,
            notice=notice.id if notice else None,
            title=title,
            lines=tuple(lines),
            explicit=any(one.special for one in reading.find(Purpose, eq("code", code))),
        )
        return Asking(
            person=b"",
            name="",
            language=language,
            said_in=spoken(language) or office.shop.language,
            languages=(),
            greeting=M("Good day, {name}", name=_SAMPLE),
            asker=who_asks(office.shop),
            notice=notice.text if notice else "",
            notice_version=notice.version if notice else None,
            questions=(question,),
            needs_guardian=False,
            own_age=age_of_own_consent(office),
        )

    return office.read(work)


@act(Verb.LIST, Notice)
def notices(office: Office) -> list[NoticeOf]:
    """The newest privacy notice in each language, the shop's own language first."""
    return office.read(lambda reading: _notices(office, reading))


def _notices(office: Office, reading: Reading) -> list[NoticeOf]:
    from desktop_crm.documents.formats import language_itself

    newest: dict[str, Notice] = {}
    for one in reading.find(Notice, order=("version",)):
        newest[one.language] = one
    ordered = sorted(newest.values(), key=lambda one: (one.language != office.shop.language, one.language))
    return [
        NoticeOf(one.language, language_itself(one.language), one.version, day_of(office, one.created_at), one.text)
        for one in ordered
    ]


@act(Verb.ADD, Notice, of=Part.RULES)
def renew_notice(office: Office, language: str, text: str) -> int:
    """Put a new privacy notice in place of the newest in a language, as a new version; returns its number.

    Raises Problem for an empty text and for the same one.
    """
    language, text = _language(language), storable(text.strip())
    if not text or len(text) > _LONGEST:
        raise Problem(M("A privacy notice needs a text, of at most {n} letters.", n=_LONGEST), safe=_NOTHING)

    def work(writing: Writing, trace: Trace) -> int:
        newest = latest_notice(writing, language)
        if newest is not None and newest.text == text:
            raise Problem(M("This is the notice that holds already."), safe=M("Nothing was changed."))
        version = newest.version + 1 if newest else 1
        now = office.clock.now()
        made = Notice(id=office.new_id(), language=language, version=version, text=text, created_at=now)
        writing.insert(made)
        trace.row = made.id
        return version

    return office.write(work)
