"""What differs from country to country: data with source and date, never code.

Files: `resources/presets/<country>.toml` over `generic.toml`. The shop's adviser has to check them; nothing here is
legal advice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from desktop_crm.privacy.channels import RULED, Rules, channel_rule
from desktop_crm.privacy.strict_toml import Table, read_table
from desktop_crm.privacy.terms import Anchor, Unit
from desktop_crm.resource_files import resource
from desktop_crm.words import Exit, M, Problem

GENERIC = "generic"
_COMMON_NAMES = {"UK": "GB", "EL": "GR"}
"""Codes people use instead of the ISO one."""


class Start(StrEnum):
    """The event from which a rule counts."""

    CREATED = "created"
    OCCURRED = "occurred"
    LAST_ACTIVITY = "last_activity"
    LAST_CONTACT_BY_PERSON = "last_contact_by_person"
    NOTICED = "noticed"
    ISSUED = "issued"
    DELIVERED = "delivered"
    GIVEN = "given"
    LAST_USED = "last_used"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    ERASED = "erased"


class Condition(StrEnum):
    """To which rows of its record a rule applies."""

    ALWAYS = "always"
    LEAD = "lead"
    LEAD_NOTICED = "lead_noticed"
    WITHOUT_PURCHASE = "without_purchase"
    CUSTOMER = "customer"
    UNSORTED = "unsorted"
    MARKETING_ONLY = "marketing_only"
    CONSENT_VALID = "consent_valid"
    UNUSED = "unused"
    USED_EMAIL = "used_email"
    USED_PHONE = "used_phone"
    OBJECTED = "objected"
    CLOSED = "closed"
    SECURITY_OR_ERASURE = "security_or_erasure"


class Action(StrEnum):
    """What is due when a rule's time is over."""

    ASK = "ask"
    ANONYMISE = "anonymise"
    ERASE = "erase"


class Law(StrEnum):
    """The law under which privacy requests are answered."""

    GDPR = "gdpr"
    UK_GDPR = "uk-gdpr"
    FADP = "fadp"
    LGPD = "lgpd"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an entry comes from: the law as people quote it (may be empty), its source, the day it was written."""

    habit: bool
    law: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Keeping(Evidence):
    """How long a kind of document (`invoice`, `letter`, `quote`) has to be kept; it may go from the day after."""

    kind: str
    length: int
    unit: Unit
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Rule(Evidence):
    """A retention rule: to which rows it applies, from when, how long, and what is then due."""

    code: str
    record: str
    condition: Condition
    start: Start
    anchor: Anchor
    length: int
    unit: Unit
    action: Action


@dataclass(frozen=True, slots=True)
class Answer(Evidence):
    """Until when a privacy request is answered, from receipt; 0 `extended_length`: no fixed longer term.

    `moves`: a last day that is no working day runs to the end of the next one.
    """

    length: int
    unit: Unit
    extended_length: int
    extended_unit: Unit
    moves: bool


@dataclass(frozen=True, slots=True)
class Age(Evidence):
    """From what age people consent online on their own."""

    years: int


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority to which people may complain about a shop at this place."""

    name: str
    place: str
    website: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Preset:
    """All that follows from the shop's country and region.

    `country` and `region` are codes in capitals; `region` is "" where none was told. `authority` is None where it
    depends on a region that is not known, or the country has no file of its own (`generic` is then true).
    """

    country: str
    region: str
    generic: bool
    law: Law
    regions: Mapping[str, str]
    authority: Authority | None
    age: Age
    answer: Answer
    keepings: tuple[Keeping, ...]
    rules: tuple[Rule, ...]
    channels: Rules
    """What advertising by each way needs that this country rules over."""

    def rule(self, code: str) -> Rule:
        """The rule of that code; KeyError if there is none."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)

    def keeping(self, kind: str) -> Keeping:
        """How long `invoice`, `letter` or `quote` has to be kept; KeyError if there is none."""
        for keeping in self.keepings:
            if keeping.kind == kind:
                return keeping
        raise KeyError(kind)


@cache
def countries() -> tuple[str, ...]:
    """ISO codes, in capitals, of the countries that have a file of their own."""
    codes = (path.stem for path in resource("presets").glob("*.toml"))
    return tuple(sorted(code.upper() for code in codes if code != GENERIC))


@cache
def load_preset(country: str, region: str = "") -> Preset:
    """The preset of a country (ISO 3166-1 code) and region (code or name, e.g. `SN` or `Sachsen`), in any case.

    A country without a file of its own gets the generic preset.

    Raises:
        Problem: the country is no code of two letters, or the region is none of this country.
        ValueError: a shipped file is wrong; the message names file and key.
    """
    code = country.strip().upper()
    code = _COMMON_NAMES.get(code, code)
    if not re.fullmatch("[A-Z]{2}", code):
        raise Problem(
            M("The country is not a code of two letters."),
            todo=M("Please give a code such as DE, AT or GB."),
            code=Exit.USAGE,
        )
    common = _sections(resource("presets", f"{GENERIC}.toml"))
    known = code in countries()
    own = _sections(resource("presets", f"{code.lower()}.toml")) if known else _Sections()
    return _preset(code, region.strip(), known, own.over(common))


@dataclass
class _Sections:
    """The parts of one file; what it leaves out comes from the generic one."""

    law: Law | None = None
    regions: dict[str, str] | None = None
    answer: Table | None = None
    age: Table | None = None
    keepings: Mapping[str, Table] | None = None
    rules: Mapping[str, Table] | None = None
    authorities: list[Table] | None = None
    channels: Mapping[str, Table] | None = None

    def over(self, common: _Sections) -> _Sections:
        """These parts, and those of `common` that are missing here; keepings and rules one by one."""
        return _Sections(
            self.law or common.law,
            self.regions or {},
            self.answer or common.answer,
            self.age or common.age,
            {**(common.keepings or {}), **(self.keepings or {})},
            {**(common.rules or {}), **(self.rules or {})},
            self.authorities or [],
            {**(common.channels or {}), **(self.channels or {})},
        )


def _sections(path: Path) -> _Sections:
    file = read_table(path)
    found = _Sections(
        file.choice("law", Law) if file.has("law") else None,
        file.names("regions") if file.has("regions") else None,
        file.table("answer") if file.has("answer") else None,
        file.table("age") if file.has("age") else None,
        file.tables("keeping") if file.has("keeping") else None,
        file.tables("rules") if file.has("rules") else None,
        file.rows("authorities") if file.has("authorities") else None,
        file.tables("channels") if file.has("channels") else None,
    )
    file.done()
    return found


def _preset(country: str, region: str, known: bool, parts: _Sections) -> Preset:
    regions = parts.regions or {}
    region = _region(region, regions)
    if parts.law is None or parts.answer is None or parts.age is None:
        raise ValueError(f"{GENERIC}.toml: law, answer or age is missing")
    keepings = {kind: _keeping(kind, table) for kind, table in (parts.keepings or {}).items()}
    return Preset(
        country=country,
        region=region,
        generic=not known,
        law=parts.law,
        regions=MappingProxyType(regions),
        authority=_authority(parts.authorities or [], region, regions),
        age=_age(parts.age),
        answer=_answer(parts.answer),
        keepings=tuple(keepings.values()),
        rules=tuple(_rule(code, table, keepings) for code, table in (parts.rules or {}).items()),
        channels=_channels(parts.channels or {}),
    )


def _channels(tables: Mapping[str, Table]) -> Rules:
    rules = {rule.channel: rule for rule in (channel_rule(code, table) for code, table in tables.items())}
    if missing := set(RULED) - rules.keys():
        raise ValueError(f"{GENERIC}.toml: channels.{min(missing)} is missing")
    return MappingProxyType(rules)


def _region(told: str, regions: Mapping[str, str]) -> str:
    """The code of a region told by code or name; as told where the country's file lists none."""
    if not told or not regions:
        return told.upper()
    for code, name in regions.items():
        if told.casefold() in (code.casefold(), name.casefold()):
            return code
    raise Problem(
        M("This country has no such region."),
        todo=M("Please give one of these: {regions}", regions=", ".join(regions)),
        code=Exit.USAGE,
    )


