"""The answer to "what do you have about me?": everything, derived from the declarations (Art. 15 GDPR)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm import __version__
from desktop_crm.documents import model
from desktop_crm.host.ids import id_text
from desktop_crm.privacy.access import AccessStep, access_plan
from desktop_crm.privacy.deadlines import answer_due
from desktop_crm.privacy.gate import AboutOnePerson, to_the_person
from desktop_crm.privacy.presets import load_preset
from desktop_crm.privacy.terms import Unit, ends, kept_until, later
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact, ContactAddress, Stage
from desktop_crm.records.declare import Basis, Keep, Section
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.handling import CUSTOMER_RULE, PERMISSION
from desktop_crm.records.interaction import Channel, Interaction
from desktop_crm.records.purchase import Original, Purchase
from desktop_crm.records.purpose import Notice, Wording
from desktop_crm.records.registry import inventory
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.records.retention import RetentionRule
from desktop_crm.services import labels
from desktop_crm.services.access_entries import EntryMaker, headline_columns
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.consents import Permission, permissions
from desktop_crm.services.keeping_words import sentence
from desktop_crm.services.letterheads import authority_on_paper, on_envelope, shop_on_paper
from desktop_crm.services.numbering import next_number
from desktop_crm.services.office import Office
from desktop_crm.services.saving import Saved, check_folder, save
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem, Words, spoken

_LOOKS_MONTHS = 12
_CONSENT_COLUMNS = {
    "purpose_id",
    "channel",
    "state",
    "how",
    "wording_id",
    "notice_id",
    "happened_at",
    "recorded_at",
    "actor",
    "evidence",
}
"""What `_line` shows of a consent event; compared with the declaration, so that a new column cannot be forgotten."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An access report that was handed out: its number, its files, how many entries it holds."""

    number: str
    papers: tuple[Saved, ...]
    entries: int


@act(Verb.EXPORT, PrivacyRequest)
def access_report(
    office: Office,
    person: bytes,
    out: Path,
    *,
    channel: Channel | None = None,
    received_on: date | None = None,
) -> Answered:
    """Answer a request for a copy: registers it, and writes the report as PDF (JSON inside) and as JSON.

    `channel` and `received_on` stand on the paper where they were told; the register takes the counter and today.

    Raises Problem when there is nobody, or the folder cannot be written to; then nothing is registered.
    """
    check_folder(out)
    asked = received_on or office.today()
    told_on = asked if channel is not None else received_on
    request = office.new_id()

    def register(writing: Writing, trace: Trace) -> str:
        _name_of(writing, person)
        number = next_number(writing, "R", office.today().year)
        due = answer_due(asked, office.shop.country, office.shop.region)
        writing.insert(
            PrivacyRequest(
                id=request,
                number=number,
                person_id=person,
                kind=RequestKind.ACCESS,
                channel=channel or Channel.COUNTER,
                received_on=asked,
                due_on=due.due,
                created_at=office.clock.now(),
            )
        )
        trace.person, trace.row = person, request
        return number

    number = office.write(register)
    words = Words(_language(office, person), office.shop.zone)
    report = office.read(lambda reading: Collector(office, reading, person).report(number, told_on, channel, words))
    papers = save(out, _papers(number, report, person, words))
    digest = papers[0].sha256

    def close(writing: Writing, trace: Trace) -> None:
        writing.update(PrivacyRequest, request, closed_at=office.clock.now(), paper_sha256=digest)
        trace.person, trace.row = person, request

    office.write(close)
    return Answered(number, tuple(papers), report.entry_count)


def _papers(number: str, report: model.AccessReport, person: bytes, words: Words) -> dict[str, bytes]:
    from desktop_crm.documents.access_report import access_report_files

    released = to_the_person(AboutOnePerson(person, report), asked_by=person)
    paper, machine = access_report_files(released, words)
    return {f"access-{number}.pdf": paper, f"access-{number}.json": machine}


def _language(office: Office, person: bytes) -> str:
    """The language of the paper: the person's if the papers speak it, else the shop's."""
    contact = office.read(lambda reading: reading.get(Contact, person))
    return (spoken(contact.language) if contact else None) or office.shop.language


def _name_of(reading: Reading, person: bytes) -> str:
    for record in (Contact, DeliveryRecipient):
        row = reading.get(record, person)
        if row is not None:
            return str(getattr(row, "name"))  # noqa: B009 - one of two records with a name
    raise Problem(M("Nobody here has this number or email address."))


