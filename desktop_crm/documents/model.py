"""What the papers are made from: plain frozen values, no database and no layout."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop_crm.privacy.receipt import Receipt
from desktop_crm.words import M, Value


class Layout(StrEnum):
    """How a section of an access report is set."""

    FACTS = "facts"
    """One row per fact: what, what it says, where from, since when."""
    TABLE = "table"
    """One row per entry with `Section.columns`; every other fact in small print below it."""
    CONSENTS = "consents"
    """The consents of the report by purpose; entries of the section follow as a table."""


class Tone(StrEnum):
    """What a state means, for its colour. The words always say it too."""

    YES = "yes"
    NO = "no"
    QUIET = "quiet"


class Form(StrEnum):
    """What a stored text is a code of, so that people read it in their language."""

    PLAIN = "plain"
    BIRTHDAY = "birthday"
    COUNTRY = "country"
    LANGUAGE = "language"
    KIND = "kind"
    STROKES = "strokes"
    """A signature."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that is held: whole in what is for machines, on paper its kind, size and check sum."""

    content: bytes = field(repr=False)
    media_type: str

    @property
    def sha256(self) -> str:
        """The check sum of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is held: `name` for machines, `label` for people; `value` as it is stored."""

    name: str
    label: M
    value: Value | File
    form: Form = Form.PLAIN


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something covered to protect others, with the reason (GDPR Art. 15(4))."""

    label: M
    reason: M


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the vault. `kept_by` is the law that keeps it until `until`; without it `until` is our own rule."""

    record: str
    id: str
    facts: tuple[Fact, ...]
    source: M | str | None = None
    since: date | None = None
    until: date | None = None
    withheld: tuple[Withheld, ...] = ()
    kept_by: M | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind. `key` is its name for machines, `columns` are names of facts."""

    key: str
    title: M
    note: M | None
    layout: Layout
    entries: tuple[Entry, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One event of a consent. `language` is a code such as `pl`; `notice` what else was shown with the wording."""

    at: datetime
    state: M
    how: M | None
    version: int | None
    language: str | None
    wording: str
    notice: str | None = None
    id: str | None = None
    facts: tuple[Fact, ...] = ()
    """What else is held of the answer: until when it counts, who stood by, on which device."""


@dataclass(frozen=True, slots=True)
class ConsentTopic:
    """A purpose that was asked for, its present state and every event, the newest first."""

    purpose: M | str
    channel: M | None
    state: M
    since: date | None
    events: tuple[ConsentLine, ...] = ()
    tone: Tone = Tone.QUIET
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Shop:
    """Who holds the data. `responsible` is the person who signs, `role` what they are."""

    name: str
    strapline: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None
    phone: str | None = None
    email: str | None = None
    responsible: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """The supervisory authority of the shop's place (GDPR Art. 77)."""

    name: str
    place: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class PurposeLine:
    """One use of the data (GDPR Art. 15(1)(a) and (d)); `article` is the rule of law."""

    purpose: M | str
    basis: M
    article: M
    how_long: M


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """Who was given data (GDPR Art. 15(1)(c)); `detail` says what they are and where they sit."""

    name: M | str
    what: M | str
    why: M | str
    detail: M | str | None = None


