"""What is shown of a list before anything is brought in: its columns, its first people, and what is odd about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from desktop_crm.intake import reasons
from desktop_crm.intake.headings import LABEL_FIELDS, plain
from desktop_crm.intake.person import LeftOut, PersonDraft
from desktop_crm.intake.reading import ListFile, Progress, open_list
from desktop_crm.intake.survey import Survey, survey
from desktop_crm.services.signs import Tone
from desktop_crm.words import M

PEOPLE_SHOWN = 50
LEAVE_OUT = "ignore"
_MOST = 0.6
_NEWSLETTERS = frozenset({"nl", "news", "werbung", "mailing ok"})
"""Headings that mean the newsletter if yes or no stands below; by themselves they could be anything."""
_ODD = (
    reasons.EMAIL_ODD,
    reasons.PHONE_ODD,
    reasons.PHONE_CUT,
    reasons.BIRTHDAY_ODD,
    reasons.NEWSLETTER_ODD,
)

FIELD_NAMES: dict[str, M] = {
    "name": M("First and last name"),
    "family_given": M("Last name, first name"),
    "prefix": M("Title"),
    "given": M("First name"),
    "middle": M("Middle name"),
    "family": M("Last name"),
    "suffix": M("Name suffix"),
    "nickname": M("Nickname"),
    "company": M("Company"),
    "department": M("Department"),
    "job_title": M("Job title"),
    "email": M("Email"),
    "phone": M("Phone"),
    "website": M("Website"),
    "street": M("Street"),
    "house_number": M("House number"),
    "extra": M("Address line 2"),
    "po_box": M("PO box"),
    "postal_code": M("Postcode"),
    "city": M("Town"),
    "postal_city": M("Postcode and town"),
    "region": M("Region"),
    "country": M("Country"),
    "address": M("Whole address"),
    "birthday": M("Birthday"),
    "day_month": M("Birthday, day and month only"),
    "birth_year": M("Year of birth"),
    "birth_month": M("Month of birth"),
    "birth_day": M("Day of birth"),
    "language": M("Language"),
    "note": M("Note"),
    "labelled_note": M("Note with its heading"),
    "tag": M("Label"),
    "newsletter": M("Newsletter: yes or no"),
    "unsubscribed": M("Newsletter: unsubscribed"),
    "stage": M("Standing"),
    "basis": M("Why the other program may keep this"),
    "uid": M("Number in the other program"),
    LEAVE_OUT: M("Leave out"),
}
"""What a column can be, in the order in which it is offered."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A few words about a column, and their tone; `why` says more where there is more to say."""

    said: M
    tone: Tone
    why: M | None = None


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column: the key under which a person gives it another field, its heading, its first values.

    `field` is a key of FIELD_NAMES; None for a column that says of what kind its neighbour is and cannot be chosen.
    """

    key: str
    heading: str
    samples: tuple[str, ...] = field(repr=False)
    field: str | None
    guessed: bool
    finding: Finding


@dataclass(frozen=True, slots=True)
class Claim:
    """The yes of a list to the newsletter: how many say so, in which column and with which word."""

    heading: str
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class ImportLook:
    """A list that was looked at and not brought in. `mapping` is the one to bring it in with."""

    kind: str
    program: M | None
    rows: int
    columns: tuple[ColumnLook, ...]
    mapping: Mapping[str, str]
    people: tuple[PersonDraft, ...] = field(repr=False)
    """The first of them, as they would come in."""
    left_out: tuple[LeftOut, ...] = field(repr=False)
    claim: Claim | None = None
    birthdays: tuple[str, ...] = ()
    """Keys of columns with birthdays that are left out because nobody said what they are needed for."""

    @property
    def says_who_wants_news(self) -> bool:
        """Whether a column says of each person whether they want the newsletter."""
        return any(column.field == "newsletter" for column in self.columns)


def look(
    path: Path, country: str, mapping: Mapping[str, str] | None = None, *, progress: Progress | None = None
) -> ImportLook:
    """Look at a list as it would come in. `mapping` is what a person chose: column key or heading to field.

    Of the columns nobody chose for, birthdays are left out until somebody says that they are needed, and names with a
    comma are split. Raises Problem for a file that cannot be read; what `progress` raises ends it.
    """
    chosen = dict(mapping or {})
    listed = open_list(path, country=country, mapping=chosen)
    looked = survey(listed, progress)
    proposed = _proposed(looked, chosen)
    birthdays = {_key(place) for place, one in enumerate(looked, 1) if one.column.field == "birthday"}
    if proposed:
        listed = open_list(path, country=country, mapping=chosen | proposed)
        _adopt(looked, listed)
    return ImportLook(
        kind=listed.kind,
        program=listed.layout.program,
        rows=listed.row_count,
        columns=tuple(_column(at, one, proposed) for at, one in enumerate(looked, 1)),
        mapping=chosen | proposed,
        people=tuple(islice(listed.people(), PEOPLE_SHOWN)),
        left_out=listed.left_out,
        claim=_claim(looked),
        birthdays=tuple(key for key in proposed if key in birthdays),
    )


def _key(place: int) -> str:
    return f"Column {place}"


def _proposed(looked: Iterable[Survey], chosen: Mapping[str, str]) -> dict[str, str]:
    """What is better than what the headings say, for columns nobody chose for."""
    found = {}
    for place, one in enumerate(looked, 1):
        if _key(place) in chosen or one.column.header in chosen:
            continue
        better = _better(one)
        if better is not None:
            found[_key(place)] = better
    return found


def _better(one: Survey) -> str | None:
    if one.column.field == "birthday" or one.filled == one.errors > 0:
        return LEAVE_OUT
    if one.column.field == "name" and one.commas > _MOST * one.filled:
        return "family_given"
    is_short_for_newsletter = plain(one.column.header) in _NEWSLETTERS and one.filled == one.answers > 0
    return "newsletter" if is_short_for_newsletter and one.column.guessed else None


def _adopt(looked: Iterable[Survey], listed: ListFile) -> None:
    for one, column in zip(looked, listed.layout.columns, strict=True):
        one.column = column


def _column(place: int, one: Survey, proposed: Mapping[str, str]) -> ColumnLook:
    key, found = _key(place), one.column.field or LEAVE_OUT
    return ColumnLook(
        key=key,
        heading=one.column.header,
        samples=tuple(one.samples),
        field=None if found in LABEL_FIELDS else found,
        guessed=one.column.guessed or key in proposed,
        finding=_finding(one, found, asked=key in proposed and found == LEAVE_OUT),
    )


def _finding(one: Survey, found: str, *, asked: bool) -> Finding:
    if not one.filled:
        return Finding(M("empty"), Tone.NEUTRAL)
    if one.errors == one.filled:
        return Finding(M("only errors"), Tone.NEUTRAL)
    if asked:
        return Finding(M("do you need it?"), Tone.WARNING)
    if found == LEAVE_OUT:
        return Finding(M("left out"), Tone.NEUTRAL, one.column.reason)
    return _doubted(one) or _fitting(one, found)


def _doubted(one: Survey) -> Finding | None:
    odd = [(reason, one.doubts[reason]) for reason in _ODD if one.doubts[reason]]
    if odd:
        number = sum(count for _, count in odd)
        return Finding(M("{n} looks wrong", "{n} look wrong", n=number), Tone.WARNING, odd[0][0])
    if one.doubts[reasons.ZERO_RESTORED]:
        said = M("0 put back: {number}", number=one.doubts[reasons.ZERO_RESTORED])
        return Finding(said, Tone.INFO, reasons.ZERO_RESTORED)
    if one.doubts[reasons.PHONE_BARE]:
        said = M("0 or + put back: {number}", number=one.doubts[reasons.PHONE_BARE])
        return Finding(said, Tone.INFO, reasons.PHONE_BARE)
    return None


def _fitting(one: Survey, found: str) -> Finding:
    if found == "newsletter" and one.yes:
        return Finding(M("proof comes next"), Tone.VIOLET)
    if found == "family_given" and one.commas:
        return Finding(M("split at the comma"), Tone.SUCCESS)
    return Finding(M("fits"), Tone.SUCCESS)


def _claim(looked: Iterable[Survey]) -> Claim | None:
    for one in looked:
        if one.yes and one.column.field == "newsletter":
            return Claim(one.column.header, one.yes.most_common(1)[0][0], one.yes.total())
    return None
