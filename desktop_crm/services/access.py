"""The answer to "what do you have about me?": everything, derived from the declarations (Art. 15 GDPR)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm import __version__
from desktop_crm.documents import model
from desktop_crm.privacy.access import AccessStep, access_plan
from desktop_crm.privacy.gate import AboutOnePerson, to_the_person
from desktop_crm.privacy.terms import Unit, later
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.declare import Handling, Keep, Section
from desktop_crm.records.handling import CUSTOMER_RULE, PERMISSION
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purchase import Purchase
from desktop_crm.records.registry import inventory
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.services import labels, outside, who
from desktop_crm.services.access_consents import consent_topics, recipients_of, to_whom
from desktop_crm.services.access_entries import EntryMaker, headline_columns
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.apart import opened
from desktop_crm.services.keeping_times import KeepingTimes
from desktop_crm.services.keeping_words import sentence
from desktop_crm.services.letterheads import addressee, authority_on_paper, language_of, on_envelope, shop_on_paper
from desktop_crm.services.office import Office
from desktop_crm.services.protecting import check_password, protected
from desktop_crm.services.requests import Asked, enter, still_open, told_of
from desktop_crm.services.saving import Saved, check_folder, save
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem, Words

_LOOKS_MONTHS = 12
FROM_YOU = M("from you")
"""Where something comes from that is marked with nothing else, as the person reads it."""


class PaperForm(StrEnum):
    """What an answer can be written as."""

    PDF = "pdf"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Answered:
    """An access report that was handed out: its number, its files, how many entries it holds."""

    number: str
    papers: tuple[Saved, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class Wish:
    """How an answer is to be made: as what, with which password, in which language (that of the person if None).

    With a password there is one file, the PDF, which nothing opens without it; the JSON rides inside as always.
    """

    forms: frozenset[PaperForm] = frozenset(PaperForm)
    password: str | None = field(default=None, repr=False)
    language: str | None = None


@act(Verb.EXPORT, PrivacyRequest, whole=True)
def access_report(
    office: Office,
    person: bytes,
    out: Path,
    *,
    channel: Channel | None = None,
    received_on: date | None = None,
) -> Answered:
    """Answer a request for a copy in one go: the one that is open, or one registered for it; as PDF and as JSON.

    `channel` and `received_on` stand on the paper where they were told; the register takes the counter and today.

    Raises Problem when there is nobody, or the folder cannot be written to; then nothing is registered.
    """
    check_folder(out)
    asked = Asked(person, RequestKind.ACCESS, channel, received_on)
    request = office.write(lambda writing, trace: _entered(office, writing, trace, asked))
    return _answered(office, request, out, Wish(), closing=True)


def _entered(office: Office, writing: Writing, trace: Trace, asked: Asked) -> PrivacyRequest:
    request = enter(office, writing, trace, asked)
    trace.number = 1
    return request


@act(Verb.EXPORT, PrivacyRequest, whole=True)
def answer(office: Office, number: str, out: Path, wish: Wish = Wish(), *, closing: bool = True) -> Answered:
    """Make the copy for an open request, as wished; `closing`: it is handed over and the request done with it.

    Raises Problem when there is no such open request for a copy, or the folder cannot be written to.
    """
    check_folder(out)
    check_password(wish.password)
    request = office.read(lambda reading: still_open(reading, number))
    if request.kind is not RequestKind.ACCESS:
        raise Problem(M("This privacy request does not ask for a copy."), safe=M("Nothing was written."))
    office.looked(request.person_id, request.id)
    return _answered(office, request, out, wish, closing=closing)


def _answered(office: Office, request: PrivacyRequest, out: Path, wish: Wish, *, closing: bool) -> Answered:
    person = request.person_id
    language = wish.language or office.read(lambda reading: language_of(reading, person, office.shop.language))
    words = Words(language, office.shop.zone)
    report = office.read(lambda reading: Collector(office, reading, person).report(request, words))
    papers = save(out, _papers(request.number, report, person, words, wish))

    def note(writing: Writing, trace: Trace) -> None:
        closed_at = office.clock.now() if closing else None
        writing.update(PrivacyRequest, request.id, closed_at=closed_at, paper_sha256=papers[0].sha256)
        trace.person, trace.row = person, request.id

    office.write(note)
    return Answered(request.number, tuple(papers), report.entry_count)


def _papers(number: str, report: model.AccessReport, person: bytes, words: Words, wish: Wish) -> dict[str, bytes]:
    from desktop_crm.documents.access_report import access_report_files

    released = to_the_person(AboutOnePerson(person, report), asked_by=person)
    paper, machine = access_report_files(released, words)
    if wish.password is not None:
        return {f"access-{number}.pdf": protected(paper, wish.password)}
    made = {PaperForm.PDF: paper, PaperForm.JSON: machine}
    return {f"access-{number}.{form}": made[form] for form in PaperForm if form in (wish.forms or PaperForm)}


_SHOWN = (Section.DETAILS, Section.ORDERS, Section.NOTES, Section.CONSENTS, Section.RIGHTS, Section.SHORT)
_IF_ANY = (Section.CONSENTS, Section.RIGHTS, Section.SHORT)
"""Parts of which nothing is said where there is nothing."""


class Collector:
    """Collects everything about one person from one state of the file."""

    def __init__(self, office: Office, reading: Reading, person: bytes) -> None:
        self._office = office
        self._reading = reading
        self._person = person
        self._shop = office.shop
        self._untold: str | None = None
        self._zone = ZoneInfo(office.shop.zone)
        self._plan = access_plan(inventory())
        self._times = KeepingTimes(office.shop, reading, person, office.today())
        self._contact = self._times.contact
        self._caller = who.by_role(reading)
        self._maker = EntryMaker(reading, office.shop.zone, FROM_YOU)

    def report(self, request: PrivacyRequest, words: Words) -> model.AccessReport:
        """The whole report. What nobody told of the request, its day or the way it came, is left off the paper."""
        told = told_of(self._reading, request)
        self._untold = request.number if "channel" not in told else None
        self._maker.opens = partial(opened, self._office)
        sections = tuple(self._sections())
        consents = self._consents()
        looks = tuple(self._looks())
        recipients = recipients_of(self._reading, self._person, self._zone)
        report = model.AccessReport(
            number=request.number,
            made_at=self._office.clock.now(),
            language=words.language,
            zone=words.zone,
            shop=shop_on_paper(self._shop),
            addressee=on_envelope(addressee(self._reading, self._person), self._shop, words),
            request_channel=labels.REQUESTS_BY[request.channel] if "channel" in told else None,
            received_on=request.received_on if "received_on" in told else None,
            summary=self._summary(sections, consents, recipients),
            sections=sections,
            consents=consents,
            looks=looks,
            recipients=recipients,
            purposes=tuple(self._purposes()),
            outside=tuple(self._outside(request.received_on)),
            automated=M("We decide nothing about you by a program alone, and we build no profile of you."),
            authority=authority_on_paper(self._times.preset),
            entry_count=self._held(),
            program=f"Desktop CRM {__version__}",
            looks_note=M("From the activity log of the last 12 months; what is older does not stand here"),
            kept_copy=M(
                "We keep your request, its dates and a check sum of this answer to show that we answered; not a copy."
            ),
        )
        if report.held() != report.entry_count:
            raise RuntimeError("the access report does not hold every entry")
        return report

    def _consents(self) -> tuple[model.ConsentTopic, ...]:
        if self._contact is None:
            return ()
        return consent_topics(self._office, self._reading, self._plan, self._maker, self._person)

    def _held(self) -> int:
        """How many rows the person has by the same plan, counted in the file: a row dropped on the way would show."""
        steps = (s for s in self._plan if s.told.section is not Section.LOOKS)
        return sum(self._reading.count(s.told.record, eq(s.subject.column, self._person)) for s in steps)

    def everything(self) -> list[model.Section]:
        """Every entry of the person but who looked at it, kind by kind, for the screen."""
        steps = (step for step in self._plan if step.told.section is not Section.LOOKS)
        made = ((step.told, tuple(self._entries(step))) for step in steps)
        return [
            model.Section(told.name, told.plural, None, model.Layout.TABLE, entries)
            for told, entries in made
            if entries
        ]

    def _sections(self) -> list[model.Section]:
        made = []
        for section in _SHOWN:
            steps = [s for s in self._plan if s.told.section is section]
            if section is Section.DETAILS:
                entries = [e for s in steps for e in self._entries(s)]
                made.append(
                    model.Section(section.value, labels.SECTIONS[section], None, model.Layout.FACTS, tuple(entries))
                )
            else:
                if section is Section.CONSENTS:
                    made.append(model.Section(section.value, labels.SECTIONS[section], None, model.Layout.CONSENTS))
                    steps = [s for s in steps if s.told.record is not ConsentEvent]
                made += [table for s in steps if (table := self._table(s, first=s is steps[0])) is not None]
        return made

    def _table(self, step: AccessStep, *, first: bool) -> model.Section | None:
        """A kind of record as a table of its own; kinds of which there is nothing are told of once a section."""
        entries = tuple(self._entries(step))
        if not entries and (not first or step.told.section in _IF_ANY):
            return None
        heads = first and step.told.section is not Section.CONSENTS
        title = labels.SECTIONS[step.told.section] if heads and step.told.section else step.told.plural
        return model.Section(step.told.name, title, None, model.Layout.TABLE, entries, headline_columns(step))

    def _entries(self, step: AccessStep) -> list[model.Entry]:
        made = self._maker.of(step, self._person)
        if "happened_at" in (c.name for c in step.shown):
            made.sort(key=lambda one: one[0].happened_at, reverse=True)
        elif "bought_on" in (c.name for c in step.shown):
            made.sort(key=lambda one: one[0].bought_on, reverse=True)
        return [self._with_end(row, entry) for row, entry in made]

    def _with_end(self, row: Any, entry: model.Entry) -> model.Entry:
        if isinstance(row, Purchase) and (until := self._times.invoice_until(row)):
            return replace(entry, until=until, kept_by=labels.law(self._times.invoice_law.law))
        if isinstance(row, PrivacyRequest) and row.number == self._untold:
            entry = replace(entry, facts=tuple(fact for fact in entry.facts if fact.name != "channel"))
        return replace(entry, until=self._times.until(row))

    # What else Art. 15(1) asks for

    def _outside(self, since: date) -> list[model.OutsideLine]:
        """The places outside this program that were looked through for this answer."""
        ticked = outside.ticked(self._reading, self._person, since)
        return [model.OutsideLine(one.name, M("Looked through for this answer"), one.done_on) for one in ticked]

    def _looks(self) -> list[model.LookLine]:
        grouped: dict[tuple[M, str], list[date]] = {}
        today = self._office.today()
        for entry in self._reading.find(AuditEntry, eq("person_id", self._person)):
            day = entry.at.astimezone(self._zone).date()
            if later(day, _LOOKS_MONTHS, Unit.MONTHS) >= today:
                grouped.setdefault((self._caller(entry.actor), entry.act), []).append(day)
        return [
            model.LookLine(who=role, why=labels.why(why), last=max(days), times=len(days))
            for (role, why), days in sorted(grouped.items(), key=lambda one: (one[0][0].text, one[0][1]))
        ]

    def _purposes(self) -> list[model.PurposeLine]:
        lines: dict[tuple[str, str], model.PurposeLine] = {}
        for step in self._plan:
            if not self._reading.count(step.told.record, eq(step.subject.column, self._person)):
                continue
            for column in step.shown:
                handling = column.handling
                key = (handling.purpose.text, handling.basis.value)
                lines.setdefault(
                    key,
                    model.PurposeLine(
                        purpose=handling.purpose,
                        basis=_ground(handling),
                        article=labels.ARTICLES[handling.basis],
                        how_long=self._how_long(handling.keep),
                    ),
                )
        return list(lines.values())

    def _how_long(self, keep: Keep) -> M:
        """The rule in force at the shop, with its end for this person; else what the declaration says.

        The shop's rule for permissions says how long a yes is valid, which is no keeping time.
        """
        if keep == PERMISSION.keep:
            return keep.words
        code = self._times.code if keep.rule == CUSTOMER_RULE.rule else keep.rule
        rule = self._times.rules.get(code)
        if rule is None:
            return keep.words
        return sentence(rule, self._times.contact_until if code == self._times.code else None)

    def _summary(
        self,
        sections: Sequence[model.Section],
        consents: Sequence[model.ConsentTopic],
        recipients: Sequence[model.RecipientLine],
    ) -> model.Summary:
        parts: list[M] = [
            M("{what} ({number})", what=section.title, number=len(section.entries))
            for section in sections
            if section.entries
        ]
        said = sum(len(topic.events) for topic in consents)
        if said:
            parts.append(M("{what} ({number})", what=labels.SECTIONS[Section.CONSENTS], number=said))
        until = self._times.contact_until
        source = self._contact.source if self._contact and self._contact.source else FROM_YOU
        return model.Summary(
            what=sentence_of(parts),
            what_for=self._what_for(),
            where_from=M("{source}.", source=source),
            to_whom=to_whom(recipients),
            how_long=M(
                "Until {day} at the longest without a new look; an original invoice as long as the law demands.",
                day=until,
            )
            if until
            else M("By our keeping times, see below."),
        )

    def _what_for(self) -> M:
        basis = self._contact.basis if self._contact else None
        if basis is None:
            return M("To deliver an order that somebody else placed.")
        return M("Why we may keep this: {basis}. Every single use is listed below.", basis=labels.of(basis))


def _ground(handling: Handling) -> M:
    """Why something may be held; for what is very private also the condition under which it may."""
    basis = labels.of(handling.basis)
    return basis if handling.special is None else M("{basis}: {special}", basis=basis, special=handling.special)


def sentence_of(parts: Sequence[M]) -> M:
    """Several things in one sentence."""
    return M("{all}.", all=labels.joined(parts)) if parts else M("nothing")
