"""The people who work with the customer file, and what their roles may do."""

from datetime import date, datetime

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import CASES, STAFF
from desktop_crm.words import M

_COLLEAGUE = "it tells of somebody who works here, and of no customer"


@record(M("Role"), M("Roles"), subjects=(), section=None, part=Part.PEOPLE, key="code")
class Role:
    """A role of the shop's own. The ready-made ones are in `privacy.rights` and have no row."""

    code: str = held(M("Number"), Category.NONE, STAFF)
    title: str = held(M("Title of the role"), Category.NONE, STAFF)
    second_factor: bool = held(M("Needs a code from the telephone"), Category.NONE, STAFF)


@record(
    M("Right of a role"),
    M("Rights of roles"),
    subjects=(),
    section=None,
    part=Part.PEOPLE,
    unique=(("role", "deed", "of"),),
)
class RoleRight:
    """One thing a role of the shop's own may do: a deed, and the part of the data it may be done to."""

    id: bytes = held(M("Number"), Category.NONE, STAFF)
    role: str = held(M("Role"), Category.NONE, STAFF)
    deed: str = held(M("What"), Category.NONE, STAFF)
    of: str = held(M("Of what"), Category.NONE, STAFF)


@record(
    M("Person who works here"),
    M("People who work here"),
    subjects=(),
    section=None,
    part=Part.PEOPLE,
    unlinked=_COLLEAGUE,
    unique=(("number",),),
)
class Staff:
    """Somebody with a password of their own. The row outlives the way in, for as long as the log speaks of them."""

    id: bytes = held(M("Number"), Category.NONE, STAFF)
    number: str = held(M("Number in key file and activity log"), Category.NONE, STAFF)
    """What stands for this person in the key file and, as the actor, in the activity log."""
    name: str | None = held(M("Name"), Category.IDENTITY, STAFF, default=None)
    """None once a person left and the time of the log is up: `former` is all that is left then."""
    role: str = held(M("Role"), Category.RIGHTS, STAFF)
    outside: bool = held(M("From outside the shop"), Category.RIGHTS, STAFF, default=False)
    added_at: datetime = held(M("Entered on"), Category.RIGHTS, STAFF)
    until: date | None = held(M("May come in until"), Category.RIGHTS, STAFF, default=None)
    """The last day; None: no end is set."""
    left_on: date | None = held(M("Left on"), Category.RIGHTS, STAFF, default=None)
    former: int | None = held(M("Number among those who left"), Category.NONE, STAFF, default=None)
    second_factor: bytes | None = held(M("Secret of the second factor"), Category.NONE, STAFF, default=None)
    """The secret shared with the person's telephone (RFC 6238); None: there is no second factor."""
    last_step: int | None = held(M("Last code used"), Category.NONE, STAFF, default=None)
    """The time step of the last accepted code: no code counts twice."""


@record(
    M("Spare code"),
    M("Spare codes"),
    subjects=(),
    section=None,
    part=Part.PEOPLE,
    indexes=(("staff_id",),),
)
class SpareCode:
    """A code for the day on which the telephone is lost, kept only as a keyed hash; gone once it is used."""

    id: bytes = held(M("Number"), Category.NONE, STAFF)
    staff_id: bytes = held(M("Of whom"), Category.NONE, STAFF, references=Staff)
    code: bytes = held(M("Check sum of the code"), Category.NONE, STAFF)


@record(
    M("Opened case"),
    M("Opened cases"),
    subjects=(Subject("person_id"),),
    section=Section.RIGHTS,
    part=Part.REQUESTS,
    indexes=(("person_id",), ("staff_id", "until")),
)
class OpenCase:
    """A person's notes and purchases shown, for a time and a reason, to somebody whose role does not show them."""

    id: bytes = held(M("Number"), Category.NONE, CASES)
    person_id: bytes = held(M("Contact"), Category.NONE, CASES, references=Contact)
    staff_id: bytes = held(M("Opened for"), Category.NONE, CASES, references=Staff)
    reason: str = held(M("Why it was opened"), Category.RIGHTS, CASES, mentions=True)
    opened_at: datetime = held(M("Opened on"), Category.RIGHTS, CASES)
    until: datetime = held(M("Closes on"), Category.RIGHTS, CASES)
