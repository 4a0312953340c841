"""Turns rows of a list into records, many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.intake.person import Address, LeftOut, PersonDraft, Reach
from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.privacy.permission import as_said
from desktop_crm.records.batch import ImportFill
from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, ContactWebsite, Stage
from desktop_crm.records.declare import Basis, declaration
from desktop_crm.records.interaction import Channel, Interaction
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.records.use import MendingCause
from desktop_crm.services import labels, mending, people
from desktop_crm.services.consents import last_answer, last_seal, runs_out, sealed
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M

NEWSLETTER = "newsletter"
STAYS = M("the entry here says something else, and that stays")
ANSWERED = M("the person has answered already; a list cannot turn that into a yes")
_FILLABLE = (
    "prefix",
    "given",
    "middle",
    "family",
    "suffix",
    "nickname",
    "department",
    "job_title",
    "birthday",
    "language",
)
_STAGES = {Basis.CONTRACT: Stage.CUSTOMER}
_ORDER: tuple[type, ...] = (
    Company,
    Tag,
    Contact,
    ContactEmail,
    ContactPhone,
    ContactAddress,
    ContactWebsite,
    ContactTag,
    Interaction,
    ConsentEvent,
    ImportFill,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a whole list says of its people: where from, why they are kept, where they stand, how a yes is proved."""

    source: str
    basis: Basis
    stage: Stage | None = None
    proof: str = ""
    signed_up_by: date | None = None
    all_signed_up: bool = False

    @property
    def proves(self) -> bool:
        """Whether it can be shown how and by when they said yes."""
        return bool(self.proof) and self.signed_up_by is not None


