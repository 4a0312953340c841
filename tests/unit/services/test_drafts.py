"""What was typed and not saved survives a lock, is nobody else's, and is no hidden shelf."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.draft import Draft
from desktop_crm.services import contacts, drafts, erasing
from desktop_crm.services.acts import act
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.words import Problem
from tests.counting import forms_kept
from tests.privacy.shop import ShopFile, TickingClock, opened


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, NewContact(name="Łucja Kowalska", emails=("lucja@kowalska.example",)))


def test_what_was_typed_is_there_after_the_file_was_closed(tmp_path: Path) -> None:
    file = ShopFile(tmp_path / "data")
    with opened(file) as office:
        drafts.keep(office, "contact", None, {"name": "Nora", "nickname": ""})
    again = file.open()
    assert drafts.take(again, "contact", None) == {"name": "Nora"}
    drafts.drop(again, "contact", None)
    assert drafts.take(again, "contact", None) == {}
    again.close()


def test_each_form_of_each_person_is_kept_apart(office: Office, person: bytes) -> None:
    drafts.keep(office, "contact", None, {"name": "Nora"})
    drafts.keep(office, "contact", person, {"name": "Łu"})
    drafts.keep(office, "note", person, {"text": "halb"})
    drafts.drop(office, "contact", None)
    assert drafts.take(office, "contact", person) == {"name": "Łu"}
    assert drafts.take(office, "note", person) == {"text": "halb"}
    assert drafts.take(office, "note", None) == {}


def test_the_last_state_of_a_form_is_kept_and_no_field_twice(office: Office, clock: TickingClock) -> None:
    drafts.keep(office, "contact", None, {"name": "N", "nickname": "Nö"})
    clock.at = clock.at.replace(hour=15)
    drafts.keep(office, "contact", None, {"name": "Nora", "nickname": "", "street": "Weg\nzwei "})
    assert drafts.take(office, "contact", None) == {"name": "Nora", "street": "Weg\nzwei "}
    assert office.read(lambda r: r.count(Draft)) == 2
    drafts.keep(office, "contact", None, {"name": "Nora\ud800"})
    assert drafts.take(office, "contact", None) == {}


def test_typing_leaves_no_line_in_the_log_and_cannot_write_anything_else(office: Office, person: bytes) -> None:
    before = office.read(lambda r: r.count(AuditEntry))
    drafts.keep(office, "note", person, {"text": "halb"})
    drafts.drop(office, "note", person)
    assert office.read(lambda r: r.count(AuditEntry)) == before

    row = contacts.show(office, person).contact

    @act(Verb.LIST, Draft)
    def quietly(office: Office) -> None:
        office.jot(lambda writing: writing.put(replace(row, nickname="heimlich")))

    with pytest.raises(RuntimeError, match="drafts"):
        quietly(office)
    with pytest.raises(RuntimeError, match="outside"):
        office.jot(lambda _: None)
    assert contacts.show(office, person).contact.nickname is None


def test_drafts_go_with_their_person_and_none_comes_later(office: Office, person: bytes, tmp_path: Path) -> None:
    drafts.keep(office, "note", person, {"text": "halb"})
    drafts.keep(office, "contact", None, {"name": "Nora"})
    erasing.erase(office, person, tmp_path / "out", ErasureOrder())
    assert forms_kept(office) == {"contact"}
    with pytest.raises(Problem):
        drafts.keep(office, "note", person, {"text": "halb und"})
