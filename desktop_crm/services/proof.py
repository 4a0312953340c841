"""The final search: reads every page of the file for what an erased person left, and says what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop_crm.privacy.erasure import needles, phone_texts
from desktop_crm.privacy.folding import fold
from desktop_crm.services.office import Office
from desktop_crm.services.removal import Held
from desktop_crm.storage.held import LivingText
from desktop_crm.storage.residue.scan import Residue, scan
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
    unique = dict.fromkeys(text for text in (*values, *words, *dialled) if len(fold(text).encode()) >= MIN_BYTES)
    return tuple(unique)


def search(office: Office, details: tuple[str, ...], *, progress: Progress | None = None) -> Searched:
    """Overwrite old pages, then search every page. The details are not kept anywhere.

    The full-text index keeps the first word of each of its pages apart, where deleting does not reach it. It is rare;
    when the search finds something, the index is made anew and everything is searched once more.
    """
    overwritten = office.store.checkpoint()
    residue = _scan(office, details, progress)
    if residue.hits:
        office.store.rebuild_search()
        overwritten = office.store.checkpoint()
        residue = _scan(office, details, progress)
    return Searched(
        pages=residue.pages + residue.frames + residue.journal_pages,
        details=residue.needles,
        shared=residue.held,
        found=len({hit.needle for hit in residue.hits}),
        pending=not overwritten or residue.unreadable > 0,
    )


def _scan(office: Office, details: tuple[str, ...], progress: Progress | None) -> Residue:
    def work(reading: Reading) -> Residue:
        return scan(
            office.store.database,
            bytes(office.keys.database_key),
            details,
            fold=fold,
            min_bytes=MIN_BYTES,
            progress=progress,
            held=LivingText(reading.connection).holds,
        )

    return office.read(work)
