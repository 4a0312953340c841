"""Forms on paper: for one person, blank, and lists to sign at an event. Their code tells later what stood on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_crm.documents.form_model import AskedOnPaper, ConsentForm
from desktop_crm.privacy.gate import AboutOnePerson, Released, names_nobody, to_the_person
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import BlankForm, ConsentHow, PaperForm
from desktop_crm.records.declare import Basis
from desktop_crm.records.purpose import Purpose, Wording
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.asking import ANSWERS, EXPRESSLY, Answer, Asking, who_asks
from desktop_crm.services.consents import NOT_IN_USE, keep_screen, latest_notice, latest_wording, purpose_by_code
from desktop_crm.services.contacts import known_person
from desktop_crm.services.form_codes import new_code
from desktop_crm.services.letterheads import shop_on_paper
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.services.saving import Saved, check_folder, save
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem, Words, spoken

if TYPE_CHECKING:
    from desktop_crm.privacy.presets import Preset

ON_PAPER = tuple(said for answer, said in ANSWERS if answer is not Answer.NOT_NOW)
"""The boxes: what is ticked in neither stays unanswered."""
CODE = M("Form code")


@dataclass(frozen=True, slots=True)
class Printed:
    """A form that was made: its code, and where it lies."""

    code: str
    paper: Saved


@act(Verb.ADD, PaperForm)
def print_form(
    office: Office, asking: Asking, codes: Sequence[str], folder: Path, *, own_accord: bool = False
) -> Printed:
    """Make the form on which a person answers these questions, and remember what stands on it under its code.

    `asking` is what the screen shows, so paper and screen say the same. Raises Problem for a question that must not be
    asked now, unless `own_accord` says that the person came up with it themselves.
    """
    asked = [one for one in asking.questions if one.code in codes and one.wording is not None]
    if not asked or not all(one.may_ask or own_accord for one in asked):
        raise Problem(M("There is no question here that may be asked now."), safe=M("Nothing was printed."))
    check_folder(folder)
    words = Words(asking.said_in, office.shop.zone)

    def work(writing: Writing, trace: Trace) -> ConsentForm:
        known_person(writing, asking.person)
        questions = tuple(_on_paper(words, one.title, one.lines, one.explicit) for one in asked)
        made = _form(office, writing, words, asking.language, questions, asking.notice)
        guardian = (M("Name of a parent or guardian"), M("Their signature")) if asking.needs_guardian else ()
        form = replace(
            made, greeting=words.say(asking.greeting), signed=(*made.signed, *(words.say(one) for one in guardian))
        )
        screen = keep_screen(
            office,
            writing,
            asking.person,
            form.text,
            how=ConsentHow.PAPER,
            language=asking.language,
            notice=asked[0].notice,
        )
        trace.person, trace.row = asking.person, office.new_id()
        row = PaperForm(
            id=trace.row,
            code=form.code,
            contact_id=asking.person,
            screen_id=screen,
            printed_at=form.made_at,
            actor=office.who.name,
            questions=" ".join(f"{one.code}/{one.language}/{one.version}" for one in asked),
        )
        writing.insert(row)
        return form

    form = office.write(work)
    released = to_the_person(AboutOnePerson(asking.person, form), asked_by=asking.person)
    return _saved(released, words, folder)


@act(Verb.ADD, BlankForm)
def print_blank(office: Office, codes: Sequence[str], folder: Path, *, language: str | None = None) -> Printed:
    """Make a form that anybody can fill in: with name and how to reach them, and a line for a parent."""
    check_folder(folder)
    words = _words(office, language)

    def work(writing: Writing, trace: Trace) -> ConsentForm:
        questions = [_wording(writing, code, words.language, office.shop.language) for code in codes]
        made = _blank(office, writing, words, questions)
        years = _preset(office).age.years
        parent = words.say(M("Under {n}: name and signature of a parent", n=years))
        form = replace(
            made,
            fill_in=(words.say(M("Name")), words.say(M("E-mail, phone or address"))),
            signed=(*made.signed, parent),
        )
        return _remember(office, writing, trace, form, questions)

    return _saved(names_nobody(office.write(work)), words, folder)


@act(Verb.ADD, BlankForm)
def print_sign_up(office: Office, code: str, occasion: str, folder: Path, *, language: str | None = None) -> Printed:
    """Make a list that several people sign at an event, for one purpose: whoever signs says yes."""
    check_folder(folder)
    words = _words(office, language)
    occasion = storable(occasion)

    def work(writing: Writing, trace: Trace) -> ConsentForm:
        question = _wording(writing, code, words.language, office.shop.language)
        refuse_very_private(question[0], safe=M("Nothing was printed."))
        made = _blank(office, writing, words, [question])
        form = replace(
            made,
            title=words.say(M("Sign-up list: {occasion}", occasion=occasion)) if occasion else made.title,
            lead=words.say(M("Whoever writes their name here and signs says yes. Nobody has to.")),
            given=words.say(M("The privacy notice lies beside this list, to be read and taken along.")),
            answers=(),
            columns=tuple(words.say(one) for one in (M("Name"), M("E-mail"), M("Signature"))),
            signed=(),
        )
        return _remember(office, writing, trace, form, [question])

    return _saved(names_nobody(office.write(work)), words, folder)


def _saved(form: Released[ConsentForm], words: Words, folder: Path) -> Printed:
    from desktop_crm.documents.consent_form import consent_form_pdf

    code = form.content.code
    (paper,) = save(folder, {f"form-{code}.pdf": consent_form_pdf(form, words)})
    return Printed(code, paper)


def _words(office: Office, language: str | None) -> Words:
    return Words(spoken(language) or office.shop.language, office.shop.zone)


def _preset(office: Office) -> Preset:
    from desktop_crm.privacy.presets import load_preset

    return load_preset(office.shop.country, office.shop.region)


Worded = tuple[Purpose, Wording]


def _wording(reading: Reading, code: str, language: str, usual: str) -> Worded:
    """The newest words of a purpose people are asked about. Raises Problem if there are none."""
    purpose = purpose_by_code(reading, code)
    if purpose.basis is not Basis.CONSENT or not purpose.active:
        raise Problem(NOT_IN_USE, safe=M("Nothing was printed."))
    wording = latest_wording(reading, purpose, language) or latest_wording(reading, purpose, usual)
    if wording is None:
        raise Problem(M("There are no words for this in the chosen language."), safe=M("Nothing was printed."))
    return purpose, wording


def refuse_very_private(purpose: Purpose, *, safe: M) -> None:
    """Raises Problem for a purpose that is not put on a list: everybody who signs reads who stands above."""
    if purpose.special is not None:
        raise Problem(
            M("This is very private, and a list is read by everybody who signs it."),
            safe=safe,
            todo=M("Please use a form of its own for each person."),
        )


def _blank(office: Office, reading: Reading, words: Words, questions: Sequence[Worded]) -> ConsentForm:
    if not questions:
        raise Problem(M("Please tick what you would like to ask."), safe=M("Nothing was printed."))
    notice = latest_notice(reading, words.language) or latest_notice(reading, office.shop.language)
    asked = tuple(_on_paper(words, *split(wording.text), purpose.special is not None) for purpose, wording in questions)
    return _form(office, reading, words, questions[0][1].language, asked, notice.text if notice else "")


def _on_paper(words: Words, title: str, lines: tuple[str, ...], explicit: bool) -> AskedOnPaper:
    return AskedOnPaper(title, (*lines, words.say(EXPRESSLY)) if explicit else lines)


def split(text: str) -> tuple[str, tuple[str, ...]]:
    """The title of a wording, and its lines."""
    title, *lines = text.split("\n")
    return title, tuple(lines)


def _form(
    office: Office, reading: Reading, words: Words, language: str, questions: tuple[AskedOnPaper, ...], notice: str
) -> ConsentForm:
    """What every form says; the answers are to be ticked, and it is signed at the end."""
    say = words.say
    given = M("The privacy notice stands on the following pages and is mine to keep.")
    return ConsentForm(
        code=_unused(reading),
        code_label=say(CODE),
        language=language,
        made_at=office.clock.now(),
        shop=shop_on_paper(office.shop),
        title=say(M("We ask for your permission")),
        greeting="",
        asker=who_asks(office.shop),
        lead=say(M("Please tick Yes or No for each question. What you leave open counts as not answered.")),
        questions=questions,
        answers=tuple(say(one) for one in ON_PAPER),
        take_back=say(
            M("You can take back a yes at any time, as easily as you gave it: in the shop, by phone or by e-mail.")
        ),
        given=say(given) if notice else "",
        notice=notice,
        signed=(say(M("Town, day")), say(M("Signature"))),
    )


def _unused(reading: Reading) -> str:
    code = new_code()
    while reading.count(PaperForm, eq("code", code)) or reading.count(BlankForm, eq("code", code)):
        code = new_code()
    return code


def _remember(
    office: Office, writing: Writing, trace: Trace, form: ConsentForm, questions: Sequence[Worded]
) -> ConsentForm:
    notice = latest_notice(writing, form.language) or latest_notice(writing, office.shop.language)
    trace.row = office.new_id()
    row = BlankForm(
        id=trace.row,
        code=form.code,
        questions=" ".join(f"{purpose.code}/{words.language}/{words.version}" for purpose, words in questions),
        language=form.language,
        text=form.text,
        notice_id=notice.id if notice else None,
        printed_at=form.made_at,
        actor=office.who.name,
    )
    writing.insert(row)
    return form
