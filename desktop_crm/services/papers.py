"""The papers that were made: answers and erasure records, by number and day, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.erasure import Erasure
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.services.acts import act
from desktop_crm.services.contacts import Found, rows_of
from desktop_crm.services.office import Office
from desktop_crm.services.requests import MAKING
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import after, eq, one_of

_SHORT = 12


class PaperKind(StrEnum):
    """What a paper is."""

    COPY = "copy"
    TAKE_ALONG = "take-along"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """A paper that was handed out. `check` is the beginning of its check sum, `whose` is known of living people only.

    `again`: it can be written again just as it was, which is true of erasure records alone: no copy of an answer is
    kept, and a new one shows what is held today.
    """

    kind: PaperKind
    number: str
    at: datetime
    check: str
    whose: Found | None
    again: bool


@act(Verb.LIST, PrivacyRequest)
def made(office: Office, limit: int = 200) -> list[Paper]:
    """The newest papers. Those of erased people are told by their erasure record alone, which names nobody."""

    def work(reading: Reading) -> list[Paper]:
        papers = [*_answers(reading, limit), *_erasures(reading, limit)]
        return sorted(papers, key=lambda paper: paper.at, reverse=True)[:limit]

    return office.read(work)


def _answers(reading: Reading, limit: int) -> Iterable[Paper]:
    with_paper = after("paper_sha256", b"")
    found = reading.find(PrivacyRequest, with_paper, order=("-created_at",), limit=limit)
    people = {row.id: row for row in rows_of(reading, list({one.person_id for one in found}))}
    for one in found:
        yield Paper(
            kind=PaperKind.TAKE_ALONG if one.kind is RequestKind.PORTABILITY else PaperKind.COPY,
            number=one.number,
            at=one.closed_at or _made_at(reading, one),
            check=(one.paper_sha256 or b"").hex()[:_SHORT],
            whose=people.get(one.person_id),
            again=False,
        )


def _made_at(reading: Reading, one: PrivacyRequest) -> datetime:
    """When the paper of a request that is not closed yet was made, as the log tells."""
    mine = eq("person_id", one.person_id), eq("row_id", one.id)
    lines = reading.whole().find(AuditEntry, *mine, one_of("act", MAKING))
    return max((line.at for line in lines), default=one.created_at)


def _erasures(reading: Reading, limit: int) -> Iterable[Paper]:
    for one in reading.find(Erasure, order=("-done_at",), limit=limit):
        yield Paper(PaperKind.ERASURE, one.number, one.done_at, one.seal.hex()[:_SHORT], None, again=True)
