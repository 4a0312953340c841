"""What still belongs to somebody else is no residue: names of tables, and days on which other things happened."""

from datetime import UTC, date, datetime

import pytest

from desktop_crm.records.purchase import Sale
from desktop_crm.records.technical import JobRun
from desktop_crm.storage.held import LivingText
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Writing


def fill(writing: Writing) -> None:
    writing.insert(JobRun(name="retention", last_success=datetime(2026, 10, 28, 8, tzinfo=UTC), found=3))
    writing.insert(Sale(id=b"s" * 16, bought_on=date(2026, 3, 9), amount_minor=100, currency="EUR"))


@pytest.mark.parametrize(
    "text", ["retention", "RETENTION", "2026-10-28", "2026-03-09", "tables", "search_text", "bought_on"]
)
def test_what_living_rows_or_the_tables_themselves_hold_is_known(store: Store, text: str) -> None:
    store.write(fill)
    assert store.read(lambda reading: LivingText(reading.connection).holds(text))


@pytest.mark.parametrize("text", ["Kowalska", "2026-10-29", "1961-03-09", "tablecloth"])
def test_what_nobody_holds_is_not_known(store: Store, text: str) -> None:
    store.write(fill)
    assert not store.read(lambda reading: LivingText(reading.connection).holds(text))
