"""What the program keeps for itself: settings, jobs, and the words the search box finds."""

from datetime import datetime
from enum import StrEnum

from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import BOOKKEEPING, SEARCH
from desktop_crm.words import M


class YearlyQuestion(StrEnum):
    """What is asked once a year, because no program can see it. The words are stored in settings."""

    ROOM = "room"
    SCREEN = "screen"
    SHEET = "sheet"
    STICKS = "sticks"
    PAPER = "paper"
    LEAVERS = "leavers"


@record(M("Setting"), M("Settings"), subjects=(), section=None, part=Part.SHOP, key="name")
class Setting:
    """One setting of the shop."""

    name: str = held(M("Setting"), Category.NONE, BOOKKEEPING)
    value: str = held(M("Value"), Category.NONE, BOOKKEEPING)


@record(M("Job run"), M("Job runs"), subjects=(), section=None, part=Part.SHOP, key="name")
class JobRun:
    """When a background job last succeeded: the question "is it due?" is answered from here."""

    name: str = held(M("Job"), Category.NONE, BOOKKEEPING)
    last_success: datetime = held(M("Last success"), Category.NONE, BOOKKEEPING)
    found: int = held(M("Found"), Category.NONE, BOOKKEEPING)


@record(
    M("Search entry"),
    M("Search entries"),
    subjects=(Subject("subject"),),
    section=Section.DETAILS,
    part=Part.SHOP,
    key="rid",
    unique=(("kind", "owner"),),
    indexes=(("subject",),),
)
class SearchEntry:
    """The folded words under which a row is found; filled only by the storage room, gone with its row."""

    rid: int = held(M("Number"), Category.NONE, SEARCH)
    kind: str = held(M("Kind of record"), Category.NONE, SEARCH)
    owner: bytes = held(M("Entry"), Category.NONE, SEARCH)
    subject: bytes = held(M("Person"), Category.NONE, SEARCH)
    name: str = held(M("Name"), Category.IDENTITY, SEARCH, derived=True)
    email: str = held(M("Email"), Category.REACH, SEARCH, derived=True)
    phone: str = held(M("Phone"), Category.REACH, SEARCH, derived=True)
    company: str = held(M("Company"), Category.IDENTITY, SEARCH, derived=True)
    note: str = held(M("What it says"), Category.HISTORY, SEARCH, derived=True)