class DraftWriter:
    """Collects the records of a list and writes them in bulk, those first that others refer to."""

    def __init__(self, office: Office, writing: Writing, batch: bytes, origin: Origin) -> None:
        self._office = office
        self._writing = writing
        self._batch = batch
        self._origin = origin
        self._stage = origin.stage or _STAGES.get(origin.basis, Stage.LEAD)
        self._now: datetime = office.clock.now()
        self._today = office.today()
        self._rows: dict[type, list[Any]] = {record: [] for record in _ORDER}
        self._companies = {c.match: c.id for c in writing.stream(Company)}
        self._tags = {t.match: t.id for t in writing.stream(Tag)}
        self._signed_up_at = self._noon_of(origin.signed_up_by) if origin.signed_up_by else self._now
        purposes = writing.find(Purpose, eq("code", NEWSLETTER))
        self._newsletter = purposes[0] if purposes else None

    def _noon_of(self, day: date) -> datetime:
        """The middle of a day in the shop, as far as it has come."""
        noon = datetime.combine(day, time(12), ZoneInfo(self._office.shop.zone)).astimezone(UTC)
        return min(noon, self._now)

    def flush(self) -> None:
        """Write what was collected."""
        for record, rows in self._rows.items():
            self._writing.insert_many(record, rows)
            rows.clear()

    def add(self, draft: PersonDraft, name: str, emails: Iterable[str], twin: bytes | None = None) -> bytes:
        """Collect a new contact and all that belongs to it; returns its number.

        A no of `twin`, the same person who is here already, holds for the new contact as well.
        """
        key = self._office.new_id()
        self._rows[Contact].append(
            Contact(
                id=key,
                name=name,
                sort_name=people.sort_form(name),
                prefix=draft.prefix,
                given=draft.given,
                middle=draft.middle,
                family=draft.family,
                suffix=draft.suffix,
                nickname=draft.nickname,
                company_id=self._company(draft.company),
                department=draft.department,
                job_title=draft.job_title,
                birthday=draft.birthday,
                language=draft.language,
                stage=Stage(draft.stage) if draft.stage else self._stage,
                basis=self._origin.basis,
                source=self._origin.source,
                batch_id=self._batch,
                last_activity_on=self._today,
                created_at=self._now,
            )
        )
        self._reach(key, draft, emails)
        for address in draft.addresses:
            self._address(key, address)
        for website in draft.websites:
            self._website(key, website)
        self._rest(key, draft)
        answer = self._answer(draft)
        if answer is not None:
            self._permission(key, answer and not self._said_no(twin), CHAIN_START)
        return key

    def _said_no(self, key: bytes | None) -> bool:
        """Whether the last answer of somebody who is here already is a no."""
        if key is None or self._newsletter is None:
            return False
        self.flush()
        last, _ = last_answer(self._writing, key, self._newsletter, self._now)
        return last is not None and last.state in {ConsentState.REFUSED, ConsentState.WITHDRAWN}

    def complete(self, key: bytes, draft: PersonDraft, emails: Iterable[str]) -> tuple[bool, list[LeftOut]]:
        """Add to a contact that is here what it lacks; whether it lacked anything.

        Nothing that is there is overwritten: that is returned, too.
        """
        self.flush()
        mine = eq("contact_id", key)
        left = self._fill(key, draft)
        known = {e.match for e in self._writing.find(ContactEmail, mine)}
        known |= {p.match for p in self._writing.find(ContactPhone, mine)}
        self._reach(key, draft, emails, known)
        stored = [_address_parts(a) for a in self._writing.find(ContactAddress, mine)]
        for address in draft.addresses:
            if not any(_address_parts(address) <= parts for parts in stored):
                self._address(key, address)
        urls = {w.url for w in self._writing.find(ContactWebsite, mine)}
        for website in draft.websites:
            if website.value not in urls:
                self._website(key, website)
        worn = {t.tag_id for t in self._writing.find(ContactTag, mine)}
        noted = {i.text for i in self._writing.find(Interaction, mine)}
        self._rest(key, draft, worn, noted)
        left += self._later_answer(key, self._answer(draft))
        lacked = any(self._rows.values())
        self.flush()
        return lacked, left

    def _fill(self, key: bytes, draft: PersonDraft) -> list[LeftOut]:
        """Fill what is empty; returns what is not, where the list says something else."""
        contact = self._writing.get(Contact, key)
        if contact is None:
            return []
        offered = {n: v for n in _FILLABLE if (v := getattr(draft, n))}
        values: dict[str, Any] = {n: v for n, v in offered.items() if getattr(contact, n) is None}
        left = [
            self._left(n, v, STAYS)
            for n, v in offered.items()
            if n not in values and people.sort_form(v) != people.sort_form(getattr(contact, n))
        ]
        if draft.stage and draft.stage != contact.stage:
            left.append(self._left("stage", draft.stage, STAYS))
        if draft.company and contact.company_id is None:
            values["company_id"] = self._company(draft.company)
            self.flush()
        elif draft.company and contact.company_id != self._companies.get(people.sort_form(draft.company)):
            left.append(self._left("company_id", draft.company, STAYS))
        if values:
            self._writing.update(Contact, key, **values)
        for name in values:
            self._put(ImportFill, key, field=name)
        return left

    def _left(self, field: str, value: str, reason: M) -> LeftOut:
        return LeftOut(self._office.words.say(declaration(Contact).column(field).label), value, reason)

    def _put(self, record: type[Any], key: bytes, **values: Any) -> None:
        self._rows[record].append(
            record(id=self._office.new_id(), contact_id=key, batch_id=self._batch, created_at=self._now, **values)
        )

    def _reach(
        self,
        key: bytes,
        draft: PersonDraft,
        emails: Iterable[str],
        known: Iterable[str] = (),
    ) -> None:
        there = set(known)
        for email, form in zip(draft.emails, emails, strict=True):
            if form not in there:
                self._put(ContactEmail, key, address=email.value, match=form, label=email.label)
        for phone in draft.phones:
            form = people.phone_match(phone)
            if form not in there:
                self._put(ContactPhone, key, number=phone.value, match=form, label=phone.label)

    def _address(self, key: bytes, address: Address) -> None:
        self._put(
            ContactAddress,
            key,
            street=address.street or address.written,
            extra=address.extra,
            po_box=address.po_box,
            postal_code=address.postal_code,
            city=address.city,
            region=address.region,
            country=address.country,
            label=address.label,
        )

    def _website(self, key: bytes, website: Reach) -> None:
        self._put(ContactWebsite, key, url=website.value, label=website.label)

    def _rest(
        self,
        key: bytes,
        draft: PersonDraft,
        worn: Iterable[bytes] = (),
        noted: Iterable[str] = (),
    ) -> None:
        there, said = set(worn), set(noted)
        for tag in (self._tag(name) for name in draft.tags):
            if tag not in there:
                there.add(tag)
                self._put(ContactTag, key, tag_id=tag)
        for text in draft.notes:
            if text not in said:
                self._put(Interaction, key, text=text, happened_at=self._now, actor=self._office.who.name)

    def _answer(self, draft: PersonDraft) -> bool | None:
        """What the list says of a person, or with proof whoever brings it in of everybody on it."""
        everybody = self._origin.all_signed_up and self._origin.proves
        return True if everybody and draft.newsletter is None else draft.newsletter

    def _later_answer(self, key: bytes, yes: bool | None) -> list[LeftOut]:
        """Of somebody who is here already, a list can add a no; a yes only where nothing was ever said but a claim."""
        if yes is None or self._newsletter is None:
            return []
        lines = as_said(self._writing.find(ConsentEvent, eq("contact_id", key)))
        said = [line.state for line in lines if line.purpose_id == self._newsletter.id]
        proved_now = self._origin.proves and said and said[-1] is ConsentState.CLAIMED
        if yes and said and not proved_now:
            known = said[-1] in {ConsentState.CLAIMED, ConsentState.GIVEN}
            words = self._office.words
            return [] if known else [LeftOut(self._newsletter.name, words.say(labels.of(ConsentState.GIVEN)), ANSWERED)]
        if not said or said[-1] not in {ConsentState.REFUSED, ConsentState.WITHDRAWN}:
            self._permission(key, yes, last_seal(self._writing, key))
            if not yes:
                mending.over(self._office, self._writing, key, MendingCause.WITHDRAWN, {self._newsletter.id})
        return []

    def say_no(self, key: bytes) -> bool:
        """Take over the no of somebody who is here already, unless their last word is a no; whether it was needed."""
        self.flush()
        before = len(self._rows[ConsentEvent])
        self._later_answer(key, False)
        added = len(self._rows[ConsentEvent]) > before
        self.flush()
        return added

    def _permission(self, key: bytes, yes: bool, last: bytes) -> None:
        """A list can say no for a person, but not yes: that is claimed until it can be shown how and when it was said.

        The yes counts from that day, not from the one on which the list came: so it runs out when it should.
        """
        if self._newsletter is None:
            return
        proof = (self._origin.proof or None) if yes else None
        proved = yes and self._origin.proves
        state = ConsentState.GIVEN if proved else ConsentState.CLAIMED if yes else ConsentState.REFUSED
        said_at = self._signed_up_at if proved else self._now
        event = ConsentEvent(
            id=self._office.new_id(),
            contact_id=key,
            purpose_id=self._newsletter.id,
            channel=Channel(self._newsletter.channel),
            state=state,
            how=ConsentHow.IMPORT,
            evidence=proof,
            happened_at=said_at,
            recorded_at=self._now,
            actor=self._office.who.name,
            batch_id=self._batch,
            ends_at=runs_out(self._newsletter, state, said_at),
            previous=last,
            seal=CHAIN_START,
        )
        self._rows[ConsentEvent].append(sealed(self._office.ledger_key, event))

    def _company(self, name: str | None) -> bytes | None:
        return self._shared(Company, self._companies, name) if name else None

    def _tag(self, name: str) -> bytes:
        return self._shared(Tag, self._tags, name)

    def _shared(self, record: type[Any], known: dict[str, bytes], name: str) -> bytes:
        form = people.sort_form(name)
        if form not in known:
            known[form] = self._office.new_id()
            self._rows[record].append(record(id=known[form], name=name, match=form, created_at=self._now))
        return known[form]


def _address_parts(address: Address | ContactAddress) -> set[tuple[str, str]]:
    """What is told of an address, so that one that tells less of the same place is known again."""
    told = {n: getattr(address, n) for n in ("extra", "po_box", "postal_code", "city", "region", "country")}
    told["street"] = address.street or getattr(address, "written", None)
    return {(name, value) for name, value in told.items() if value}
