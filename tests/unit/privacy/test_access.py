"""The plan of an access report follows from the declarations and forgets no field."""

from __future__ import annotations

from desktop_crm.privacy.access import access_plan
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Section
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.registry import inventory
from desktop_crm.records.technical import SearchEntry


def test_each_personal_field_is_shown_or_withheld_for_each_person_it_is_about() -> None:
    plan = access_plan(inventory())
    for told in inventory():
        for subject in told.subjects:
            steps = [s for s in plan if s.told is told and s.subject is subject]
            personal = {c.name for c in told.columns if c.category is not Category.NONE and not c.derived}
            named = [c.name for s in steps for c in (*s.shown, *s.withheld)]
            assert sorted(named) == sorted(personal)


def test_every_step_has_its_place_in_the_report() -> None:
    plan = access_plan(inventory())
    assert all(isinstance(step.told.section, Section) for step in plan)


def test_computed_fields_are_not_shown() -> None:
    plan = access_plan(inventory())
    assert SearchEntry not in {step.told.record for step in plan}
    (contact,) = [step for step in plan if step.told.record is Contact]
    assert "sort_name" not in {c.name for c in contact.shown}


def test_buyer_and_recipient_see_different_halves_of_a_delivery() -> None:
    steps = {s.subject.column: s for s in access_plan(inventory()) if s.told.record is DeliveryRecipient}
    assert {c.name for c in steps["contact_id"].withheld} == {"name", "address", "phone"}
    assert {c.name for c in steps["id"].shown} == {"name", "address", "phone", "card_text", "deliver_on", "created_at"}
