"""The plan of an erasure follows from the declarations and forgets no record."""

from __future__ import annotations

import pytest

from desktop_crm.privacy.erasure import Fate, erasure_plan, fate, nameless_values, needles, shared_links
from desktop_crm.records.company import Company
from desktop_crm.records.consent import SignUpList
from desktop_crm.records.declare import Declaration, OnErasure, declaration
from desktop_crm.records.purchase import Original, Purchase
from desktop_crm.records.registry import inventory
from desktop_crm.records.tag import Tag
from tests.unit.privacy.rows import row_of


def test_every_record_about_people_is_erased_or_kept_with_a_reason() -> None:
    planned = {(step.told.name, step.column) for step in erasure_plan(inventory())}
    for told in inventory():
        for subject in told.subjects:
            kept = OnErasure.KEEP in {c.handling.on_erasure for c in told.columns}
            assert ((told.name, subject.column) in planned) is not kept, told.name


def test_no_personal_column_is_declared_untouched() -> None:
    for told in inventory():
        if told.subjects:
            for column in told.columns:
                assert not column.personal or column.handling.on_erasure is not OnErasure.UNTOUCHED, column.name


def test_rows_that_refer_to_others_go_first() -> None:
    order = [step.told.record for step in erasure_plan(inventory())]
    for step in erasure_plan(inventory()):
        for column in step.told.columns:
            if column.references in order and column.references is not step.told.record:
                assert order.index(step.told.record) < order.index(column.references)


def test_what_people_share_is_known() -> None:
    assert {link.column.references for link in shared_links(inventory())} == {Company, Tag, SignUpList}


@pytest.mark.parametrize("told", inventory(), ids=lambda d: d.name)
def test_rows_without_stages_go(told: Declaration) -> None:
    if told.stages is None:
        assert fate(told, row_of(told)) is Fate.GOES


@pytest.mark.parametrize(("original", "expected"), [(Original.HERE, Fate.SEALED), (Original.ELSEWHERE, Fate.NAMELESS)])
def test_the_original_decides_about_a_purchase(original: Original, expected: Fate) -> None:
    told = declaration(Purchase)
    row = row_of(told, original=original)
    assert fate(told, row) is expected
    assert nameless_values(told, row).keys() == {"bought_on", "amount_minor", "currency"}


@pytest.mark.parametrize("told", [d for d in inventory() if d.subjects], ids=lambda d: d.name)
def test_every_text_of_a_person_is_searched_for(told: Declaration) -> None:
    """Computed forms too: they are written into the file like all else. Who acted is no text of the person."""
    row = row_of(told)
    expected = [getattr(row, c.name) for c in told.columns if c.kind is str and c.category.value not in {"none", "log"}]
    assert needles(told, row) == expected
