"""Bringing in a list, against the sum of its parts: parsing, validators, bulk insert, index."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_crm.intake.checking import normal_email, phone_e164
from desktop_crm.records.company import Company
from desktop_crm.records.contact import Contact, ContactEmail, ContactPhone
from desktop_crm.records.declare import Basis, declaration
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services.importing import ImportOrder, Outcome, bring_in
from desktop_crm.storage.schema import schema_sql
from installers.bench import bare
from installers.bench.customer_file import COUNTRY, begin
from installers.bench.measure import Figure, seconds
from installers.bench.people import HEADINGS, write_list
from installers.bench.workshop import Workshop

_EMAIL, _PHONE = HEADINGS.index("E-mail 1 - Value"), HEADINGS.index("Phone 1 - Value")
_TABLES = tuple(declaration(r).name for r in (Company, Contact, ContactEmail, ContactPhone, Interaction, SearchEntry))
_PARTS = ("parse", "validators", "insert", "index")
ORDER = ImportOrder("Liste", Basis.CONTRACT)

Tables = list[tuple[str, Sequence[bare.Row]]]


def measure(shop: Workshop) -> Iterator[Figure]:
    """The whole import, and where its reference's time goes."""
    for size in shop.daily:
        path = shop.folder / f"list-{size}.csv"
        write_list(path, size, seed=size)
        runs = shop.options.runs if size < 50_000 else shop.options.long_runs
        whole, parts, own = [], [], []
        for _ in range(runs):
            taken, tables = _bring_in(shop.folder / "import", path, size)
            whole.append(taken)
            parts.append(_parts(shop.folder / "parts", path, tables))
            own.append(_own_validators(path))
            tables.clear()
        yield from _figures(size, whole, parts, own)
        path.unlink()


def _figures(size: int, whole: list[float], parts: list[dict[str, float]], own: list[float]) -> Iterator[Figure]:
    middle = {part: statistics.median(one[part] for one in parts) for part in _PARTS}
    per_row = 1e6 / size
    told = ", ".join(f"{part} {middle[part] * per_row:.1f}" for part in _PARTS)
    taken = statistics.median(whole) * per_row
    together = statistics.median(sum(one.values()) for one in parts) * per_row
    yield Figure(
        "import", "import of a list, a row", size, taken, "µs", together, "sum of its parts", goal=1.5, note=told
    )
    quick = statistics.median(own) * per_row
    light = together - middle["validators"] * per_row + quick
    note = f"validators as the program does it {quick:.1f}"
    yield Figure("import-light", "the same", size, taken, "µs", light, "the parts with its own validators", note=note)


def _bring_in(folder: Path, path: Path, size: int) -> tuple[float, Tables]:
    office = begin(folder)
    try:
        reports = []
        taken = seconds(lambda: reports.append(bring_in(office, path, ORDER)))
        if reports[0].outcomes != {Outcome.ADDED: size}:
            raise RuntimeError("the made-up list did not come in whole")
        connection = bare.connect(office.store.database, bytes(office.keys.database_key))
        tables: Tables = [(name, connection.execute(f"SELECT * FROM {name}").fetchall()) for name in _TABLES]  # noqa: S608 - declared names
        connection.close()
    finally:
        office.close()
        shutil.rmtree(folder)
    return taken, tables


def _parts(folder: Path, path: Path, tables: Tables) -> dict[str, float]:
    folder.mkdir()
    connection = bare.connect(folder / "bare.db", bytes(range(32)))
    connection.executescript(schema_sql())
    rows: list[list[str]] = []
    taken = (
        seconds(lambda: rows.extend(bare.parse(path))),
        seconds(lambda: bare.validate(rows, _EMAIL, _PHONE, COUNTRY)),
        seconds(lambda: bare.insert(connection, tables)),
        seconds(lambda: bare.rebuild(connection)),
    )
    connection.close()
    shutil.rmtree(folder)
    return dict(zip(_PARTS, taken, strict=True))


def _own_validators(path: Path) -> float:
    rows = bare.parse(path)

    def check() -> None:
        for row in rows:
            normal_email(row[_EMAIL])
            phone_e164(row[_PHONE], COUNTRY)

    return seconds(check)
