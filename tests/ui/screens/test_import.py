"""A list on its way in, by mouse and keyboard: nothing is written before the end, and all of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from desktop_crm.records.contact import Contact
from desktop_crm.services import contacts, erasing, importing
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.import_preview import look
from desktop_crm.services.importing import Duplicates, OrderReason, Outcome
from desktop_crm.services.office import Office
from desktop_crm.ui.courier import Job
from desktop_crm.ui.import_list.columns import WhichColumn
from desktop_crm.ui.import_list.file import ChooseFile
from desktop_crm.ui.import_list.outcome import CountCard
from desktop_crm.ui.import_list.result import Result
from desktop_crm.ui.import_list.stage import Stage
from desktop_crm.ui.import_list.trial import TryRun
from desktop_crm.ui.import_list.twice import TwiceHere
from desktop_crm.ui.import_list.undo import UndoSheet
from desktop_crm.ui.import_list.why import WhereFrom
from desktop_crm.ui.import_list.wizard import ImportWizard
from desktop_crm.ui.screens.contacts import Contacts
from desktop_crm.ui.widgets.label import Elided
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import M
from tests.ui.screens.conftest import AtDesk

HEADS = "Name;Mail;Tel.;Geb.;NL\n"
ANNA = "Eins, Anna;anna@eins.example;0341 5550001;1.2.1970;ja\n"
BERT = "Zwei, Bert;bert@zwei.example;0341 5550002;3.4.1980;nein\n"
NOBODY = "Frau mit Hund;;;;\n"
Kind = TypeVar("Kind", bound=Stage)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return written(tmp_path / "liste.csv", HEADS + ANNA + BERT + NOBODY)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


class AtWizard:
    """The wizard, and the way through it."""

    def __init__(self, at_desk: AtDesk, path: Path | None) -> None:
        self.desk = at_desk
        self.wizard = ImportWizard(at_desk.desk, path)
        at_desk.put(self.wizard)

    def at(self, kind: type[Kind]) -> Kind:
        stage = self.wizard.stage
        assert isinstance(stage, kind), stage
        return stage

    def on(self) -> None:
        QTest.mouseClick(self.wizard.next, Qt.MouseButton.LeftButton)
        self.desk.calm()

    def back(self) -> None:
        QTest.mouseClick(self.wizard.footer.back, Qt.MouseButton.LeftButton)
        self.desk.calm()

    def answer(self, reason: OrderReason = OrderReason.MIXED) -> None:
        """Say why and from where, beginning at the columns."""
        self.on()
        why = self.at(WhereFrom)
        QTest.mouseClick(why.cards[reason], Qt.MouseButton.LeftButton)
        QTest.keyClicks(why.source.edit, "Our own list")
        self.on()


@pytest.fixture
def go(at_desk: AtDesk) -> Callable[[Path | None], AtWizard]:
    return lambda path: AtWizard(at_desk, path)


Go = Callable[[Path | None], AtWizard]


def people(office: Office) -> list[str]:
    return sorted(c.name for c in office.store.read(lambda reading: reading.find(Contact)))


def brought(office: Office, path: Path) -> None:
    """The list comes in without the wizard, with the columns it proposes."""
    mapping = look(path, "DE").mapping
    importing.bring_in(office, path, importing.order_for(OrderReason.MIXED, "x", mapping=mapping))


def test_a_list_comes_in_and_goes_out_again(go: Go, listed: Path, office: Office) -> None:
    way = go(listed)
    way.answer()
    way.at(TryRun)
    assert people(office) == []
    way.on()
    result = way.at(Result)
    assert people(office) == ["Anna Eins", "Bert Zwei"]
    assert way.wizard.head.title.text() == "2 people are in"
    QTest.mouseClick(result.undo, Qt.MouseButton.LeftButton)
    way.desk.calm()
    sheet = way.desk.window.findChild(UndoSheet)
    assert sheet is not None
    with way.desk.qtbot.waitSignal(way.wizard.finished):
        QTest.mouseClick(sheet.take_out, Qt.MouseButton.LeftButton)
    assert people(office) == []
    assert way.desk.shell.toasts[-1][0] == "2 people were taken out again"


def test_people_worked_with_since_are_named_before_the_list_goes(go: Go, listed: Path, office: Office) -> None:
    way = go(listed)
    way.answer()
    way.on()
    contacts.note(office, contacts.find(office, "Anna")[0].id, "rang up")
    way.at(Result).undo.click()
    way.desk.calm()
    sheet = way.desk.window.findChild(UndoSheet)
    assert sheet is not None
    texts = [label.text() for label in sheet.findChildren(type(way.wizard.footer.note))]
    assert "Anna Eins" in texts
    assert "Bert Zwei" not in texts
    sheet.take_out.click()
    way.desk.calm()
    assert people(office) == ["Anna Eins"]


def test_columns_are_guessed_and_can_be_mended(go: Go, listed: Path) -> None:
    way = go(listed)
    columns = way.at(WhichColumn)
    goes_to = {key: select.key() for key, select in columns.selects.items()}
    assert list(goes_to.values()) == ["family_given", "email", "phone", "ignore", "newsletter"]
    key = list(columns.selects)[2]
    columns.selects[key].setFocus()
    QTest.keyClick(columns.selects[key], Qt.Key.Key_Home)
    columns.selects[key].choose("note")
    columns.selects[key].picked.emit("note")
    way.desk.calm()
    assert columns.selects[key].key() == "note"
    assert columns.selects[key].hasFocus()
    assert way.wizard.course.look is not None
    assert way.wizard.course.look.people[0].notes == ("0341 5550001",)


def test_birthdays_come_in_without_the_year_when_asked_for(go: Go, listed: Path) -> None:
    way = go(listed)
    columns = way.at(WhichColumn)
    assert columns.birthdays.isVisible()
    QTest.mouseClick(columns.take_days, Qt.MouseButton.LeftButton)
    way.desk.calm()
    assert not columns.birthdays.isVisible()
    assert way.wizard.course.look is not None
    assert way.wizard.course.look.people[0].birthday == "--02-01"


def test_the_preview_pages_through_the_first_people(go: Go, listed: Path) -> None:
    preview = go(listed).at(WhichColumn).preview
    assert preview.place.text() == "1 of 3"
    assert not preview.back.isEnabled()
    preview.on.click()
    assert preview.place.text() == "2 of 3"


def test_why_and_from_where_must_be_answered_and_nothing_is_chosen_before(go: Go, listed: Path) -> None:
    way = go(listed)
    way.on()
    why = way.at(WhereFrom)
    assert not any(card.isChecked() for card in why.cards.values())
    assert why.proofs is not None
    assert why.proofs.chosen() is None
    way.on()
    way.at(WhereFrom)
    QTest.mouseClick(why.cards[OrderReason.BUY], Qt.MouseButton.LeftButton)
    way.on()
    way.at(WhereFrom)
    assert why.source.edit.property("state") == "wrong"
    QTest.keyClicks(why.source.edit, "Till")
    way.on()
    way.at(TryRun)


def test_a_yes_is_claimed_until_it_is_said_where_the_proof_lies(go: Go, listed: Path) -> None:
    way = go(listed)
    way.on()
    why = way.at(WhereFrom)
    assert why.proofs is not None
    QTest.mouseClick(why.proofs.chip("folder"), Qt.MouseButton.LeftButton)
    assert way.wizard.course.proof == "Paper forms in a folder"
    QTest.mouseClick(why.proofs.chip("none"), Qt.MouseButton.LeftButton)
    assert way.wizard.course.proof == ""


def test_the_same_list_again_fills_in_and_doubles_nobody(go: Go, listed: Path, office: Office) -> None:
    brought(office, listed)
    way = go(listed)
    way.answer()
    twice = way.at(TwiceHere)
    assert [select.key() for select in twice.decisions.values()] == ["update", "update"]
    way.on()
    trial = way.wizard.course.trial
    assert trial is not None
    assert trial.same_file_at is not None
    told = [card.accessibleName() for card in way.at(TryRun).findChildren(CountCard)]
    assert told[1:] == ["0 filled in, 2 more are here and lack nothing", "1 left out, nothing is lost, see below"]
    assert way.wizard.next.text() == "Continue"
    way.on()
    assert people(office) == ["Anna Eins", "Bert Zwei"]
    assert way.wizard.head.title.text() == "Nothing new in this list"


def test_the_headings_of_another_program_are_read_whole(go: Go, tmp_path: Path) -> None:
    heads = "First Name,Phonetic First Name,Phone 1 - Value\n"
    way = go(written(tmp_path / "other.csv", heads + "Anna,,0341 5550001\n"))
    shown = [one for one in way.at(WhichColumn).findChildren(Elided) if "Phonetic" in one.text()]
    assert [one.text() for one in shown] == ["Phonetic First Name"]
    assert shown[0].width() >= shown[0].sizeHint().width()


def test_each_row_of_somebody_who_is_here_can_be_decided(go: Go, listed: Path, office: Office) -> None:
    brought(office, listed)
    way = go(listed)
    way.answer()
    twice = way.at(TwiceHere)
    twice.decisions[2].choose("add")
    twice.decisions[2].picked.emit("add")
    way.on()
    way.on()
    assert people(office) == ["Anna Eins", "Anna Eins", "Bert Zwei"]
    report = way.wizard.course.report
    assert report is not None
    assert report.outcomes == {Outcome.ADDED: 1, Outcome.COMPLETE: 1, Outcome.REFUSED: 1}


def test_a_decision_for_all_holds_for_every_row(go: Go, listed: Path, office: Office) -> None:
    brought(office, listed)
    way = go(listed)
    way.answer()
    twice = way.at(TwiceHere)
    QTest.mouseClick(twice.for_all.chip("skip"), Qt.MouseButton.LeftButton)
    assert way.wizard.course.duplicates is Duplicates.SKIP
    assert {select.key() for select in twice.decisions.values()} == {"skip"}


def test_erased_people_stay_out_unless_they_came_back_of_their_own_accord(
    go: Go, listed: Path, office: Office, tmp_path: Path
) -> None:
    brought(office, listed)
    erasing.erase(office, contacts.find(office, "Anna")[0].id, tmp_path / "out", ErasureOrder(keep_mark=True))
    way = go(listed)
    way.answer()
    twice = way.at(TwiceHere)
    assert {row: select.key() for row, select in twice.returns.items()} == {2: "leave"}
    way.on()
    assert way.wizard.course.trial is not None
    assert way.wizard.course.trial.outcomes[Outcome.ERASED] == 1
    way.back()
    twice.returns[2].choose("back")
    twice.returns[2].picked.emit("back")
    way.on()
    way.on()
    assert people(office) == ["Anna Eins", "Bert Zwei"]


def test_where_nobody_is_here_already_the_question_is_passed_over(go: Go, listed: Path) -> None:
    way = go(listed)
    way.answer()
    way.at(TryRun)
    way.back()
    way.at(WhereFrom)


def test_the_rows_left_out_are_saved_with_why(
    go: Go, listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = go(listed)
    way.answer()
    way.on()
    monkeypatch.setattr(way.desk.desk, "save_file", lambda *_: tmp_path / "rows.csv")
    QTest.mouseClick(way.at(Result).save, Qt.MouseButton.LeftButton)
    way.desk.calm()
    saved = (tmp_path / "rows.csv").read_text("utf-8-sig")
    assert "Frau mit Hund" in saved
    assert "anna@eins.example" not in saved


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04 no workbook", b"Name;Mail\n"],
    ids=["empty", "raw", "zip", "bare"],
)
def test_an_unreadable_file_is_told_and_loses_nothing(go: Go, content: bytes, tmp_path: Path, office: Office) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    way = go(path)
    assert len(way.desk.shell.problems) == 1
    way.at(ChooseFile)
    assert way.wizard.next.isEnabled()
    (other,) = way.desk.shell.others
    assert other is not None
    assert other[0] == M("Choose another file …")
    assert people(office) == []


def test_a_list_that_is_gone_before_it_comes_in_leaves_everything_as_it_was(
    go: Go, listed: Path, office: Office
) -> None:
    way = go(listed)
    way.answer()
    listed.unlink()
    way.on()
    assert len(way.desk.shell.problems) == 1
    way.at(TryRun)
    assert people(office) == []


def test_cancel_stops_the_list_and_nothing_is_half_in(go: Go, tmp_path: Path, office: Office) -> None:
    rows = "".join(f"Zahl {at};z{at}@zahl.example;;;\n" for at in range(3000))
    way = go(written(tmp_path / "lang.csv", HEADS + rows))
    way.answer()
    jobs: list[Job] = []
    way.desk.courier.started.connect(jobs.append)
    way.desk.courier.started.connect(lambda job: job.cancel())
    way.on()
    assert [job.title for job in jobs] == ["Bringing in the list"]
    assert people(office) == []
    assert way.desk.shell.problems == []
    way.at(TryRun)
    assert way.wizard.next.isEnabled()


def test_a_file_dropped_on_the_page_is_looked_at(go: Go, listed: Path) -> None:
    way = go(None)
    place = way.at(ChooseFile).place
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(listed))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    place.dropEvent(QDropEvent(QPointF(9, 9), action, data, button, Qt.KeyboardModifier.NoModifier))
    way.desk.calm()
    way.at(WhichColumn)


def test_escape_goes_a_step_back_and_then_leaves(go: Go, listed: Path) -> None:
    way = go(listed)
    QTest.keyClick(way.wizard, Qt.Key.Key_Escape)
    way.at(ChooseFile)
    with way.desk.qtbot.waitSignal(way.wizard.finished):
        QTest.keyClick(way.wizard, Qt.Key.Key_Escape)


def test_earlier_lists_can_be_taken_back_from_the_first_step(go: Go, listed: Path, office: Office) -> None:
    brought(office, listed)
    way = go(None)
    (batch,) = way.at(ChooseFile).earlier.undo
    QTest.mouseClick(way.at(ChooseFile).earlier.undo[batch], Qt.MouseButton.LeftButton)
    way.desk.calm()
    sheet = Overlay.top(way.desk.window)
    assert isinstance(sheet, UndoSheet)
    QTest.mouseClick(sheet.take_out, Qt.MouseButton.LeftButton)
    way.desk.calm()
    assert people(office) == []
    assert way.at(ChooseFile).earlier.undo == {}
    assert not way.at(ChooseFile).earlier.isVisible()


def test_without_earlier_lists_nothing_is_said_of_them(go: Go) -> None:
    assert not go(None).at(ChooseFile).earlier.isVisible()


def test_a_list_that_is_coming_in_is_not_thrown_away_for_anything(
    at_desk: AtDesk, listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Contacts(at_desk.desk)
    at_desk.put(screen)
    screen.show_at(import_path=None)
    wizard = screen.findChild(ImportWizard)
    assert wizard is not None
    go_on = Event()
    monkeypatch.setattr("desktop_crm.ui.import_list.file.look", lambda *_, **__: go_on.wait(10) and look(listed, "DE"))
    wizard.file.read(listed)
    screen.show_at(import_path=tmp_path / "other.csv")
    screen.show_at(person=b"x" * 16)
    next(one for one in wizard.head.findChildren(QAbstractButton) if one.text() == "Contacts").click()
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert [str(one.what.text) for one in at_desk.shell.problems] == ["Something is still running."] * 2
    go_on.set()
    at_desk.calm()
    assert screen.findChild(ImportWizard) is wizard
    assert isinstance(wizard.stage, WhichColumn)
    assert wizard.course.path == listed


def test_a_contact_file_needs_no_columns(go: Go, tmp_path: Path, office: Office) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Eins\nEMAIL:anna@eins.example\nEND:VCARD\n"
    way = go(written(tmp_path / "anna.vcf", card))
    assert way.at(WhichColumn).selects == {}
    way.answer(OrderReason.BUY)
    way.on()
    assert people(office) == ["Anna Eins"]


def test_everything_that_can_be_used_has_a_name(go: Go, listed: Path) -> None:
    way = go(listed)
    way.answer()
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for widget in way.wizard.findChildren(kind):
            if widget.isVisibleTo(way.wizard):
                assert widget.accessibleName(), widget