def addressee(reading: Reading, person: bytes) -> tuple[str, ...]:
    """The lines of the address window: the name, and the first postal address where there is one."""
    name = _name_of(reading, person)
    for address in reading.find(ContactAddress, eq("contact_id", person), limit=1):
        town = " ".join(part for part in (address.postal_code, address.city) if part)
        lines = (address.street, address.extra, address.po_box, town, address.country)
        return (name, *(line for line in lines if line))
    return (name,)


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
        self._contact = reading.get(Contact, person)
        self._rules = {rule.code: rule for rule in reading.find(RetentionRule)}
        self._maker = EntryMaker(reading, office.shop.zone, M("from you"))
        self._preset = load_preset(office.shop.country, office.shop.region)

    def report(
        self, number: str, received_on: date | None, channel: Channel | None, words: Words
    ) -> model.AccessReport:
        """The whole report. What was not told of the request, `received_on` or `channel`, is left off the paper."""
        self._untold = number if channel is None else None
        sections = tuple(self._sections())
        consents = tuple(self._topic(p) for p in self._permissions())
        looks = tuple(self._looks())
        report = model.AccessReport(
            number=number,
            made_at=self._office.clock.now(),
            language=words.language,
            zone=words.zone,
            shop=shop_on_paper(self._shop),
            addressee=on_envelope(addressee(self._reading, self._person), self._shop, words),
            request_channel=labels.REQUESTS_BY[channel] if channel is not None else None,
            received_on=received_on,
            summary=self._summary(sections, consents),
            sections=sections,
            consents=consents,
            looks=looks,
            recipients=(),
            purposes=tuple(self._purposes()),
            outside=(),
            automated=M("We decide nothing about you by a program alone, and we build no profile of you."),
            authority=authority_on_paper(self._preset),
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

    def _held(self) -> int:
        """How many rows the person has by the same plan, counted in the file: a row dropped on the way would show."""
        steps = (s for s in self._plan if s.told.section is not Section.LOOKS)
        return sum(self._reading.count(s.told.record, eq(s.subject.column, self._person)) for s in steps)

    def _sections(self) -> list[model.Section]:
        made = []
        for section in (Section.DETAILS, Section.ORDERS, Section.NOTES, Section.CONSENTS, Section.RIGHTS):
            steps = [s for s in self._plan if s.told.section is section]
            if section is Section.DETAILS:
                entries = [e for s in steps for e in self._entries(s)]
                made.append(
                    model.Section(section.value, labels.SECTIONS[section], None, model.Layout.FACTS, tuple(entries))
                )
            elif section is Section.CONSENTS:
                made.append(model.Section(section.value, labels.SECTIONS[section], None, model.Layout.CONSENTS))
            else:
                made += [table for s in steps if (table := self._table(s, steps[0])) is not None]
        return made

    def _table(self, step: AccessStep, first: AccessStep) -> model.Section | None:
        """A kind of record as a table of its own; kinds of which there is nothing are told of once a section."""
        entries = tuple(self._entries(step))
        if not entries and (step is not first or step.told.section is Section.RIGHTS):
            return None
        title = labels.SECTIONS[step.told.section] if step is first and step.told.section else step.told.plural
        return model.Section(step.told.name, title, None, model.Layout.TABLE, entries, headline_columns(step))

    def _entries(self, step: AccessStep) -> list[model.Entry]:
        made = self._maker.of(step, self._person)
        if "happened_at" in (c.name for c in step.shown):
            made.sort(key=lambda one: one[0].happened_at, reverse=True)
        elif "bought_on" in (c.name for c in step.shown):
            made.sort(key=lambda one: one[0].bought_on, reverse=True)
        return [self._with_end(row, entry) for row, entry in made]

    def _with_end(self, row: Any, entry: model.Entry) -> model.Entry:
        if isinstance(row, Purchase) and row.original is Original.HERE:
            keeping = self._preset.keeping("invoice")
            until = kept_until(row.bought_on, keeping.length, keeping.unit, keeping.anchor)
            return replace(entry, until=until, kept_by=labels.law(keeping.law))
        if isinstance(row, PrivacyRequest) and row.number == self._untold:
            entry = replace(entry, facts=tuple(fact for fact in entry.facts if fact.name != "channel"))
        return replace(entry, until=self._until(row))

    def _until(self, row: Any) -> date | None:
        """The last day by the row's own rule where it has one, but never longer than the contact."""
        ends_on = [self._contact_until()]
        if isinstance(row, DeliveryRecipient) and "delivery-recipient" in self._rules:
            ends_on.append(ends(row.deliver_on, self._rules["delivery-recipient"]))
        if isinstance(row, Interaction) and "service-note" in self._rules:
            happened_on = row.happened_at.astimezone(self._zone).date()
            ends_on.append(ends(happened_on, self._rules["service-note"]))
        return min((day for day in ends_on if day is not None), default=None)

    def _contact_until(self) -> date | None:
        """The last day on which the contact, and what lies with it, is kept without a new look."""
        rule = self._rules.get(self._rule_code())
        if rule is None or self._contact is None:
            return None
        if rule.start == "created":
            return ends(self._contact.created_at.astimezone(self._zone).date(), rule)
        return ends(self._contact.last_activity_on, rule)

    def _rule_code(self) -> str:
        if self._contact is None:
            return "delivery-recipient"
        if self._contact.basis is Basis.UNSORTED:
            return "unsorted"
        if self._contact.stage is Stage.LEAD:
            return "lead"
        bought = self._reading.count(Purchase, eq("contact_id", self._person))
        return "customer" if bought or self._contact.stage is Stage.CUSTOMER else "contact-without-purchase"

    # Permissions

    def _permissions(self) -> list[Permission]:
        if self._contact is None:
            return []
        return permissions(self._reading, self._person, self._office.clock.now())

    def _topic(self, permission: Permission) -> model.ConsentTopic:
        state = permission.standing.state
        tones = {ConsentState.GIVEN: model.Tone.YES, ConsentState.REFUSED: model.Tone.NO}
        return model.ConsentTopic(
            purpose=permission.purpose.name,
            channel=None,
            state=labels.of(state) if state else M("not asked yet"),
            since=permission.standing.since.astimezone(self._zone).date() if permission.standing.since else None,
            events=tuple(self._line(event) for event in permission.events),
            tone=tones.get(state, model.Tone.QUIET) if state else model.Tone.QUIET,
            name=permission.purpose.code,
        )

    def _line(self, event: ConsentEvent) -> model.ConsentLine:
        step = next(s for s in self._plan if s.told.record is ConsentEvent)
        if {c.name for c in step.shown} != _CONSENT_COLUMNS:
            raise RuntimeError("a column of the consent ledger has no place in the access report")
        wording = self._reading.get(Wording, event.wording_id) if event.wording_id else None
        notice = self._reading.get(Notice, event.notice_id) if event.notice_id else None
        how = M(
            "{how}, recorded by: {actor}, on {at}",
            how=labels.of(event.how),
            actor=labels.ROLES.get(event.actor, M("Staff")),
            at=event.recorded_at,
        )
        if event.evidence:
            how = M("{how}; proof: {evidence}", how=how, evidence=event.evidence)
        if notice is not None:
            how = M("{how}; with privacy notice version {n}", how=how, n=notice.version)
        return model.ConsentLine(
            at=event.happened_at,
            state=labels.of(event.state),
            how=how,
            version=wording.version if wording else None,
            language=wording.language if wording else None,
            wording=wording.text if wording else "",
            id=id_text(event.id),
        )

    # What else Art. 15(1) asks for

    def _looks(self) -> list[model.LookLine]:
        grouped: dict[tuple[str, str], list[date]] = {}
        today = self._office.today()
        for entry in self._reading.find(AuditEntry, eq("person_id", self._person)):
            day = entry.at.astimezone(self._zone).date()
            if later(day, _LOOKS_MONTHS, Unit.MONTHS) >= today:
                grouped.setdefault((entry.actor, entry.act), []).append(day)
        return [
            model.LookLine(
                who=labels.ROLES.get(actor, M("Staff")), why=labels.why(why), last=max(days), times=len(days)
            )
            for (actor, why), days in sorted(grouped.items())
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
                        basis=labels.of(handling.basis),
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
        code = self._rule_code() if keep.rule == CUSTOMER_RULE.rule else keep.rule
        rule = self._rules.get(code)
        if rule is None:
            return keep.words
        return sentence(rule, self._contact_until() if code == self._rule_code() else None)

    def _summary(self, sections: Sequence[model.Section], consents: Sequence[model.ConsentTopic]) -> model.Summary:
        parts: list[M] = [
            M("{what} ({number})", what=section.title, number=len(section.entries))
            for section in sections
            if section.entries
        ]
        said = sum(len(topic.events) for topic in consents)
        if said:
            parts.append(M("{what} ({number})", what=labels.SECTIONS[Section.CONSENTS], number=said))
        until = self._contact_until()
        source = self._contact.source if self._contact and self._contact.source else M("from you")
        return model.Summary(
            what=sentence_of(parts),
            what_for=self._what_for(),
            where_from=M("{source}.", source=source),
            to_whom=M("Nobody. We have not passed your data on from this program."),
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


def sentence_of(parts: Sequence[M]) -> M:
    """Several things in one sentence."""
    return M("{all}.", all=labels.joined(parts)) if parts else M("nothing")
