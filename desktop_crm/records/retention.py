"""Keeping times as data, and what waits for a yes."""

from datetime import date, datetime
from enum import StrEnum

from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import BOOKKEEPING, KEEPING
from desktop_crm.words import M


class RetentionAnswer(StrEnum):
    """What a person decided about an entry that is due."""

    WAITING = "waiting"
    KEEP = "keep"
    HOLD = "hold"
    ERASE = "erase"
    ANONYMISE = "anonymise"


@record(M("Keeping time"), M("Keeping times"), subjects=(), section=None, part=Part.RULES, unique=(("code",),))
class RetentionRule:
    """How long a kind of record is kept, from when, and what then. Copied from the country's preset at set-up."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    code: str = held(M("Code"), Category.NONE, BOOKKEEPING)
    record: str = held(M("Kind of record"), Category.NONE, BOOKKEEPING)
    condition: str = held(M("Which of them"), Category.NONE, BOOKKEEPING)
    start: str = held(M("Counted from"), Category.NONE, BOOKKEEPING)
    anchor: str = held(M("Rounded up to"), Category.NONE, BOOKKEEPING)
    length: int = held(M("Length"), Category.NONE, BOOKKEEPING)
    unit: str = held(M("Unit"), Category.NONE, BOOKKEEPING)
    action: str = held(M("What then"), Category.NONE, BOOKKEEPING)
    habit: bool = held(M("Our habit, not the law"), Category.NONE, BOOKKEEPING)
    law: str = held(M("Law"), Category.NONE, BOOKKEEPING)
    source: str = held(M("Source"), Category.NONE, BOOKKEEPING)
    as_of: date = held(M("As of"), Category.NONE, BOOKKEEPING)


@record(
    M("Look at keeping times"),
    M("Looks at keeping times"),
    subjects=(),
    section=None,
    part=Part.RULES,
    indexes=(("ran_at",),),
)
class RetentionRun:
    """One look at the keeping times, or one yes to what was found: how many, never who."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    ran_at: datetime = held(M("When"), Category.NONE, BOOKKEEPING)
    found: int = held(M("Found"), Category.NONE, BOOKKEEPING)
    new: int = held(M("New"), Category.NONE, BOOKKEEPING)
    gone: int = held(M("No longer due"), Category.NONE, BOOKKEEPING)
    erased: int = held(M("Erased"), Category.NONE, BOOKKEEPING)
    kept: int = held(M("Kept"), Category.NONE, BOOKKEEPING)
    actor: str = held(M("By"), Category.NONE, BOOKKEEPING)


@record(
    M("Review of keeping times"),
    M("Reviews of keeping times"),
    subjects=(Subject("person_id"),),
    section=Section.RIGHTS,
    part=Part.RULES,
    unique=(("rule", "row_id"),),
    indexes=(("person_id",), ("answer", "found_at")),
)
class RetentionItem:
    """An entry past its keeping time, waiting for a yes, or the decision about it."""

    id: bytes = held(M("Number"), Category.NONE, KEEPING)
    person_id: bytes = held(M("Contact"), Category.NONE, KEEPING)
    rule: str = held(M("Keeping time"), Category.LOG, KEEPING)
    record: str = held(M("Kind of record"), Category.LOG, KEEPING)
    row_id: bytes = held(M("Entry"), Category.NONE, KEEPING)
    due_on: date = held(M("Due on"), Category.RIGHTS, KEEPING)
    found_at: datetime = held(M("Found on"), Category.RIGHTS, KEEPING)
    answer: RetentionAnswer = held(M("Decision"), Category.RIGHTS, KEEPING, default=RetentionAnswer.WAITING)
    reason: str | None = held(M("Reason"), Category.RIGHTS, KEEPING, mentions=True, default=None)
    until: date | None = held(M("Keep until"), Category.RIGHTS, KEEPING, default=None)
    decided_at: datetime | None = held(M("Decided on"), Category.RIGHTS, KEEPING, default=None)
    actor: str | None = held(M("Decided by"), Category.LOG, KEEPING, default=None)
