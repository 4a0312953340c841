"""Which erasures are done without their papers: the power went, or the disk was full, before they were written."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.records.technical import Setting
from desktop_crm.storage.transaction import Reading, Writing

_NAME = "ledger.unmade"


def unmade(reading: Reading) -> tuple[str, ...]:
    """The numbers of these erasures, in their order; they name nobody."""
    stored = reading.get(Setting, _NAME)
    return tuple(stored.value.split()) if stored is not None else ()


def wait_for_papers(writing: Writing, number: str) -> None:
    """Note, in the transaction of an erasure, that its papers are still to be made."""
    _put(writing, (*unmade(writing), number))


def papers_made(writing: Writing, number: str) -> None:
    """The record of an erasure is written."""
    left = [one for one in unmade(writing) if one != number]
    if len(left) < len(unmade(writing)):
        _put(writing, left)


def _put(writing: Writing, numbers: Sequence[str]) -> None:
    writing.put(Setting(name=_NAME, value=" ".join(numbers)))
