"""What it costs to encrypt a detail once more: beside an ordinary entry, and beside rows that are not sealed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop_crm.records.declare import declaration
from desktop_crm.records.sensitive import ApartKind, SensitiveDetail
from desktop_crm.services import apart, contacts, sensitive
from desktop_crm.services.sensitive import NewDetail
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from installers.bench.customer_file import CustomerFile
from installers.bench.measure import Figure, medians
from installers.bench.workshop import Workshop

_MANY = 1_000
_TEXT = "DE02 1203 0000 0000 2020 51"


def measure(shop: Workshop) -> Iterator[Figure]:
    """Entering one, with its line in the log, and opening many."""
    file, runs = shop.filled(shop.smallest), max(shop.options.runs, 5)
    office, (person, other) = file.office, file.people(2)
    detail = NewDetail(ApartKind.BANK, _TEXT)
    added, noted = medians(
        runs,
        lambda: sensitive.add_detail(office, person, detail),
        lambda: contacts.note(office, person, _TEXT),
    )
    yield Figure("apart-add", "keeping a detail apart", file.size, added * 1e3, "ms", noted * 1e3, "entering a note")
    office.store.write(partial(_fill, file, other))
    opened, read = medians(runs, lambda: _all(file, other, opening=True), lambda: _all(file, other, opening=False))
    yield Figure(
        "apart-open",
        "opening a detail kept apart, each",
        file.size,
        opened * 1e6 / _MANY,
        "µs",
        read * 1e6 / _MANY,
        "reading its row sealed",
    )


def _fill(file: CustomerFile, person: bytes, writing: Writing) -> None:
    office, now = file.office, file.office.clock.now()
    rows = []
    for _ in range(_MANY):
        key = office.new_id()
        text = apart.sealed(office, SensitiveDetail, "text", key, _TEXT)
        rows.append(
            SensitiveDetail(
                id=key, contact_id=person, kind=ApartKind.BANK, text=text, actor=office.who.name, created_at=now
            )
        )
    writing.insert_many(SensitiveDetail, rows)


def _all(file: CustomerFile, person: bytes, *, opening: bool) -> None:
    column = declaration(SensitiveDetail).column("text")

    def work(reading: Reading) -> None:
        for row in reading.find(SensitiveDetail, eq("contact_id", person)):
            if opening:
                apart.opened(file.office, row, column)

    file.office.read(work)
