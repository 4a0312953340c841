"""The list of contacts, by mouse and keyboard, over a real customer file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.records.audit import AuditEntry
from desktop_crm.services import contacts, entries, erasing, listing
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.listing import ChipCount
from desktop_crm.services.office import Office
from desktop_crm.services.people import sort_form
from desktop_crm.storage.where import eq
from desktop_crm.ui.contacts.chips import PeopleChips
from desktop_crm.ui.contacts.labelling import Labelling
from desktop_crm.ui.models.people import PAGE, ROW
from desktop_crm.ui.screens.contacts import Contacts
from desktop_crm.ui.widgets.chip import Chip as ChipButton
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.words import LANGUAGES, M, Problem
from installers.bench.customer_file import fill
from installers.bench.people import Crowd
from tests.ui.screens.conftest import AtDesk
from tests.ui.seeing import focused

READING_A_ROW = 400
"""Milliseconds that somebody who looks for a person needs for each row on the way."""
NAMES = ("Łucja Kowalska", "Maximilian Groß", "Ελένη Παπαδοπούλου", "Anna Berg", "Zoë Quandt")


def add(office: Office, name: str) -> bytes:
    mail = f"{abs(hash(name))}@example.com"
    return contacts.add(office, contacts.NewContact(name=name, emails=(mail,)))


@pytest.fixture
def people(office: Office) -> dict[str, bytes]:
    return {name: add(office, name) for name in NAMES}


@pytest.fixture
def crowd(office: Office) -> int:
    """So many made-up people in the file."""
    number = 3 * PAGE + 50
    office.store.write(partial(fill, office, list(Crowd(7).take(number))))
    return number


@pytest.fixture
def screen(at_desk: AtDesk) -> Contacts:
    made = Contacts(at_desk.desk)
    made.resize(1122, 800)
    return made


def shown(at_desk: AtDesk, screen: Contacts) -> list[str]:
    """The rows as they are read out, once they are here."""
    model = screen.list.model
    places = range(model.rowCount())
    for place in places:
        model.index(place).data()
    at_desk.calm()
    return [model.index(place).data() for place in places]


def looks(office: Office) -> int:
    return office.read(lambda reading: reading.count(AuditEntry, eq("act", "open_record")))


def click(screen: Contacts, place: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    view = screen.list.view
    spot = view.visualRect(screen.list.model.index(place)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, spot)


@pytest.mark.usefixtures("people")
def test_everybody_is_listed_by_name_and_counted(at_desk: AtDesk, screen: Contacts) -> None:
    at_desk.put(screen)
    assert shown(at_desk, screen)[0].startswith("Anna Berg, ")
    assert [name.split(",")[0] for name in shown(at_desk, screen)] == [
        "Anna Berg",
        "Łucja Kowalska",
        "Maximilian Groß",
        "Zoë Quandt",
        "Ελένη Παπαδοπούλου",
    ]
    assert screen.list._count.text() == "5"
    assert screen.person is None


def test_typing_finds_at_every_key_and_esc_shows_everybody_again(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes]
) -> None:
    at_desk.put(screen)
    QTest.keyClicks(screen.list.search, "lucja")
    at_desk.calm()
    assert [screen.list.model.person_at(0)] == [people["Łucja Kowalska"]]
    assert screen.list.model.rowCount() == 1
    QTest.keyClick(screen.list.search, Qt.Key.Key_Escape)
    at_desk.calm()
    assert screen.list.model.rowCount() == 5


def test_down_goes_from_the_search_into_the_list_and_up_comes_back(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes]
) -> None:
    at_desk.put(screen)
    at_desk.window.activateWindow()
    assert screen.go_to_search()
    QTest.keyClick(screen.list.search, Qt.Key.Key_Down)
    assert focused() is screen.list.view
    assert screen.list.person == people["Anna Berg"]
    QTest.keyClick(screen.list.view, Qt.Key.Key_Up)
    assert focused() is screen.list.search


def test_enter_in_the_search_opens_the_first_that_was_found(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes]
) -> None:
    at_desk.put(screen)
    QTest.keyClicks(screen.list.search, "gross")
    at_desk.calm()
    QTest.keyClick(screen.list.search, Qt.Key.Key_Return)
    at_desk.calm()
    assert screen.person == people["Maximilian Groß"]


def test_enter_before_the_answer_opens_and_chooses_the_first_of_the_answer(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes], office: Office
) -> None:
    at_desk.put(screen)
    QTest.keyClicks(screen.list.search, "gross")
    QTest.keyClick(screen.list.search, Qt.Key.Key_Return)
    at_desk.calm()
    assert screen.person == screen.list.person == people["Maximilian Groß"]
    assert screen.list.view.number_chosen == 1
    assert looks(office) == 1


def test_typing_on_after_enter_opens_nobody(at_desk: AtDesk, screen: Contacts, office: Office) -> None:
    add(office, "Maximilian Groß")
    at_desk.put(screen)
    QTest.keyClicks(screen.list.search, "gro")
    QTest.keyClick(screen.list.search, Qt.Key.Key_Return)
    QTest.keyClicks(screen.list.search, "s")
    at_desk.calm()
    assert looks(office) == 0


def test_letters_typed_in_the_list_go_on_with_the_search(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes]
) -> None:
    at_desk.put(screen)
    screen.list.view.step_in()
    QTest.keyClicks(screen.list.view, "z")
    at_desk.calm()
    assert screen.list.search.text() == "z"
    assert [screen.list.model.person_at(0)] == [people["Zoë Quandt"]]


def test_passing_people_by_with_the_arrows_opens_only_the_one_where_one_rests(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes], office: Office
) -> None:
    at_desk.put(screen)
    view = screen.list.view
    view.step_in()
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down)
        assert view._rest.remainingTime() > READING_A_ROW
    view._rest.timeout.emit()
    at_desk.calm()
    assert screen.person == people["Zoë Quandt"]
    assert looks(office) == 1


def test_a_click_opens_at_once_and_only_once(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes], office: Office
) -> None:
    at_desk.put(screen)
    click(screen, 1)
    assert not screen.list.view._rest.isActive()
    at_desk.calm()
    click(screen, 1)
    at_desk.calm()
    assert screen.person == people["Łucja Kowalska"]
    assert looks(office) == 1


def test_home_end_and_page_down_reach_the_ends_of_a_long_list(at_desk: AtDesk, screen: Contacts, crowd: int) -> None:
    at_desk.put(screen)
    view = screen.list.view
    view.step_in()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == crowd - 1
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert crowd - 30 < view.currentIndex().row() < crowd - 1
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0


def test_rows_come_when_they_are_looked_at_and_stand_in_the_order_of_names(
    at_desk: AtDesk, screen: Contacts, crowd: int
) -> None:
    at_desk.put(screen)
    model = screen.list.model
    assert model.rowCount() == crowd
    last = model.index(crowd - 1)
    assert last.data(ROW) is None
    at_desk.calm()
    assert last.data(ROW).id == model.person_at(crowd - 1)
    for place in range(0, crowd, PAGE // 2):
        model.index(place).data(ROW)
        at_desk.calm()
    names = [sort_form(model.index(place).data(ROW).name) for place in range(crowd)]
    assert all(one <= other for one, other in pairwise(names))


def test_a_chip_narrows_the_list_and_says_how_many_it_leaves(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes], office: Office
) -> None:
    entries.tag(office, [people["Anna Berg"], people["Zoë Quandt"]], "VIP & friends")
    at_desk.put(screen)
    chips = {chip._said for chip in screen.list.chips.findChildren(ChipButton) if not chip.isHidden()}
    assert chips == {"All", "Never asked · 5", "Labels …"}
    (label,) = screen.list.chips.labels
    screen.show_at(chip=label.key)
    at_desk.calm()
    assert screen.list.model.rowCount() == 2
    assert "VIP & friends · 2" in {chip._said for chip in screen.list.chips.findChildren(ChipButton)}
    screen.list.chips.row.chip(listing.Chip.NEVER_ASKED).click()
    at_desk.calm()
    assert screen.list.model.rowCount() == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_chips_stand_in_one_line_and_the_menu_holds_the_others(qtbot: QtBot, office: Office, language: str) -> None:
    at_desk = AtDesk(qtbot, office, language)
    chips = PeopleChips(at_desk.desk)
    chips.setFixedWidth(279)
    at_desk.put(chips)
    chips.show_counts([ChipCount(key, M(f"Anything {key}"), 12) for key in listing.Chip])
    at_desk.calm()
    shown = [one for one in chips.findChildren(ChipButton) if not one.isHidden()]
    assert len({one.y() for one in shown}) == 1
    assert sum(one.width() for one in shown) <= chips.width()
    picked: list[str] = []
    chips.picked.connect(picked.append)
    last = list(listing.Chip)[-1]
    assert last not in [key for key, _ in chips._offered]
    shown[-1].click()
    menu = chips.findChild(Menu)
    assert menu is not None
    menu.actions()[-1].trigger()
    assert picked == [last]
    assert chips.row.chosen() == "more"
    at_desk.courier.close()


@pytest.mark.usefixtures("people")
def test_searching_lets_go_of_the_chip(at_desk: AtDesk, screen: Contacts) -> None:
    at_desk.put(screen)
    screen.show_at(chip=listing.Chip.TIDY_UP)
    at_desk.calm()
    assert screen.list.model.rowCount() == 0
    QTest.keyClicks(screen.list.search, "anna")
    at_desk.calm()
    assert screen.list.chips.chosen == listing.Chip.ALL
    assert screen.list.model.rowCount() == 1


@pytest.mark.usefixtures("people")
def test_somebody_new_leaves_the_choice_on_the_same_person(at_desk: AtDesk, screen: Contacts, office: Office) -> None:
    at_desk.put(screen)
    click(screen, 2)
    at_desk.calm()
    chosen = screen.list.person
    add(office, "Aaron Abt")
    at_desk.qtbot.waitUntil(lambda: screen.list.model.rowCount() == 6)
    assert screen.list.person == chosen
    assert screen.list.view.currentIndex().row() == 3
    assert looks(office) == 1


def test_a_row_says_at_once_what_was_changed(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes], office: Office
) -> None:
    at_desk.put(screen)
    contacts.change(office, people["Anna Berg"], {"name": "Anna Burg"})
    at_desk.qtbot.waitUntil(lambda: screen.list.model.index(0).data().startswith("Anna Burg"))


@pytest.mark.usefixtures("crowd")
def test_whoever_is_opened_from_elsewhere_is_chosen_in_the_list(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes]
) -> None:
    at_desk.put(screen)
    QTest.keyClicks(screen.list.search, "anna berg")
    at_desk.calm()
    screen.show_at(person=people["Zoë Quandt"])
    at_desk.calm()
    assert screen.person == screen.list.person == people["Zoë Quandt"]
    assert screen.list.search.text() == ""
    assert screen.list.view.viewport().rect().intersects(screen.list.view.visualRect(screen.list.view.currentIndex()))


@pytest.mark.usefixtures("people")
def test_several_people_get_a_label_together_and_it_can_be_undone(
    at_desk: AtDesk, screen: Contacts, office: Office
) -> None:
    at_desk.put(screen)
    click(screen, 0)
    click(screen, 2, Qt.KeyboardModifier.ControlModifier)
    assert screen.bar.isVisible()
    assert screen.bar.accessibleName() == "2 chosen"
    screen.bar.acted.emit("label")
    at_desk.calm()
    sheet = at_desk.window.findChild(Labelling)
    assert isinstance(sheet, Labelling)
    sheet.name.set_text("Stammkunde")
    sheet.save.click()
    at_desk.calm()
    text, undo = at_desk.shell.toasts[-1]
    assert text == "Label put on"
    assert [(chip.text, chip.number) for chip in listing.chip_counts(office)[len(listing.Chip) :]] == [
        ("Stammkunde", 2)
    ]
    assert undo is not None
    undo()
    at_desk.calm()
    assert listing.chip_counts(office)[len(listing.Chip) :] == []


@pytest.mark.usefixtures("people")
def test_choosing_several_opens_nobody_and_esc_lets_go(at_desk: AtDesk, screen: Contacts, office: Office) -> None:
    at_desk.put(screen)
    view = screen.list.view
    view.step_in()
    view.open_now()
    at_desk.calm()
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    view._rest.timeout.emit()
    at_desk.calm()
    assert looks(office) == 1
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.number_chosen == 1
    assert not screen.bar.isVisible()


def test_an_empty_file_offers_how_to_begin_until_somebody_is_there(
    at_desk: AtDesk, screen: Contacts, office: Office
) -> None:
    at_desk.put(screen)
    assert screen.nobody.isVisible()
    assert not screen.go_to_search()
    add(office, "Anna Berg")
    at_desk.qtbot.waitUntil(screen.list.isVisible)
    assert not screen.nobody.isVisible()


@pytest.mark.usefixtures("people")
def test_nobody_found_is_said_and_leads_back(at_desk: AtDesk, screen: Contacts) -> None:
    at_desk.put(screen)
    QTest.keyClicks(screen.list.search, "xqxq{n}")
    at_desk.calm()
    assert screen.list._nobody.text() == "Nobody found for “xqxq{n}”."
    assert screen.list._nobody.isVisible()
    screen.list._clear.click()
    at_desk.calm()
    assert screen.list.view.isVisible()
    assert screen.list.model.rowCount() == 5


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("note", "forms.happenings.open_note"),
        ("call", "forms.happenings.open_call"),
        ("task", "forms.happenings.open_task"),
        ("order", "forms.happenings.open_order"),
        ("permission.ask", "asking.dialog.open_asking"),
        ("copy.give", "requests.start.give_copy"),
        ("erase", "erasing.sheet.open_erasing"),
    ],
)
def test_acts_for_a_person_reach_their_places(
    at_desk: AtDesk,
    screen: Contacts,
    people: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    place: str,
) -> None:
    done: list[object] = []
    monkeypatch.setattr(f"desktop_crm.ui.{place}", lambda _desk, person: done.append(person))
    at_desk.put(screen)
    screen.show_at(person=people["Anna Berg"], do=key)
    at_desk.calm()
    assert done == [people["Anna Berg"]]
    assert screen.person == people["Anna Berg"]


def test_who_is_erased_leaves_list_and_page(
    at_desk: AtDesk, screen: Contacts, people: dict[str, bytes], office: Office
) -> None:
    at_desk.put(screen)
    screen.show_at(person=people["Anna Berg"])
    at_desk.calm()
    erasing.erase(office, people["Anna Berg"], office.store.database.parent / "papers", ErasureOrder())
    at_desk.qtbot.waitUntil(lambda: screen.list.model.rowCount() == 4)
    at_desk.calm()
    assert screen.person is None
    assert at_desk.shell.problems == []


@pytest.mark.usefixtures("people")
def test_a_list_that_cannot_be_read_says_so_once(
    at_desk: AtDesk, screen: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise Problem(M("The disk is tired."))

    monkeypatch.setattr(listing, "rows", broken)
    at_desk.put(screen)
    for _ in range(3):
        screen.list.view.viewport().repaint()
        at_desk.calm()
    assert len(at_desk.shell.problems) == 1


@pytest.mark.usefixtures("people")
def test_the_list_can_be_gone_through_by_keyboard_in_reading_order(at_desk: AtDesk, screen: Contacts) -> None:
    at_desk.put(screen)
    at_desk.window.activateWindow()
    screen.list.new.setFocus(Qt.FocusReason.TabFocusReason)
    stops = []
    for _ in range(4):
        stops.append(focused())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert stops[:2] == [screen.list.new, screen.list.search]
    assert isinstance(stops[2], ChipButton)


def test_everything_on_the_page_has_a_name(at_desk: AtDesk, screen: Contacts, people: dict[str, bytes]) -> None:
    at_desk.put(screen)
    screen.show_at(person=people["Anna Berg"])
    at_desk.calm()
    reachable: Callable[[QWidget], bool] = lambda one: bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)  # noqa: E731
    nameless = [one for one in screen.findChildren(QWidget) if reachable(one) and not one.accessibleName()]
    assert nameless == []
    assert screen.list.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Anna Berg, interested"
    assert QApplication.widgetAt(QPoint(-1, -1)) is None


def test_whoever_a_list_has_brought_in_is_there_at_once_and_the_keyboard_with_them(
    at_desk: AtDesk, screen: Contacts, office: Office
) -> None:
    at_desk.put(screen)
    at_desk.window.activateWindow()
    screen.show_at(import_path=None)
    wizard = screen._wizard
    assert wizard is not None
    wizard.next.setFocus()
    add(office, "Anna Berg")
    QApplication.processEvents()
    wizard.finished.emit()
    assert screen.list.isVisible()
    assert not screen.nobody.isVisible()
    assert not screen.list._nobody.isVisible()
    at_desk.calm()
    assert shown(at_desk, screen)[0].startswith("Anna Berg, ")
    assert focused() is screen.list.search


def test_leaving_the_wizard_with_nobody_goes_back_to_how_to_begin(at_desk: AtDesk, screen: Contacts) -> None:
    at_desk.put(screen)
    screen.show_at(import_path=None)
    assert screen._wizard is not None
    screen._wizard.finished.emit()
    assert screen.nobody.isVisible()
