"""The ledger of erasures: that it was done, how much, and the marks that keep an old copy from undoing it."""

from datetime import date, datetime
from enum import StrEnum

from desktop_crm.records.declare import Category, Part, held, record
from desktop_crm.records.handling import BOOKKEEPING, ERASURE_PROOF
from desktop_crm.words import M

_UNLINKED = "the ledger must not lead back to a person who has been erased"


class Ground(StrEnum):
    """Why data is erased: the grounds of Art. 17(1) GDPR, and the end of a keeping time."""

    NO_LONGER_NEEDED = "no-longer-needed"
    WITHDREW = "withdrew"
    OBJECTS = "objects"
    UNLAWFUL = "unlawful"
    LEGAL_DUTY = "legal-duty"
    KEEPING_TIME = "keeping-time"


class MarkKind(StrEnum):
    """What a do-not-bring-back mark was made of."""

    EMAIL = "email"
    PHONE = "phone"
    NAME_AND_BIRTHDAY = "name-and-birthday"


@record(
    M("Erasure"),
    M("Erasures"),
    subjects=(),
    section=None,
    part=Part.REQUESTS,
    append_only=True,
    unique=(("number",), ("subject",)),
    unlinked=_UNLINKED,
)
class Erasure:
    """One person was erased."""

    id: bytes = held(M("Number"), Category.NONE, ERASURE_PROOF)
    number: str = held(M("Erasure record no."), Category.NONE, ERASURE_PROOF)
    subject: bytes = held(M("Meaningless number of the person"), Category.LOG, ERASURE_PROOF)
    ground: Ground = held(M("Ground"), Category.RIGHTS, ERASURE_PROOF)
    asked_on: date = held(M("Asked for on"), Category.RIGHTS, ERASURE_PROOF)
    done_at: datetime = held(M("Done on"), Category.RIGHTS, ERASURE_PROOF)
    actor: str = held(M("Done by"), Category.LOG, ERASURE_PROOF)
    schema: int = held(M("Version of the file"), Category.NONE, ERASURE_PROOF)
    previous: bytes = held(M("Seal of the line before"), Category.NONE, ERASURE_PROOF)
    seal: bytes = held(M("Seal"), Category.NONE, ERASURE_PROOF)


@record(
    M("Count of an erasure"), M("Counts of erasures"), subjects=(), section=None, part=Part.REQUESTS, append_only=True
)
class ErasureCount:
    """How many rows of a kind went, or stay and until when."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    erasure_id: bytes = held(M("Erasure"), Category.NONE, BOOKKEEPING)
    record: str = held(M("Kind of record"), Category.NONE, BOOKKEEPING)
    number: int = held(M("How many"), Category.NONE, BOOKKEEPING)
    stays: bool = held(M("Stays"), Category.NONE, BOOKKEEPING)
    law: str | None = held(M("Law"), Category.NONE, BOOKKEEPING, default=None)
    until: date | None = held(M("Keep until"), Category.NONE, BOOKKEEPING, default=None)


@record(
    M("Do-not-bring-back mark"),
    M("Do-not-bring-back marks"),
    subjects=(),
    section=None,
    part=Part.REQUESTS,
    append_only=True,
    indexes=(("mark",),),
    unlinked=_UNLINKED,
)
class ErasureMark:
    """A keyed fingerprint of a way to reach an erased person: pseudonymous personal data, with purpose and term."""

    id: bytes = held(M("Number"), Category.NONE, ERASURE_PROOF)
    erasure_id: bytes = held(M("Erasure"), Category.NONE, ERASURE_PROOF)
    kind: MarkKind = held(M("Made of"), Category.LOG, ERASURE_PROOF)
    mark: bytes = held(M("Mark"), Category.LOG, ERASURE_PROOF)
    kept_until: date = held(M("Keep until"), Category.NONE, ERASURE_PROOF)


@record(M("Final search"), M("Final searches"), subjects=(), section=None, part=Part.REQUESTS, append_only=True)
class ErasureProof:
    """The result of searching every page of the file after an erasure."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    erasure_id: bytes = held(M("Erasure"), Category.NONE, BOOKKEEPING)
    searched_at: datetime = held(M("Searched on"), Category.NONE, BOOKKEEPING)
    pages: int = held(M("Pages read"), Category.NONE, BOOKKEEPING)
    details: int = held(M("Details looked for"), Category.NONE, BOOKKEEPING)
    shared: int = held(M("Details also held for others"), Category.NONE, BOOKKEEPING)
    found: int = held(M("Found"), Category.NONE, BOOKKEEPING)
    pending: bool = held(M("To be repeated"), Category.NONE, BOOKKEEPING)


@record(
    M("Place seen to before an erasure"),
    M("Places seen to before erasures"),
    subjects=(),
    section=None,
    part=Part.REQUESTS,
    append_only=True,
)
class ErasurePlace:
    """A place outside this program that was ticked off before the person was erased; it is named as it was then."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    erasure_id: bytes = held(M("Erasure"), Category.NONE, BOOKKEEPING)
    place: str = held(M("Place"), Category.NONE, BOOKKEEPING)
    done_on: date = held(M("Seen to on"), Category.NONE, BOOKKEEPING)


@record(M("Erasure under way"), M("Erasures under way"), subjects=(), section=None, part=Part.REQUESTS)
class ErasingNow:
    """Holds a row only inside the transaction of an erasure; opens the append-only tables to deletion."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
