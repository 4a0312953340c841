"""The vocabulary in which every piece of data is declared once: what it is, what for, why, how long, and its fate.

A record is a frozen dataclass whose fields carry their declaration. Nothing here has a default for purpose, basis,
keeping time or fate: a record that forgets one of them does not import, so the program does not start.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar, dataclass_transform

from desktop_crm.cheap import fixed, frozen
from desktop_crm.records.sealed import Sealed
from desktop_crm.words import M

_T = TypeVar("_T")


class Category(StrEnum):
    """What kind of data a field holds, in the words of the record of processing."""

    NONE = "none"
    IDENTITY = "identity"
    REACH = "reach"
    LIFE = "life"
    HISTORY = "history"
    TRADE = "trade"
    CONSENT = "consent"
    RIGHTS = "rights"
    LOG = "log"


class Basis(StrEnum):
    """Lawful basis of Art. 6(1) GDPR, as the command line spells it; `UNSORTED` is not known yet."""

    CONTRACT = "contract"
    CONSENT = "consent"
    LEGITIMATE_INTEREST = "legitimate-interest"
    LEGAL_OBLIGATION = "legal-obligation"
    VITAL_INTERESTS = "vital-interests"
    PUBLIC_TASK = "public-task"
    UNSORTED = "unsorted"


class OnErasure(StrEnum):
    """What becomes of a value when its person is erased."""

    DELETE = "delete"
    """It goes."""
    UNLINK_OR_DELETE_WITH_LAST = "unlink-or-delete-with-last"
    """It is shared: the link goes, and the row with the last person that used it."""
    ANONYMISE = "anonymise"
    """It is carried into a new row that names nobody."""
    KEEP = "keep"
    """It stays for the reason its keeping time tells, and holds no value of the person but a meaningless number."""
    UNTOUCHED = "untouched"
    """It concerns no person."""


@fixed
class Keep:
    """How long: the code of the rule in the shop's retention rules, and the sentence for people."""

    rule: str
    words: M


@fixed
class Handling:
    """Why a value is held and what becomes of it. Shared by fields that are treated alike."""

    purpose: M
    basis: Basis
    keep: Keep
    on_erasure: OnErasure
    special: M | None = None
    """For what is very private (Art. 9(1) GDPR): the condition of Art. 9(2) under which it may be held all the same."""


@fixed
class Subject:
    """The column that names the person a row is about, and the columns that must not be shown to that person."""

    column: str
    hides: tuple[str, ...] = ()


class Section(StrEnum):
    """The part of the access report in which a record is shown."""

    DETAILS = "details"
    ORDERS = "orders"
    NOTES = "notes"
    CONSENTS = "consents"
    LOOKS = "looks"
    RIGHTS = "rights"
    SHORT = "short"
    """Drafts, and how things were before a change that can still be taken back."""


class Part(StrEnum):
    """The parts of the data that a role may see, change, hand out or erase. The words are stored with own roles."""

    CONTACTS = "contacts"
    NOTES = "notes"
    PURCHASES = "purchases"
    SENSITIVE = "sensitive"
    CONSENTS = "consents"
    REQUESTS = "requests"
    RULES = "rules"
    LOG = "log"
    PEOPLE = "people"
    COPIES = "copies"
    SHOP = "shop"


