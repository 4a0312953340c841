"""A person of whom much is known: opening the record, and answering their request for a copy."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_crm.services import access, contacts
from installers.bench import bare
from installers.bench.customer_file import CustomerFile, add_events
from installers.bench.measure import Figure, medians
from installers.bench.workshop import Workshop

_EVENTS = "SELECT happened_at, kind, channel, text FROM interaction WHERE contact_id = ? ORDER BY happened_at DESC"
_SHOWN = 500
_SECONDS = 2.0


def measure(shop: Workshop) -> Iterator[Figure]:
    """Both, against the same rows read bare, dumped as JSON, and drawn line by line."""
    file, events = shop.filled(shop.smallest), shop.options.events
    person = file.people(1)[0]
    add_events(file.office, person, events)
    yield _open(file, person, events, shop.options.runs)
    yield _report(file, person, shop)


def _open(file: CustomerFile, person: bytes, events: int, runs: int) -> Figure:
    def read(connection: bare.Connection) -> None:
        connection.execute(f"{_EVENTS} LIMIT {_SHOWN}", (person,)).fetchall()
        for statement in ("contact WHERE id", "contact_email WHERE contact_id", "contact_phone WHERE contact_id"):
            connection.execute(f"SELECT * FROM {statement} = ?", (person,)).fetchall()  # noqa: S608 - fixed names

    keyed = bare.connect(file.office.store.database, file.key)
    own, reference = medians(max(9, runs), lambda: contacts.show(file.office, person), lambda: read(keyed))
    keyed.close()
    what = f"opening a record with {events:,} events"
    note = "writes a line in the activity log"
    return Figure("open", what, file.size, own * 1e3, "ms", reference * 1e3, "bare query of the rows shown", note=note)


def _report(file: CustomerFile, person: bytes, shop: Workshop) -> Figure:
    out = shop.folder / "papers"
    keyed = bare.connect(file.office.store.database, file.key)

    def parts() -> None:
        cursor = keyed.execute(_EVENTS, (person,))
        names = [one[0] for one in cursor.description]
        rows = [dict(zip(names, map(str, row), strict=True)) for row in cursor.fetchall()]
        bare.as_json(rows)
        bare.as_paper(rows)

    own, reference = medians(shop.options.runs, lambda: access.access_report(file.office, person, out), parts)
    keyed.close()
    what = f"access report of {shop.options.events:,} events, PDF and JSON"
    against = "json.dumps and plain canvas lines"
    return Figure("report", what, file.size, own, "s", reference, against, limit=_SECONDS)
