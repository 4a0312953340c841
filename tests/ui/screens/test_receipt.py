"""The receipt: offered once answers are recorded, on the record and beside the table; made into the papers' folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import consents, contacts, permission_table, record_page
from desktop_crm.services.asking import Answer
from desktop_crm.services.office import Office
from desktop_crm.ui.asking.dialog import AskingSheet, open_asking
from desktop_crm.ui.asking.receipt import ReceiptSheet, give_receipt
from desktop_crm.ui.permission.side import Side
from desktop_crm.ui.record.permission_tab import PermissionTab
from desktop_crm.ui.widgets.button import Button
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import nothing_open, papers_go_to, settle, show, top, words_of


@pytest.fixture(autouse=True)
def out(office: Office, tmp_path: Path) -> Path:
    return papers_go_to(office, tmp_path / "papers")


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, contacts.NewContact(name="Łucja Kowalska", emails=("lucja@example.com",)))


def test_once_answers_are_recorded_the_receipt_is_offered(at_desk: AtDesk, person: bytes, out: Path) -> None:
    tab = PermissionTab(at_desk.desk)
    show(at_desk, tab)
    open_asking(at_desk.desk, person)
    dialog = top(at_desk, AskingSheet)
    dialog.rows["newsletter"].card.click()
    dialog.ways.chip(ConsentHow.SCREEN).click()
    dialog.answering.rows["newsletter"].choose(Answer.YES)
    dialog.record()
    settle(at_desk)
    _, give = at_desk.shell.toasts[-1]
    assert give is not None
    give()
    made = top(at_desk, ReceiptSheet)
    names = {path.name for path in out.iterdir()}
    assert {Path(name).suffix for name in names} == {".pdf", ".json", ".jsonld"}
    assert not any("ucja" in name or "owalska" in name for name in names)
    assert all(name in words_of(made) for name in names)


def test_record_and_table_offer_it_where_something_was_answered(at_desk: AtDesk, office: Office, person: bytes) -> None:
    tab, side = PermissionTab(at_desk.desk), Side(at_desk.desk)
    show(at_desk, tab)
    tab.show_page(record_page.open_record(office, person))
    (button,) = [one for one in tab.findChildren(Button) if one.text() == "Receipt …"]
    assert not button.isEnabled()
    side.show_history(permission_table.history(office, person, "newsletter"))
    assert "Receipt …" not in words_of(side)
    consents.give(office, person, "newsletter", refused=True)
    tab.show_page(record_page.open_record(office, person))
    side.show_history(permission_table.history(office, person, "newsletter"))
    assert "Receipt …" in words_of(side)
    assert button.isEnabled()
    button.click()
    top(at_desk, ReceiptSheet)


def test_a_folder_that_cannot_be_written_to_is_told(at_desk: AtDesk, office: Office, person: bytes, out: Path) -> None:
    consents.give(office, person, "newsletter")
    out.write_text("a file, not a folder")
    show(at_desk, PermissionTab(at_desk.desk))
    give_receipt(at_desk.desk, person)
    assert nothing_open(at_desk)
    assert len(at_desk.shell.problems) == 1