@dataclass(frozen=True, slots=True)
class LookLine:
    """Who looked, by role: not by name, since staff are people too."""

    who: M | str
    why: M | str
    last: date
    times: int


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """A place outside the program that was searched too."""

    place: M | str
    what: M | str
    checked: date | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The first page: five answers in a sentence each. `what` follows the number of entries and a colon."""

    what: M
    what_for: M
    where_from: M
    to_whom: M
    how_long: M


@dataclass(frozen=True, slots=True)
class AccessReport:
    """Everything about one person, GDPR Art. 15. `addressee` is the name and the lines of the address.

    `entry_count` is how many rows the person has in the vault by the same plan: a row dropped on the way shows.

    Raises:
        ValueError: the report lists fewer or more than was found.
    """

    number: str
    made_at: datetime
    language: str
    zone: str
    shop: Shop
    addressee: tuple[str, ...]
    request_channel: M | None
    received_on: date | None
    summary: Summary
    sections: tuple[Section, ...]
    consents: tuple[ConsentTopic, ...]
    looks: tuple[LookLine, ...]
    recipients: tuple[RecipientLine, ...]
    purposes: tuple[PurposeLine, ...]
    outside: tuple[OutsideLine, ...]
    automated: M
    authority: Authority | None
    entry_count: int
    program: str = ""
    looks_note: M | None = None
    kept_copy: M | None = None

    def __post_init__(self) -> None:
        if self.held() != self.entry_count:
            raise ValueError(f"{self.entry_count} entries found, {self.held()} listed")

    def held(self) -> int:
        """Entries and events of consent that this report lists."""
        rows = sum(len(section.entries) for section in self.sections)
        return rows + sum(len(topic.events) for topic in self.consents)

    def covered(self) -> int:
        """Entries in which something is covered."""
        return sum(1 for section in self.sections for entry in section.entries if entry.withheld)


@dataclass(frozen=True, slots=True)
class Stays:
    """Something that has to stay, locked, with the law that says so."""

    what: M
    count: int
    law: M
    until: date | None


@dataclass(frozen=True, slots=True)
class FinalSearch:
    """The search of every page after an erasure.

    `also_held_for_others` is a part of `details`: found, but living people have them too, so that proves nothing.
    `pending`: the search was not run to its end.
    """

    pages: int
    details: int
    found: int
    also_held_for_others: int = 0
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was done outside the customer file: copies, services, paper."""

    where: M
    what: M
    when: date | None = None


@dataclass(frozen=True, slots=True)
class ErasureRecord:
    """Proof of an erasure that names nobody."""

    number: str
    asked_on: date | None
    done_at: datetime
    ground: M
    article: M
    actor: M
    gone: tuple[tuple[M, int], ...]
    stays: tuple[Stays, ...]
    search: FinalSearch
    elsewhere: tuple[Elsewhere, ...]
    log_entry: int
    seal: str
    version: str
    shop: Shop
    made_at: datetime
    language: str
    zone: str = "UTC"
    anonymised: tuple[tuple[M, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """How often somebody who works here did something: `act` for machines, `what` for people."""

    act: str
    what: M
    times: int
    last: date


@dataclass(frozen=True, slots=True)
class StaffReport:
    """What is held about somebody who works here. No customer occurs in it."""

    shop: Shop
    made_at: datetime
    language: str
    zone: str
    version: str
    facts: tuple[Fact, ...]
    sign_ins: tuple[tuple[date, int], ...]
    """By month, told by its first day."""
    done: tuple[Done, ...]
    confirmed: tuple[date, ...]
    kept: M


@dataclass(frozen=True, slots=True)
class CustomerLetter:
    """Tells a person what was erased. It is handed over and not kept."""

    number: str
    made_at: datetime
    asked_on: date | None
    language: str
    zone: str
    shop: Shop
    addressee: tuple[str, ...]
    gone: tuple[tuple[M, int], ...]
    stays: tuple[Stays, ...]
    search: FinalSearch
    mark: M | None
    elsewhere: M | None
    authority: Authority | None
    anonymised: tuple[tuple[M, int], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptPaper:
    """Answers that a person takes home: the receipt, and what the paper needs besides."""

    receipt: Receipt
    name: str
    shop: Shop
    authority: Authority | None
    made_at: datetime
    language: str
    zone: str
    said: Callable[[StrEnum], M]
    """The plain words of a stored code."""
    articles: Mapping[StrEnum, M]


@dataclass(frozen=True, slots=True, repr=False)
class Taken:
    """One kind of detail that a person told: `record` for machines, `title` for people, the facts of each row."""

    record: str
    title: M
    rows: tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class TakeAlong:
    """What a person told the shop, to take along to another one (GDPR Art. 20)."""

    number: str
    made_at: datetime
    language: str
    zone: str
    shop: Shop
    addressee: tuple[str, ...]
    program: str
    kinds: tuple[Taken, ...]

    def details(self) -> int:
        """How many details there are in all."""
        return sum(len(facts) for kind in self.kinds for facts in kind.rows)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The sheet that opens the customer file when the computer cannot: eight groups and a check group."""

    shop: str
    begun_on: date
    printed_on: date
    groups: tuple[str, ...] = field(repr=False)
    check: str = field(repr=False)
    version: str
