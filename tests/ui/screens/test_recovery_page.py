"""The recovery sheet on the screen: written down, printed, on a stick, put off, and made anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from desktop_crm.documents.recovery_words import SheetWords
from desktop_crm.host.drives import Drive
from desktop_crm.services import contacts, recovery_sheet, settings, setup
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import INSIST_FROM, new_sheet
from desktop_crm.services.settings import SavedHow
from desktop_crm.ui.copies.code import CodeFields
from desktop_crm.ui.welcome import printing
from desktop_crm.ui.welcome.purposes import UsedFor
from desktop_crm.ui.welcome.sheet import YourSheet
from desktop_crm.ui.welcome.sheet_again import SheetAgain, open_recovery_sheet
from desktop_crm.ui.welcome.sheet_part import SheetPart
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.vault import ways as vault_ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import LANGUAGES, Words
from tests.privacy.shop import TickingClock, clock_of
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.first_run import FirstRun
from tests.ui.seeing import focused
from tests.unit.documents.reading import poppler, squeezed

PASSWORD = "lavender tram seven kettle"


@pytest.fixture
def run(qtbot: QtBot, tmp_path: Path) -> Iterator[FirstRun]:
    made = FirstRun(qtbot, VaultFolder(tmp_path / "list"), TickingClock(), tmp_path / "settings")
    made.begin()
    yield made
    made.close()


@pytest.mark.usefixtures("keys")
def test_the_groups_are_covered_only_while_somebody_types(run: FirstRun) -> None:
    part = run.to_the_sheet().part
    assert not any(group.covered for group in part.codes.groups)
    part.fields[3].line.setFocus()
    run.type("w3")
    assert [at for at, group in enumerate(part.codes.groups, 1) if group.covered] == [3, 7]
    assert part.codes.groups[2].accessibleName() == "Group 3: covered"
    run.click(part.ways[SavedHow.WRITTEN])
    assert not any(group.covered for group in part.codes.groups)


@pytest.mark.usefixtures("keys")
def test_a_wrong_group_is_named_and_keeps_the_step(run: FirstRun) -> None:
    step = run.to_the_sheet()
    groups = run.page.course.the_file().sheet.groups
    wrong = "ZZZZ" if groups[6] != "ZZZZ" else "YYYY"
    step.part.fields[3].line.setFocus()
    run.type(groups[2])
    assert step.part.fields[3].edit.property("state") == "right"
    run.type(wrong)
    run.forth()
    assert run.at(YourSheet) is step
    assert focused() is step.part.fields[7].line
    assert "Does not fit" in step.part.fields[7].edit.accessibleDescription()
    assert settings.get(run.office, settings.SHEET_CHECKED_ON) is None


@pytest.mark.usefixtures("keys")
def test_without_a_sheet_it_goes_on_until_tomorrow(run: FirstRun) -> None:
    run.click(run.to_the_sheet().without)
    run.at(UsedFor)
    assert settings.get(run.office, settings.SHEET_PUT_OFF_ON) == run.office.today()


@pytest.mark.usefixtures("keys")
def test_a_sheet_that_was_checked_is_not_asked_for_again(run: FirstRun) -> None:
    run.type_groups(run.to_the_sheet().part)
    run.forth()
    run.back()
    run.forth()
    run.at(UsedFor)


@pytest.mark.usefixtures("keys")
def test_printing_goes_to_the_printer_and_is_noted(run: FirstRun, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[SheetWords] = []

    def send(_: QWidget, words: SheetWords) -> bool:
        printed.append(words)
        return True

    monkeypatch.setattr(printing, "can_print", lambda: True)
    monkeypatch.setattr(printing, "print_sheet", send)
    part = run.to_the_sheet().part
    run.click(part.ways[SavedHow.PRINTED])
    assert printed[0].groups == run.page.course.the_file().sheet.groups
    assert focused() is part.fields[3].line
    run.type_groups(part)
    run.forth()
    assert settings.get(run.office, settings.SHEET_SAVED_HOW) is SavedHow.PRINTED


def test_locking_while_the_print_dialog_is_open_is_no_fault(
    at_desk: AtDesk, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "can_print", lambda: True)
    part = SheetPart(at_desk.desk, office, VaultFolder(tmp_path), recovery_sheet.new_sheet())

    def locked(*_: object) -> bool:
        delete(part)
        return False

    monkeypatch.setattr(printing, "print_sheet", locked)
    at_desk.put(part)
    part.ways[SavedHow.PRINTED].click()
    at_desk.calm()
    assert not isValid(part)
    assert at_desk.faults == []


@pytest.mark.usefixtures("keys")
def test_without_a_printer_it_says_so(run: FirstRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "can_print", lambda: False)
    part = run.to_the_sheet().part
    run.click(part.ways[SavedHow.PRINTED])
    assert [problem.what.text for problem in run.problems] == ["This computer knows no printer."]
    assert part.ways[SavedHow.WRITTEN].isChecked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_page_says_what_the_paper_says(office: Office, language: str) -> None:
    setup.change_shop(office, {"language": language})
    sheet = recovery_sheet.new_sheet()
    office_words = recovery_sheet.words_of_sheet(office, sheet)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printing.paint_sheet(writer, office_words)
    text = squeezed(poppler(bytes(held.data())))
    said = [*sheet.groups, sheet.check, office_words.title, office_words.begun, office_words.note, office_words.foot]
    said += [part for pair in office_words.advice for part in pair] + [span.text for span in office_words.warning]
    assert [one for one in said if squeezed(one) not in text] == []


@pytest.mark.usefixtures("keys")
def test_the_sheet_goes_onto_a_stick_and_nowhere_else(
    run: FirstRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    drives: list[Drive] = []
    monkeypatch.setattr("desktop_crm.ui.welcome.stick.removable_drives", lambda: drives)
    monkeypatch.setattr(recovery_sheet, "is_removable", lambda path: path == stick)
    part = run.to_the_sheet().part
    run.click(part.ways[SavedHow.ON_A_STICK])
    assert len(part.stick.buttons) == 1
    drives.append(Drive(stick, "KINGSTON"))
    run.click(part.stick.buttons[0])
    run.click(part.stick.buttons[0])
    assert [path.name for path in stick.iterdir()] == ["recovery-sheet.pdf"]
    run.type_groups(part)
    run.forth()
    assert settings.get(run.office, settings.SHEET_SAVED_HOW) is SavedHow.ON_A_STICK


@pytest.mark.usefixtures("keys")
def test_nothing_moves_when_a_group_is_right(run: FirstRun) -> None:
    part = run.to_the_sheet().part
    field = part.fields[3]
    before = part.sizeHint().height()
    field.line.setFocus()
    run.type(run.page.course.the_file().sheet.groups[2])
    assert field.edit.property("state") == "right"
    assert part.sizeHint().height() == before


def test_enter_keeps_the_new_sheet(at_desk: AtDesk, office: Office) -> None:
    at_desk.put(QWidget())
    open_recovery_sheet(at_desk.desk, VaultFolder(office.store.database.parent))
    at_desk.calm()
    part = at_desk.window.findChild(SheetPart)
    assert part is not None
    for place, field in part.fields.items():
        field.line.setText(part.codes.groups[place - 1].code)
    QTest.keyClick(part.fields[7].line, Qt.Key.Key_Return)
    at_desk.calm()
    assert settings.get(office, settings.SHEET_CHECKED_ON) == office.today()


def test_the_sheet_can_be_made_anew_later(at_desk: AtDesk, office: Office) -> None:
    folder = VaultFolder(office.store.database.parent)
    at_desk.window.show()
    open_recovery_sheet(at_desk.desk, folder)
    at_desk.calm()
    shown = at_desk.window.findChild(Sheet)
    part = at_desk.window.findChild(SheetPart)
    assert shown is not None
    assert part is not None
    for place, field in part.fields.items():
        field.line.setText("ZZZZ")
        assert part.codes.groups[place - 1].covered
    part.finish()
    at_desk.calm()
    assert settings.get(office, settings.SHEET_CHECKED_ON) is None
    for place, field in part.fields.items():
        field.line.setText(part.codes.groups[place - 1].code)
    part.finish()
    at_desk.calm()
    assert settings.get(office, settings.SHEET_CHECKED_ON) == office.today()
    assert len(at_desk.shell.toasts) == 1


def test_whoever_has_a_sheet_types_it_and_needs_no_other(at_desk: AtDesk, office: Office) -> None:
    """Also where the sheet is insisted on: nobody is made to give up a paper that opens everything."""
    folder = VaultFolder(office.store.database.parent)
    code = new_sheet().code
    vault_ways.replace_recovery(folder, office.keys, code, office.clock)
    for number in range(INSIST_FROM):
        contacts.add(office, contacts.NewContact(name=f"Zahl {number}", emails=(f"z{number}@x.example",)))
    clock_of(office).at += timedelta(days=1)
    at_desk.window.show()
    open_recovery_sheet(at_desk.desk, folder)
    at_desk.calm()
    shown = at_desk.window.findChild(SheetAgain)
    assert shown is not None
    shown.have.click()
    fields = shown.findChildren(CodeFields)[0].fields
    for field, group in zip(fields, ["0" * 4, *code.split("-")[1:]], strict=True):
        field.set_text(group)
    shown.check.click()
    at_desk.calm()
    assert settings.get(office, settings.SHEET_CHECKED_ON) is None
    assert "Group 1" in Words("en").say(at_desk.shell.problems[-1].what)
    fields[0].set_text(code.split("-")[0])
    QTest.keyClick(fields[0].line, Qt.Key.Key_Return)
    at_desk.calm()
    assert settings.get(office, settings.SHEET_CHECKED_ON) == office.today()
    assert vault_ways.is_recovery_code(folder, code)