class SearchColumn(StrEnum):
    """The columns of the full-text index."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"
    NOTE = "note"


@fixed
class Stages:
    """Where a row goes when its person is erased and the row may not go whole."""

    nameless: type[Any]
    """The record that takes the values declared ANONYMISE."""
    sealed: type[Any]
    """The record that takes the whole row while a law demands it."""
    sealed_if: Callable[[Any], bool]
    """Whether the law demands this row."""


@fixed
class Column:
    """One declared field, as everything that derives from the declarations sees it."""

    name: str
    kind: type
    optional: bool
    label: M
    category: Category
    handling: Handling
    searchable: SearchColumn | None
    mentions: bool
    references: type[Any] | None
    derived: bool
    provided: bool
    earlier: int | None
    sensitive: bool

    @property
    def personal(self) -> bool:
        """Whether the value says something about a person and so must be shown to that person."""
        return self.category is not Category.NONE and not self.derived


@fixed
class Declaration:
    """All that is declared of one record."""

    name: str
    record: type[Any]
    label: M
    plural: M
    subjects: tuple[Subject, ...]
    section: Section | None
    part: Part
    columns: tuple[Column, ...]
    key: str
    part_of: type[Any] | None
    append_only: bool
    unique: tuple[tuple[str, ...], ...]
    indexes: tuple[tuple[str, ...], ...]
    stages: Stages | None
    unlinked: str | None
    carries: str | None

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def searchable(self) -> bool:
        """Whether any of its text can be found by the search box."""
        return any(c.searchable for c in self.columns)


def held(
    label: M,
    category: Category,
    handling: Handling,
    *,
    searchable: SearchColumn | None = None,
    mentions: bool = False,
    references: type | None = None,
    derived: bool = False,
    provided: bool = False,
    earlier: int | None = None,
    sensitive: bool = False,
    default: Any = dataclasses.MISSING,
) -> Any:
    """Declare one field. Label, category and handling are required of each.

    Args:
        searchable: the full-text column its words go into; for a reference, the words of the row referred to.
        mentions: free text in which other people may be named.
        references: the record whose id this column holds.
        derived: computed from other fields (a sorting form, say); erased with them and shown nowhere.
        provided: told to us by the person, so part of the data to take along (Art. 20 GDPR).
        earlier: for a number or flag that may not be empty and came with a later version: what older rows have in it.
        sensitive: encrypted once more, with a key that only roles with the right have; its type is `Sealed`.
        default: value when a row is made without one; only for fields that may be empty, and for flags.
    """
    spec = {
        "label": label,
        "category": category,
        "handling": handling,
        "searchable": searchable,
        "mentions": mentions,
        "references": references,
        "derived": derived,
        "provided": provided,
        "earlier": earlier,
        "sensitive": sensitive,
    }
    # Sealed anew, a value is another row of bytes and says the same: rows are compared by the rest.
    return dataclasses.field(default=default, compare=not sensitive, metadata={"held": spec})


def _plain(annotation: Any) -> tuple[type, bool]:
    """The type of a column and whether it may be empty."""
    if isinstance(annotation, types.UnionType):
        inner = [a for a in typing.get_args(annotation) if a is not types.NoneType]
        return inner[0], True
    return annotation, False


def _columns(cls: type) -> tuple[Column, ...]:
    hints = typing.get_type_hints(cls)
    columns = []
    for field in dataclasses.fields(cls):
        spec = field.metadata.get("held")
        if spec is None:
            raise TypeError(f"{cls.__name__}.{field.name} is not declared with held(...)")
        kind, optional = _plain(hints[field.name])
        if not issubclass(kind, (str, int, bytes, date, datetime)):
            raise TypeError(f"{cls.__name__}.{field.name} has a type no column can hold")
        columns.append(Column(name=field.name, kind=kind, optional=optional, **spec))
    return tuple(columns)


def table_name(cls: type) -> str:
    """`ContactEmail` is kept in the table `contact_email`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def _check(told: Declaration) -> None:
    """Refuse a declaration that would leave a person's data outside report or erasure."""
    names = {c.name for c in told.columns}
    personal = [c.name for c in told.columns if c.personal]
    if personal and not told.subjects and not told.unlinked:
        raise TypeError(f"{told.name} holds personal data but names no subject")
    if told.subjects and told.section is None:
        raise TypeError(f"{told.name} is about a person but has no place in the access report")
    for group in (*told.unique, *told.indexes, *((s.column, *s.hides) for s in told.subjects), (told.key,)):
        if unknown := set(group) - names:
            raise TypeError(f"{told.name} refers to undeclared columns {sorted(unknown)}")


def _check_sensitive(told: Declaration) -> None:
    """A sealed value cannot be searched, compared or pointed with, and its whole row is absent without the right."""
    for column in told.columns:
        if column.sensitive is not issubclass(column.kind, Sealed):
            raise TypeError(f"{told.name}.{column.name} is sensitive if and only if its type is Sealed")
        if not column.sensitive:
            continue
        if column.searchable or column.mentions or column.derived or column.references:
            raise TypeError(f"{told.name}.{column.name} is sensitive: it is neither searched nor computed")
        if told.part is not Part.SENSITIVE:
            raise TypeError(f"{told.name}.{column.name} is sensitive: its record belongs to that part")
        if any(column.name in group for group in (*told.unique, *told.indexes, (told.key,))):
            raise TypeError(f"{told.name}.{column.name} is sensitive: no index holds it")


DECLARED = "__declaration__"


def _nameless(row: object) -> str:
    """A row shows no value of its own: what is printed of it may end up in a log."""
    return f"<{type(row).__name__}>"


def declaration(record: type) -> Declaration:
    """The declaration of a record class; TypeError for any other class."""
    told = record.__dict__.get(DECLARED)
    if not isinstance(told, Declaration):
        raise TypeError(f"{record.__name__} is not a declared record")
    return told


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(held,))
def record(
    label: M,
    plural: M,
    *,
    subjects: tuple[Subject, ...],
    section: Section | None,
    part: Part,
    key: str = "id",
    part_of: type | None = None,
    append_only: bool = False,
    unique: tuple[tuple[str, ...], ...] = (),
    indexes: tuple[tuple[str, ...], ...] = (),
    stages: Stages | None = None,
    unlinked: str | None = None,
    carries: str | None = None,
) -> Callable[[type[_T]], type[_T]]:
    """Make a class a record: one table, one frozen row type.

    Args:
        subjects: whose data a row is; empty only when nothing in it is personal, or with `unlinked`.
        section: where it stands in the access report.
        part: what a role must be allowed in order to see it; see `privacy.rights`.
        part_of: the record whose search entry and headline this one belongs to.
        append_only: rows are never changed, and deleted only while an erasure runs.
        stages: what becomes of a row that an erasure may not simply delete.
        unlinked: why personal data here is tied to no person's number.
        carries: the column that names the record whose values a row holds: hidden along with that record.

    Raises:
        TypeError: the declaration is incomplete.
    """

    def declare(cls: type[_T]) -> type[_T]:
        made = frozen(cls)
        setattr(made, "__repr__", _nameless)  # noqa: B010 - slots: the class is made anew
        told = Declaration(
            name=table_name(made),
            record=made,
            label=label,
            plural=plural,
            subjects=subjects,
            section=section,
            part=part,
            columns=_columns(made),
            key=key,
            part_of=part_of,
            append_only=append_only,
            unique=unique,
            indexes=indexes,
            stages=stages,
            unlinked=unlinked,
            carries=carries,
        )
        _check(told)
        _check_sensitive(told)
        setattr(made, DECLARED, told)
        return made

    return declare
