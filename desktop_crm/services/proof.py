"""The final search: reads every page of the file for what an erased person left, and says what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from desktop_crm.privacy.erasure import needles, phone_texts
from desktop_crm.privacy.folding import fold, index_text
from desktop_crm.records.declare import declaration
from desktop_crm.records.purchase import KeptInvoice
from desktop_crm.services.office import Office
from desktop_crm.services.removal import Held
from desktop_crm.storage.held import LivingText
from desktop_crm.storage.residue.pages import page_content
from desktop_crm.storage.residue.scan import Hit, scan
from desktop_crm.storage.search_index import phone_words
from desktop_crm.storage.transaction import Reading

Progress = Callable[[int, int], bool | None]
MIN_BYTES = 6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Searched:
    """What a final search found.

    `shared`: details also held for others, so that finding them proves nothing. `pending`: another program still reads
    old pages, or a page could not be read; the search has to be repeated.
    """

    pages: int
    details: int
    shared: int
    found: int
    pending: bool


def details_of(held: Iterable[Held], shared: Iterable[str]) -> tuple[str, ...]:
    """The texts that must be gone: every value of the person, and each longer word of it, once."""
    values = [text for one in held for text in needles(one.told, one.row)]
    values += shared
    words = [word for value in values for word in _WORD.findall(value)]
    dialled = [
        word for one in held for number in phone_texts(one.told, one.row) for word in phone_words(number).split()
    ]
    # Han, Kana and Thai stand in the search entries letter by letter.
    indexed = [spaced.strip() for value in values if (spaced := index_text(value)) != fold(value)]
    unique = dict.fromkeys(
        text for text in (*values, *words, *dialled, *indexed) if len(fold(text).encode()) >= MIN_BYTES
    )
    return tuple(unique)


def search(office: Office, details: tuple[str, ...], *, progress: Progress | None = None) -> Searched:
    """Overwrite old pages, then search every page. The details are not kept anywhere.

    The full-text index keeps the first word of each of its pages apart, where deleting does not reach it, and pages
    that were split or joined keep copies between their rows (2 of 1,200 names, measured). When the search finds
    something, first the index, then the whole file is written anew, and everything is searched once more.
    """

    def rewrite() -> bool:
        return office.store.rewrite() or (office.reserve.release() and office.store.rewrite())

    overwritten = office.store.checkpoint()
    searched = _scan(office, details, progress)
    for renew in (office.store.rebuild_search, rewrite):
        if searched.found:
            renew()
            overwritten = office.store.checkpoint()
            searched = _scan(office, details, progress)
    return replace(searched, pending=searched.pending or not overwritten)


def _scan(office: Office, details: tuple[str, ...], progress: Progress | None) -> Searched:
    database, key = office.store.database, bytes(office.keys.database_key)

    def work(reading: Reading) -> Searched:
        living = LivingText(reading.connection)
        residue = scan(database, key, details, fold=fold, min_bytes=MIN_BYTES, progress=progress, held=living.holds)
        locked = _Locked(reading.find(KeptInvoice), database, key)
        found = {hit.needle for hit in residue.hits if not locked.holds(details[hit.needle], hit)}
        return Searched(
            pages=residue.pages + residue.frames + residue.journal_pages,
            details=residue.needles,
            shared=residue.held + len({hit.needle for hit in residue.hits} - found),
            found=len(found),
            pending=residue.unreadable > 0,
        )

    return office.read(work)


class _Locked:
    """The original invoices a law keeps: a find is excused in the very pages that hold them, and nowhere else."""

    def __init__(self, invoices: Sequence[KeptInvoice], database: Path, key: bytes) -> None:
        self._texts = [(invoice.id, fold(_written(invoice))) for invoice in invoices]
        self._content = cache(partial(page_content, database, key))

    def holds(self, detail: str, hit: Hit) -> bool:
        """Whether the find lies in the row of a locked invoice; a long one goes on in pages that bear no number."""
        holding = [key for key, text in self._texts if fold(detail) in text]
        if hit.place == "overflow":
            return bool(holding)
        return hit.place == "page" and any(key in self._content(hit.page) for key in holding)


def _written(invoice: KeptInvoice) -> str:
    """All text of an invoice."""
    values = (getattr(invoice, column.name) for column in declaration(KeptInvoice).columns)
    return "\n".join(value for value in values if isinstance(value, str))
