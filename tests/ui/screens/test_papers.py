"""*Papers*: what can be made, what was made, what can be made again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.erasure import Ground
from desktop_crm.records.purchase import Original
from desktop_crm.records.request import RequestKind
from desktop_crm.services import access, contacts, erasing, requests
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.ui.made.kept import KeptInvoices
from desktop_crm.ui.made.pick import PickSheet
from desktop_crm.ui.made.sheet import Again
from desktop_crm.ui.screens.papers import Papers
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.words import Money
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import nothing_open, papers_go_to, press, settle, show, top, words_of, write


@pytest.fixture(autouse=True)
def out(office: Office, tmp_path: Path) -> Path:
    return papers_go_to(office, tmp_path / "papers")


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, NewContact(name="Łucja Kowalska", emails=("lucja@x.example",)))


@pytest.fixture
def erased(office: Office, tmp_path: Path) -> str:
    """The number of an erasure that left an invoice."""
    gone = contacts.add(office, NewContact(name="Jonas Ziegler", emails=("jonas@x.example",)))
    day = date(2026, 5, 3)
    contacts.purchase(office, gone, Money(64_000, "EUR"), bought_on=day, invoice_no="2026-044", original=Original.HERE)
    return erasing.erase(office, gone, tmp_path / "first", ErasureOrder(Ground.OBJECTS)).number


def page(at_desk: AtDesk) -> Papers:
    made = Papers(at_desk.desk)
    show(at_desk, made)
    return made


def times(office: Office, act: str) -> int:
    return office.read(lambda reading: reading.count(AuditEntry, eq("act", act)))


def test_before_the_first_paper_the_history_says_so(at_desk: AtDesk) -> None:
    assert page(at_desk).findChildren(Empty)


def test_papers_stand_by_number_with_the_newest_first(
    at_desk: AtDesk, office: Office, person: bytes, erased: str, tmp_path: Path
) -> None:
    made = access.access_report(office, person, tmp_path / "second")
    history = page(at_desk).history
    assert history is not None
    first, second = history.rows
    assert first.accessibleName().startswith(f"Copy of their data, {made.number}, Łucja Kowalska, 21 Nov 2026")
    assert made.papers[0].sha256.hex()[:12] in first.accessibleName()
    assert second.accessibleName().startswith(f"Erasure record, {erased}, names nobody")
    assert "Ziegler" not in words_of(history)


def test_an_erasure_record_is_made_again_just_as_it_was(
    at_desk: AtDesk, erased: str, out: Path, tmp_path: Path
) -> None:
    screen = page(at_desk)
    screen.again[erased].click()
    top(at_desk, Again)
    assert sorted(path.name for path in out.iterdir()) == [f"erasure-{erased}.json", f"erasure-{erased}.pdf"]
    for path in out.iterdir():
        assert path.read_bytes() == (tmp_path / "first" / path.name).read_bytes()


def test_made_again_by_two_clicks_it_is_written_once(at_desk: AtDesk, office: Office, erased: str, out: Path) -> None:
    screen = page(at_desk)
    before = times(office, "erasure_record")
    screen.again[erased].click()
    screen.again[erased].click()
    top(at_desk, Again).close()
    assert nothing_open(at_desk)
    assert times(office, "erasure_record") == before + 1
    assert len(list(out.iterdir())) == 2


def test_the_history_grows_while_it_is_shown(at_desk: AtDesk, office: Office, person: bytes, tmp_path: Path) -> None:
    screen = page(at_desk)
    access.access_report(office, person, tmp_path / "second")
    at_desk.qtbot.waitUntil(lambda: screen.history is not None)
    assert not screen.findChildren(Empty)


@pytest.mark.parametrize(("card", "kind"), [(0, RequestKind.ACCESS), (1, RequestKind.PORTABILITY)])
def test_a_paper_for_somebody_begins_with_who_it_is_for(
    at_desk: AtDesk, office: Office, person: bytes, card: int, kind: RequestKind
) -> None:
    page(at_desk).cards[card].button.click()
    sheet = top(at_desk, PickSheet)
    write(sheet.picker.search, "kowal")
    settle(at_desk)
    press(Qt.Key.Key_Return, sheet.picker.search)
    assert nothing_open(at_desk)
    (row,) = requests.open_of_person(office, person)
    assert row.kind is kind
    assert at_desk.shell.went == [("requests", {"number": row.number})]


@pytest.mark.usefixtures("erased")
def test_kept_invoices_open_at_the_second_click_and_that_stands_in_the_log(at_desk: AtDesk, office: Office) -> None:
    page(at_desk).cards[2].button.click()
    sheet = top(at_desk, KeptInvoices)
    assert "Ziegler" not in words_of(sheet)
    assert times(office, "invoices") == 0
    sheet.show_button.click()
    settle(at_desk)
    assert "Jonas Ziegler" in words_of(sheet)
    assert "2026-044" in words_of(sheet)
    assert times(office, "invoices") == 1
