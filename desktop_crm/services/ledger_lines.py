"""The ledger of erasures, line by line, so that a copy from before them can be brought to the same state.

The lines are remembered beside the database too: where it is lost, a safety copy that is brought back still learns who
must not come back. They name nobody: meaningless numbers, counts, and marks that cannot be turned back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from desktop_crm.cheap import fixed
from desktop_crm.records.erasure import Erasure, ErasureCount, ErasureMark, ErasurePlace, ErasureProof
from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services.office import Office
from desktop_crm.storage.rows import codec
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.vault import copy_keys
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Problem

PARTS: tuple[type[Any], ...] = (ErasureCount, ErasurePlace, ErasureMark, ErasureProof)
"""What belongs to a line."""


_WITH_TIME = 7
"""The version of ids that begin with the time of their making (RFC 9562)."""


@fixed
class LedgerLine:
    """One erasure with all that belongs to it."""

    entry: Erasure
    parts: tuple[Any, ...]


def lines_of(reading: Reading) -> list[LedgerLine]:
    """The whole ledger, oldest first."""
    return [_line(reading, entry) for entry in reading.find(Erasure, order=("done_at", "id"))]


def _line(reading: Reading, entry: Erasure) -> LedgerLine:
    parts = chain.from_iterable(reading.find(part, eq("erasure_id", entry.id)) for part in PARTS)
    return LedgerLine(entry, tuple(parts))


def remembered(known: copy_keys.CopyKeys) -> list[LedgerLine]:
    """The lines that lie beside the database."""
    return [_from_data(one) for one in known.erasures]


def joined(*ledgers: Iterable[LedgerLine]) -> list[LedgerLine]:
    """Each line once, oldest first; where two know of one, the first does."""
    known: dict[bytes, LedgerLine] = {}
    for line in chain.from_iterable(ledgers):
        known.setdefault(line.entry.id, line)
    return sorted(known.values(), key=lambda line: (line.entry.done_at, line.entry.id))


def folder_of(office: Office) -> VaultFolder:
    """The folder in which this customer file lies."""
    return VaultFolder(office.store.database.parent)


def remember_erasures(office: Office) -> None:
    """Remember the ledger beside the database. Where the disk refuses, the next safety copy makes up for it."""
    folder = folder_of(office)
    with contextlib.suppress(Problem):
        known = copy_keys.load(folder, office.keys)
        data = [_data(line) for line in office.store.read(lines_of)]
        if data != list(known.erasures):
            copy_keys.store(folder, office.keys, replace(known, erasures=data, damaged=False))


def made_before(subject: bytes, moment: datetime) -> bool:
    """Whether somebody with this number was there at that moment: the number tells when it was given."""
    tells = subject[6] >> 4 == _WITH_TIME
    return not tells or int.from_bytes(subject[:6], "big") <= int(moment.timestamp() * 1000)


def still_in(row: SafetyCopy, erased: Iterable[Erasure]) -> int:
    """How many people in a copy were erased after it was made."""
    return sum(one.done_at > row.erased_until and made_before(one.subject, row.made_at) for one in erased)


def _data(line: LedgerLine) -> Mapping[str, Any]:
    return {"entry": _row(line.entry), "parts": [[codec(type(one)).told.name, _row(one)] for one in line.parts]}


def _row(row: Any) -> dict[str, str | None]:
    made = codec(type(row))
    return {name: made.text(name, getattr(row, name)) for name in made.names}


def _from_data(data: Mapping[str, Any]) -> LedgerLine:
    by_name = {codec(record).told.name: record for record in PARTS}
    parts: Sequence[Any] = data["parts"]
    return LedgerLine(_read(Erasure, data["entry"]), tuple(_read(by_name[name], row) for name, row in parts))


def _read(record: type[Any], values: Mapping[str, str | None]) -> Any:
    made = codec(record)
    return record(**{name: made.value(name, values[name]) for name in made.names})
