"""What a role may do: deeds (see, change, hand out, erase) to parts of the data. Pure, and the one place that decides.

A part a role may not see is not greyed out but absent: rows of it are in no list, no search result, no timeline and no
paper that this role gets (see `hidden`, which the storage room applies to every reading).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Final

from desktop_crm.cheap import fixed
from desktop_crm.records.audit import Verb
from desktop_crm.records.declare import Part, declaration
from desktop_crm.records.registry import RECORDS
from desktop_crm.words import M


class Deed(StrEnum):
    """What is done to a part of the data. The words are stored with own roles."""

    VIEW = "view"
    CHANGE = "change"
    EXPORT = "export"
    ERASE = "erase"


Right = tuple[Deed, Part]
Rights = frozenset[Right]

_DEED_OF: dict[Verb, Deed | None] = {
    Verb.LIST: Deed.VIEW,
    Verb.VIEW: Deed.VIEW,
    Verb.CHECK: Deed.VIEW,
    Verb.ADD: Deed.CHANGE,
    Verb.CHANGE: Deed.CHANGE,
    Verb.REMOVE: Deed.CHANGE,
    Verb.BACK_UP: Deed.CHANGE,
    Verb.SET_UP: Deed.CHANGE,
    Verb.EXPORT: Deed.EXPORT,
    Verb.ERASE: Deed.ERASE,
    Verb.SIGN_IN: None,
}

_ALWAYS_SEEN = frozenset({Part.PEOPLE, Part.COPIES, Part.SHOP})
"""Parts without a customer's value, which the program itself needs to run; their acts are checked all the same."""


def grants(deeds: Iterable[Deed], parts: Iterable[Part]) -> Rights:
    """Each of these deeds to each of these parts."""
    of = tuple(parts)
    return frozenset((deed, part) for deed in deeds for part in of)


EVERYTHING: Final[Rights] = grants(Deed, Part)
NOTHING: Final[Rights] = frozenset()


def allowed(rights: Rights, verb: Verb, part: Part) -> bool:
    """Whether a role may do this. Coming in is decided by the way in, not by the role.

    Whoever may do anything at all sees the shop's own settings: without them the program could not even show the rest.
    """
    deed = _DEED_OF[verb]
    shop = bool(rights) and (deed, part) == (Deed.VIEW, Part.SHOP)
    return deed is None or shop or (deed, part) in rights


@cache
def hidden(rights: Rights) -> frozenset[type]:
    """The records that are absent for a role."""
    parts = {part for part in Part if part not in _ALWAYS_SEEN and (Deed.VIEW, part) not in rights}
    return frozenset(record for record in RECORDS if declaration(record).part in parts)


BY_CASE: Final = (Part.NOTES, Part.PURCHASES)
"""The parts of which an opened case shows one person's rows to somebody whose role hides them."""


@cache
def opened_by_case() -> frozenset[type]:
    """The records of these parts."""
    return frozenset(record for record in RECORDS if declaration(record).part in BY_CASE)


def sees_everything(rights: Rights) -> bool:
    """Whether an answer made for this role would be whole: what is hidden would be missing in it."""
    return not hidden(rights)


_ASKED_AGAIN = frozenset({(Deed.CHANGE, Part.PEOPLE), (Deed.CHANGE, Part.COPIES)})
"""Who comes in and with what; and bringing back what was."""


def asks_again(verb: Verb, part: Part) -> bool:
    """Whether the password is asked for once more before this is done, if it was given some time ago.

    For what leaves the file, goes for good, or decides who gets in. Making a safety copy takes nothing from anybody.
    An act that takes away what no undo brings back says so itself.
    """
    deed = _DEED_OF[verb]
    return deed in {Deed.EXPORT, Deed.ERASE} or (verb is not Verb.BACK_UP and (deed, part) in _ASKED_AGAIN)


@fixed
class ReadyRole:
    """A role that comes with the program. Its rights cannot be changed; a role of one's own can be made from it."""

    code: str
    title: M
    for_whom: M
    rights: Rights
    second_factor: bool = False
    """Whether it needs a code from the telephone besides the password."""
    cases: bool = False
    """Whether notes and purchases of one person can be opened to it for a while."""


_DAILY = (Part.CONTACTS, Part.NOTES, Part.PURCHASES, Part.CONSENTS)

OWNER: Final = ReadyRole("owner", M("Owner"), M("Sees and does everything, and decides who works here."), EVERYTHING)
MANAGER: Final = ReadyRole(
    "manager",
    M("Manager"),
    M("Runs the shop: everything but who works here, the lock, and bringing safety copies back."),
    EVERYTHING - grants((Deed.CHANGE,), (Part.PEOPLE, Part.COPIES, Part.SHOP)),
)
STAFF: Final = ReadyRole(
    "staff",
    M("Staff"),
    M("Serves customers: contacts, notes, purchases, permissions, and takes requests down."),
    grants((Deed.VIEW, Deed.CHANGE), (*_DAILY, Part.REQUESTS)) | {(Deed.VIEW, Part.SHOP)},
)
READ_ONLY: Final = ReadyRole(
    "read-only",
    M("Looking only"),
    M("Looks people up and changes nothing."),
    grants((Deed.VIEW,), (*_DAILY, Part.SHOP)),
)
DATA_PROTECTION: Final = ReadyRole(
    "data-protection",
    M("Data protection officer"),
    M(
        "Checks how the shop treats data: requests, permissions, keeping times and the log. Notes and purchases only "
        "in an opened case."
    ),
    grants((Deed.VIEW,), (Part.CONTACTS, Part.CONSENTS, Part.REQUESTS, Part.RULES, Part.LOG, Part.PEOPLE, Part.SHOP))
    | {(Deed.CHANGE, Part.REQUESTS), (Deed.EXPORT, Part.LOG)},
    cases=True,
)

_OF_CUSTOMERS = (Part.NOTES, Part.PURCHASES, Part.SENSITIVE, Part.CONSENTS, Part.REQUESTS)


def kept_apart(record: type) -> bool:
    """Whether rows of this record tell something of a customer that a role may be kept from changing.

    A row of contacts changes along with many others: the day of the last contact, for one.
    """
    told = declaration(record)
    return bool(told.subjects) and told.part in _OF_CUSTOMERS


READY_ROLES: Final = {role.code: role for role in (OWNER, MANAGER, STAFF, READ_ONLY, DATA_PROTECTION)}
