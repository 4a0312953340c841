"""The places outside this program where customers' data lies too, and who was looked up there."""

from datetime import date, datetime

from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import BOOKKEEPING, RIGHTS
from desktop_crm.words import M


@record(
    M("Place outside this program"), M("Places outside this program"), subjects=(), section=None, part=Part.REQUESTS
)
class Place:
    """The order book, the mailbox, the newsletter tool: what no program can empty by itself."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    name: str = held(M("Place"), Category.NONE, BOOKKEEPING)
    created_at: datetime = held(M("Entered on"), Category.NONE, BOOKKEEPING)


@record(
    M("Place looked through"),
    M("Places looked through"),
    subjects=(Subject("person_id"),),
    section=Section.RIGHTS,
    part=Part.REQUESTS,
    indexes=(("person_id",), ("place_id",)),
)
class PlaceCheck:
    """A person's data in one of these places was looked through and dealt with."""

    id: bytes = held(M("Number"), Category.NONE, RIGHTS)
    person_id: bytes = held(M("Contact"), Category.NONE, RIGHTS)
    place_id: bytes = held(M("Place"), Category.RIGHTS, RIGHTS, references=Place)
    done_on: date = held(M("Looked through on"), Category.RIGHTS, RIGHTS)
    actor: str = held(M("Done by"), Category.LOG, RIGHTS)