def _authority(rows: list[Table], region: str, regions: Mapping[str, str]) -> Authority | None:
    """The authority of the region, or the country's one; every row is checked."""
    found = None
    for row in rows:
        places = row.texts("regions") if row.has("regions") else ()
        if unknown := set(places) - set(regions):
            raise row.fault("regions", f"names unknown regions {sorted(unknown)}")
        authority = Authority(
            row.text("name"), row.text("place"), row.text("website"), row.text("source"), row.day("as_of")
        )
        row.done()
        if not places or region in places:
            found = authority
    return found


def _evidence(table: Table) -> tuple[bool, str, str, date]:
    habit = table.flag("habit")
    return habit, table.text("law", empty=habit), table.text("source"), table.day("as_of")


def _length(table: Table, key: str = "length") -> int:
    return table.whole(key, 0, 1200)


def _keeping(kind: str, table: Table) -> Keeping:
    keeping = Keeping(
        *_evidence(table), kind, _length(table), table.choice("unit", Unit), table.choice("anchor", Anchor)
    )
    table.done()
    return keeping


def _rule(code: str, table: Table, keepings: Mapping[str, Keeping]) -> Rule:
    """A rule with its own time, or with that of a statutory keeping it refers to."""
    if table.has("keeping"):
        kind = table.text("keeping")
        if kind not in keepings:
            raise table.fault("keeping", "names no keeping time")
        time = keepings[kind]
    else:
        time = Keeping(
            *_evidence(table), "", _length(table), table.choice("unit", Unit), table.choice("anchor", Anchor)
        )
    rule = Rule(
        time.habit,
        time.law,
        time.source,
        time.as_of,
        code,
        table.text("record"),
        table.choice("condition", Condition),
        table.choice("start", Start),
        time.anchor,
        time.length,
        time.unit,
        table.choice("action", Action),
    )
    table.done()
    return rule


def _answer(table: Table) -> Answer:
    length, unit, longer = _length(table), table.choice("unit", Unit), table.has("extended_length")
    answer = Answer(
        *_evidence(table),
        length,
        unit,
        _length(table, "extended_length") if longer else 0,
        table.choice("extended_unit", Unit) if longer else unit,
        table.flag("moves"),
    )
    table.done()
    return answer


def _age(table: Table) -> Age:
    age = Age(*_evidence(table), table.whole("years", 10, 21))
    table.done()
    return age
