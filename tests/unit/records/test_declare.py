"""A declaration that leaves something open is no declaration: the program does not start with it."""

from __future__ import annotations

import dataclasses
import inspect
from datetime import UTC, datetime
from typing import Any

import pytest

from desktop_crm.records import registry
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import (
    Category,
    Handling,
    Keep,
    OnErasure,
    Part,
    SearchColumn,
    Section,
    Subject,
    declaration,
    held,
    record,
    table_name,
)
from desktop_crm.records.handling import CUSTOMER
from desktop_crm.records.registry import RECORDS, inventory
from desktop_crm.records.sealed import Sealed
from desktop_crm.words import M
from tests.unit.privacy.rows import row_of

LABEL = M("Thing")


def declared(fields: dict[str, Any], kinds: dict[str, Any], **told: Any) -> type:
    """A record made on the spot."""
    made = type("Thing", (), {"__annotations__": kinds, "__module__": __name__, **fields})
    about: dict[str, Any] = {"subjects": (), "section": None, "part": Part.CONTACTS} | told
    return record(LABEL, LABEL, **about)(made)


def number() -> Any:
    return held(LABEL, Category.NONE, CUSTOMER)


def personal() -> Any:
    return held(LABEL, Category.IDENTITY, CUSTOMER)


def test_purpose_basis_keeping_time_and_fate_have_no_default() -> None:
    for made in (Handling, Keep, Subject):
        required = {f.name for f in dataclasses.fields(made) if f.default is dataclasses.MISSING}
        assert required >= {f.name for f in dataclasses.fields(made)} - {"hides", "special"}
    parameters = inspect.signature(held).parameters
    assert all(parameters[n].default is inspect.Parameter.empty for n in ("label", "category", "handling"))
    with pytest.raises(TypeError):
        Handling(M("x"), keep=Keep("none", M("x")), on_erasure=OnErasure.DELETE)  # type: ignore[call-arg]


def test_a_field_must_be_declared() -> None:
    with pytest.raises(TypeError, match="not declared"):
        declared({"id": number()}, {"id": bytes, "name": str})


def test_a_field_must_fit_into_a_column() -> None:
    with pytest.raises(TypeError, match="no column"):
        declared({"id": number(), "tags": number()}, {"id": bytes, "tags": list})


def test_personal_data_needs_a_person() -> None:
    with pytest.raises(TypeError, match="no subject"):
        declared({"id": number(), "name": personal()}, {"id": bytes, "name": str})
    made = declared({"id": number(), "name": personal()}, {"id": bytes, "name": str}, unlinked="a reason")
    assert declaration(made).unlinked == "a reason"


def test_a_sensitive_field_is_sealed_and_neither_searched_nor_compared() -> None:
    def made(kind: type = Sealed, *, part: Part = Part.SENSITIVE, unique: tuple[Any, ...] = (), **told: Any) -> type:
        about: dict[str, Any] = {"subjects": (Subject("id"),), "section": Section.DETAILS, "part": part}
        field = held(LABEL, Category.LIFE, CUSTOMER, **({"sensitive": True} | told))
        return declared({"id": number(), "text": field}, {"id": bytes, "text": kind}, unique=unique, **about)

    fine = made()
    assert declaration(fine).column("text").sensitive
    assert fine(id=b"1", text=Sealed(b"a")) == fine(id=b"1", text=Sealed(b"b"))
    wrong: tuple[dict[str, Any], ...] = (
        {"searchable": SearchColumn.NOTE},
        {"mentions": True},
        {"derived": True},
        {"references": Contact},
        {"sensitive": False},
        {"kind": str},
        {"kind": bytes},
        {"part": Part.CONTACTS},
        {"unique": (("text",),)},
    )
    for told in wrong:
        with pytest.raises(TypeError, match="sensitive"):
            made(**told)


def test_a_person_needs_a_place_in_the_report() -> None:
    with pytest.raises(TypeError, match="access report"):
        declared({"id": number(), "name": personal()}, {"id": bytes, "name": str}, subjects=(Subject("id"),))


@pytest.mark.parametrize(
    "told",
    [
        {"subjects": (Subject("gone"),), "section": Section.DETAILS},
        {"subjects": (Subject("id", hides=("gone",)),), "section": Section.DETAILS},
        {"unique": (("gone",),)},
        {"indexes": (("id", "gone"),)},
        {"key": "gone"},
    ],
)
def test_columns_referred_to_must_be_there(told: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="gone"):
        declared({"id": number()}, {"id": bytes}, **told)


def test_a_row_shows_none_of_its_values() -> None:
    for told in inventory():
        row = row_of(told)
        for said in (repr(row), str(row), f"{row!r}", str([row])):
            assert "text of" not in said
            assert said.strip("[]") == f"<{told.record.__name__}>"


def test_rows_cannot_be_changed_and_are_compared_by_value() -> None:
    told = declaration(Contact)
    row = row_of(told)
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.name = "other"
    assert row == row_of(told)
    assert row != row_of(told, created_at=datetime(2020, 1, 1, tzinfo=UTC))


def test_every_record_of_the_room_is_registered_once() -> None:
    imported = {c for c in vars(registry).values() if isinstance(c, type) and "__declaration__" in vars(c)}
    assert imported == set(RECORDS)
    assert len(RECORDS) == len(set(RECORDS)) == len({told.name for told in inventory()})


def test_references_lead_to_registered_records() -> None:
    for told in inventory():
        for column in told.columns:
            assert column.references is None or column.references in RECORDS
        assert told.part_of is None or told.part_of in RECORDS


def test_what_is_searched_reaches_the_index() -> None:
    found = {c.searchable for told in inventory() for c in told.columns if c.searchable}
    assert found == set(SearchColumn)


def test_other_classes_are_no_records() -> None:
    with pytest.raises(TypeError, match="no"):
        declaration(dict)


def test_tables_are_called_after_their_records() -> None:
    assert [table_name(r) for r in RECORDS] == [told.name for told in inventory()]
    assert declaration(Contact).column("name").label == M("Name")
    with pytest.raises((KeyError, StopIteration)):
        declaration(Contact).column("gone")
