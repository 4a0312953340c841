"""Settings inside the customer file: a closed table of them, each with its kind, its default and its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from desktop_crm.cheap import fixed
from desktop_crm.records.audit import Verb
from desktop_crm.records.technical import Setting
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.words import M, Problem

T = TypeVar("T")


class SavedHow(StrEnum):
    """How the recovery sheet was brought onto paper, or away from this computer."""

    NOT_YET = "not-yet"
    PRINTED = "printed"
    WRITTEN = "written"
    ON_A_STICK = "on-a-stick"
    IN_A_FILE = "in-a-file"


class Who(StrEnum):
    """Who works with the customer file on this computer."""

    ONE = "one"
    SEVERAL = "several"


@fixed
class Choice(Generic[T]):
    """One setting: the name under which it is stored, what holds until it is set, and what it is called.

    `read` turns what is stored into a value, or raises ValueError; `refuse` says why a value is not taken.
    """

    name: str
    default: T
    label: M
    read: Callable[[str], T]
    refuse: Callable[[T], M | None] = lambda _: None


def _flag(text: str) -> bool:
    return {"True": True, "False": False}[text]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _between(least: int, most: int) -> Callable[[int], M | None]:
    said = M("Please give a number from {least} to {most}.", least=least, most=most)
    return lambda value: None if least <= value <= most else said


LOCK_AFTER = Choice("lock.after_minutes", 5, M("Lock after so many minutes without a touch"), int, _between(1, 240))
NOTIFY = Choice("notify.on", True, M("Notices of what is due, without names"), _flag)
WHO_WORKS = Choice("people.who", Who.ONE, M("Who works here"), Who)
PAPERS_FOLDER = Choice("papers.folder", "", M("Folder for papers"), str)
COPIES_FOLDER = Choice("copies.folder", "", M("Folder for safety copies"), str)
SHEET_CHECKED_ON: Choice[date | None] = Choice("recovery.checked_on", None, M("Recovery sheet checked on"), _day)
SHEET_PUT_OFF_ON: Choice[date | None] = Choice("recovery.put_off_on", None, M("Recovery sheet put off on"), _day)
SHEET_SAVED_HOW = Choice("recovery.saved_how", SavedHow.NOT_YET, M("Recovery sheet kept"), SavedHow)
LOCK_CHANGED_ON: Choice[date | None] = Choice("lock.changed_on", None, M("Lock of the file changed on"), _day)
WAY_REMOVED_ON: Choice[date | None] = Choice("lock.way_removed_on", None, M("Way in taken away on"), _day)
BEING_SET_UP = Choice("setup.under_way", False, M("Being set up"), _flag)
IS_EXAMPLE = Choice("setup.example", False, M("Example shop with made-up people"), _flag)

SETTINGS: tuple[Choice[Any], ...] = (
    LOCK_AFTER,
    NOTIFY,
    WHO_WORKS,
    PAPERS_FOLDER,
    COPIES_FOLDER,
    SHEET_CHECKED_ON,
    SHEET_PUT_OFF_ON,
    SHEET_SAVED_HOW,
    LOCK_CHANGED_ON,
    WAY_REMOVED_ON,
    BEING_SET_UP,
    IS_EXAMPLE,
)


def value_of(reading: Reading, choice: Choice[T]) -> T:
    """The value inside another act. What cannot be read any more counts as not set."""
    stored = reading.get(Setting, choice.name)
    try:
        return choice.default if stored is None else choice.read(stored.value)
    except (ValueError, KeyError):
        return choice.default


def set_value(writing: Writing, choice: Choice[T], value: T) -> None:
    """Store a value inside another act. Raises Problem for one that cannot be."""
    refused = choice.refuse(value)
    if refused is not None:
        raise Problem(refused, safe=M("Nothing was changed."))
    writing.put(Setting(name=choice.name, value="" if value is None else storable(str(value))))


@act(Verb.LIST, Setting)
def get(office: Office, choice: Choice[T]) -> T:
    """The value of one setting."""
    return office.read(lambda reading: value_of(reading, choice))


@act(Verb.CHANGE, Setting)
def put(office: Office, choice: Choice[T], value: T) -> None:
    """Set one setting. Raises Problem for a value that cannot be."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (choice.name,)
        set_value(writing, choice, value)

    office.write(work)
