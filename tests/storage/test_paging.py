"""Page by page, everybody is seen once and in order; conditions choose what they say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.technical import Setting
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import Condition, after, before, eq, one_of, until
from tests.storage.people import contact

ORDER = ("sort_name", "id")


def _pages(store: Store, size: int, *conditions: Condition) -> list[Contact]:
    seen: list[Contact] = []
    last: tuple[str, bytes] | None = None
    while page := store.read(lambda r, at=last: r.page(Contact, *conditions, order=ORDER, last=at, limit=size)):  # type: ignore[misc]
        assert len(page) <= size
        seen += page
        last = (page[-1].sort_name, page[-1].id)
    return seen


PEOPLE = st.lists(
    st.tuples(st.sampled_from(["anna", "anna", "ben", "", "łucja", "王", "z"]), st.booleans()), max_size=40
)


@given(PEOPLE, st.integers(1, 15))
@settings(deadline=None, max_examples=60)
def test_everybody_comes_once_and_in_order(everybody_store: Store, people: list[tuple[str, bool]], size: int) -> None:
    store = everybody_store
    rows = [contact(name, sort_name=name, deceased=deceased) for name, deceased in people]
    store.write(lambda w: w.delete(Contact))
    store.write(lambda w: w.insert_many(Contact, rows[::-1]))
    wanted = sorted(rows, key=lambda row: (row.sort_name.encode(), row.id))
    assert _pages(store, size) == wanted
    assert _pages(store, size, eq("deceased", True)) == [row for row in wanted if row.deceased]


@pytest.fixture(scope="module")
def everybody_store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = Store(tmp_path_factory.mktemp("paging") / "customers.db", bytes(32), create=True)
    yield made
    made.close()


def test_a_page_at_any_depth_is_reached_through_the_index(store: Store) -> None:
    def plan(reading: Reading) -> str:
        sql = "SELECT * FROM contact WHERE (sort_name, id) > ('m', x'00') ORDER BY sort_name, id LIMIT 50"
        return str(reading.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())

    shown = store.read(plan)
    assert "USING INDEX contact_sort_name_id" in shown
    assert "TEMP B-TREE" not in shown


@pytest.fixture
def dated(store: Store) -> Store:
    """Five people, last seen on the 1st to the 5th, the third without a stage of their own."""
    rows = [
        contact(str(day), last_activity_on=date(2026, 1, day), birthday=None if day == 3 else f"1980-01-0{day}")
        for day in range(1, 6)
    ]
    store.write(lambda w: w.insert_many(Contact, rows))
    return store


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (eq("name", "2"), "2"),
        (eq("birthday", None), "3"),
        (one_of("name", ["1", "5", "9"]), "15"),
        (one_of("name", []), ""),
        (before("last_activity_on", date(2026, 1, 3)), "12"),
        (until("last_activity_on", date(2026, 1, 3)), "123"),
        (after("last_activity_on", date(2026, 1, 3)), "45"),
        (eq("stage", Stage.LEAD), "12345"),
        (eq("stage", Stage.SUPPLIER), ""),
        (eq("deceased", False), "12345"),
        (eq("name", "1' OR '1' = '1"), ""),
    ],
)
def test_conditions_choose_what_they_say(dated: Store, condition: Condition, found: str) -> None:
    rows = dated.read(lambda r: r.find(Contact, condition, order=("name",)))
    assert "".join(row.name for row in rows) == found
    assert dated.read(lambda r: r.count(Contact, condition)) == len(found)


def test_conditions_hold_together(dated: Store) -> None:
    both = (after("last_activity_on", date(2026, 1, 1)), before("last_activity_on", date(2026, 1, 4)))
    assert "".join(c.name for c in dated.read(lambda r: r.find(Contact, *both, order=("-name",)))) == "32"
    assert dated.read(lambda r: r.find(Contact, order=("-name",), limit=1))[0].name == "5"


@pytest.mark.parametrize("column", ["nothing", "name; DROP TABLE contact", "name)", "-name"])
def test_only_declared_columns_reach_a_statement(dated: Store, column: str) -> None:
    for condition in (eq(column, 1), one_of(column, [])):
        with pytest.raises(KeyError):
            dated.read(lambda r, by=condition: r.find(Contact, by))  # type: ignore[misc]
    with pytest.raises(KeyError):
        dated.read(lambda r: r.page(Contact, order=(column,), last=("a",), limit=1))
    if not column.startswith("-"):
        with pytest.raises(KeyError):
            dated.read(lambda r: r.find(Contact, order=(column,)))
    with pytest.raises(KeyError):
        dated.write(lambda w: w.update(Contact, bytes(16), **{column: 1}))


def test_rows_come_back_as_they_went_in(store: Store) -> None:
    row = contact(
        "Łucja 🌷 \u202e", under_age=True, birthday="--02-29", informed_on=date(2026, 2, 28), stage=Stage.FORMER
    )
    store.write(lambda w: w.insert(row))
    assert store.read(lambda r: r.get(Contact, row.id)) == row
    assert store.read(lambda r: r.get(Contact, bytes(16))) is None


def test_a_row_is_put_once(store: Store) -> None:
    for value in ("a", "b"):
        store.write(lambda w, v=value: w.put(Setting(name="one", value=v)))  # type: ignore[misc]
    assert store.read(lambda r: r.find(Setting)) == [Setting(name="one", value="b")]


def test_more_rows_than_a_statement_has_places_for_are_removed(store: Store) -> None:
    rows = [contact(str(number)) for number in range(4500)]
    store.write(lambda w: w.insert_many(Contact, rows))
    assert store.read(lambda r: sum(1 for _ in r.stream(Contact))) == 4500
    assert store.write(lambda w: w.delete(Contact)) == 4500
    assert store.read(lambda r: r.connection.execute("SELECT count(*) FROM search_entry").fetchone()) == (0,)
