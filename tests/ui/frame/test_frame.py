"""The frame: sidebar, screens made at their first visit, shortcuts, menus, drops, toasts. By keyboard where one can."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QSize, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop_crm.host import preferences
from desktop_crm.records.contact import Contact
from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import RequestKind
from desktop_crm.services import erasing, listing, requests, setup
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.files import documents_folder
from desktop_crm.ui.frame.shortcuts import ShortcutSheet
from desktop_crm.ui.frame.sidebar import Mark
from desktop_crm.ui.frame.sources import SERVICES
from desktop_crm.ui.frame.window import LEAST, USUAL, Window
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.paper.filing import FilingSheet
from desktop_crm.ui.screens.entries import SCREENS
from desktop_crm.ui.widgets.label import Elided
from desktop_crm.ui.widgets.sheet import Overlay, Sheet
from desktop_crm.ui.widgets.toast import Toast
from desktop_crm.words import M
from tests.ui.frame.framed import Framed, Key, Mod, SmallScreen, add_people

CTRL, SHIFT = Mod.ControlModifier, Mod.ShiftModifier


# Window


def on_a_screen(monkeypatch: pytest.MonkeyPatch, room: QRect) -> None:
    """The windows made from here on have this much room."""
    monkeypatch.setattr(Window, "screen", lambda _: SimpleNamespace(availableGeometry=lambda: room))


def test_the_title_bears_the_shop_and_nobody_else(framed: Framed) -> None:
    add_people(framed.office, ["Łucja Kowalska"])
    framed.shell.go("contacts", person=listing.search(framed.office, "lucja")[0])
    framed.calm()
    assert framed.window.windowTitle() == "Blumen Weber – Desktop CRM"


def test_a_page_that_is_left_is_destroyed(qtbot: QtBot, chosen: Chosen) -> None:
    window = Window(chosen)
    qtbot.addWidget(window)
    first, second = QWidget(), QWidget()
    window.show_page(first, shop="Blumen Weber")
    with qtbot.waitSignal(first.destroyed):
        window.show_page(second)
    assert window.windowTitle() == "Desktop CRM"


def test_the_window_stands_where_it_stood_and_keeps_nothing_else(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_screen(monkeypatch, QRect(0, 0, 1920, 1040))
    chosen = Chosen(tmp_path)
    window = Window(chosen)
    qtbot.addWidget(window)
    window.resize(LEAST[0], 700)
    window.show()
    window.close_for_good()
    chosen.wait()
    kept = preferences.load(tmp_path)
    assert kept == replace(preferences.Preferences(), geometry=kept.geometry)
    again = Window(Chosen(tmp_path))
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (LEAST[0], 700)


@pytest.mark.parametrize("room", [(0, 40, 1366, 728), (0, 0, 920, 560), (24, 0, 886, 512), (0, 0, 3840, 2160)])
def test_the_first_window_lies_within_the_screen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: tuple[int, int, int, int]
) -> None:
    there = QRect(*room)
    on_a_screen(monkeypatch, there)
    window = Window(Chosen(tmp_path))
    qtbot.addWidget(window)
    with_frame = QRect(window.pos(), window.size() + QSize(16, 40))
    assert there.contains(with_frame)
    assert window.size() == QSize(*USUAL).boundedTo(there.size() - QSize(16, 40))


def test_a_damaged_place_is_forgotten(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_screen(monkeypatch, QRect(0, 0, 1920, 1040))
    preferences.save(preferences.Preferences(geometry="no place"), tmp_path)
    window = Window(Chosen(tmp_path))
    qtbot.addWidget(window)
    assert (window.minimumWidth(), window.minimumHeight()) == LEAST
    assert window.width() > LEAST[0]


def test_closing_is_asked_for_first(framed: Framed) -> None:
    with framed.qtbot.waitSignal(framed.window.asked_close):
        framed.window.close()
    assert framed.window.isVisible()


# Sidebar and screens


def test_a_screen_is_made_at_its_first_visit_and_kept(framed: Framed) -> None:
    shell = framed.shell
    shell.go("log")
    first = framed.screen
    shell.go("today")
    shell.go("log")
    assert framed.screen is first
    assert shell.pages.count() == 2


def test_a_screen_fills_itself_when_it_is_shown(framed: Framed) -> None:
    framed.shell.go("log")
    assert framed.screen.filled == 1


def test_a_screen_fills_itself_anew_after_a_write_it_watches(framed: Framed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SmallScreen, "watches", frozenset({Contact}))
    add_people(framed.office, ["Łucja Kowalska"])
    framed.qtbot.waitUntil(lambda: framed.screen.filled == 2)


def test_the_sidebar_is_walked_with_tab_and_enter(framed: Framed) -> None:
    framed.shell.sidebar.items["papers"].setFocus(Qt.FocusReason.TabFocusReason)
    framed.press(Key.Key_Tab)
    framed.press(Key.Key_Return)
    assert framed.shell.current == "log"
    assert [key for key, item in framed.shell.sidebar.items.items() if item.isChecked()] == ["log"]


def test_the_sidebar_folds_where_the_window_is_narrow(framed: Framed) -> None:
    framed.window.resize(1279, 800)
    assert framed.shell.sidebar.width() == 64
    assert framed.shell.sidebar.items["requests"].toolTip() == "Copy or erase"
    framed.window.resize(1280, 800)
    assert framed.shell.sidebar.width() == 244


def test_sidebar_and_title_follow_the_name_of_the_shop(framed: Framed) -> None:
    framed.shell.named.connect(framed.window.name)
    setup.change_shop(framed.office, {"name": "Blumen Weber & Kind", "responsible": "Nora Weber"})
    framed.qtbot.waitUntil(lambda: framed.window.windowTitle() == "Blumen Weber & Kind – Desktop CRM")
    said = [made.text() for made in framed.shell.sidebar.findChildren(Elided) if not made.isHidden()]
    assert said[:2] == ["Blumen Weber & Kind", "Nora Weber"]
    assert framed.office.shop.name == "Blumen Weber & Kind"


def test_a_desk_that_is_gone_hears_of_nothing_more(framed: Framed, qtbot: QtBot) -> None:
    heard: list[frozenset[type]] = []
    desk = Desk(framed.office, framed.shell.desk.courier, framed.shell.desk.words, QWidget(), framed.shell)
    desk.changed.connect(heard.append)
    add_people(framed.office, ["Łucja Kowalska"])
    qtbot.waitUntil(lambda: len(heard) == 1)
    before = len(framed.office.store._listeners)
    delete(desk)
    assert len(framed.office.store._listeners) == before - 1
    add_people(framed.office, ["Piet Jansen"])
    assert len(heard) == 1


def test_open_requests_are_counted_beside_their_screen(framed: Framed) -> None:
    add_people(framed.office, ["Łucja Kowalska"])
    (person,) = listing.search(framed.office, "lucja")
    requests.register(framed.office, person, RequestKind.ACCESS, Channel.EMAIL)
    item = framed.shell.sidebar.items["requests"]
    framed.qtbot.waitUntil(lambda: item.accessibleName() == "Copy or erase, 1 open")


def test_a_number_that_cannot_be_had_holds_nobody_up(qtbot: QtBot, office: Office, chosen: Chosen) -> None:
    def refuse(_: Office) -> dict[str, Mark]:
        office.close()
        requests.open_requests(office)
        return {"keeping": Mark(3, Tone.NEUTRAL, M("three"))}

    framed = Framed(qtbot, office, chosen, sources=replace(SERVICES, marks=refuse))
    assert framed.shell.problems.shown is None
    framed.close()


# Keys


@pytest.mark.parametrize(("number", "key"), [(n, entry.key) for n, entry in enumerate(SCREENS, 1)])
def test_ctrl_and_a_number_go_to_a_page(framed: Framed, number: int, key: str) -> None:
    framed.press(Key(Key.Key_0.value + number), CTRL)
    assert framed.shell.current == key


def test_ctrl_comma_opens_the_settings(framed: Framed) -> None:
    framed.press(Key.Key_Comma, CTRL)
    assert framed.shell.current == "settings"


def test_ctrl_n_begins_a_new_contact_from_anywhere(framed: Framed) -> None:
    framed.press(Key.Key_N, CTRL)
    assert framed.screen.sent == [{"new": True}]


def test_ctrl_f_goes_to_the_search_of_the_page(framed: Framed) -> None:
    framed.press(Key.Key_F, CTRL)
    assert framed.screen.search.hasFocus()


def test_acts_for_a_person_need_an_open_record(framed: Framed) -> None:
    framed.press(Key.Key_R, CTRL)
    assert framed.shell.current == "today"
    framed.screen.of = b"p" * 16
    framed.press(Key.Key_R, CTRL)
    assert framed.screen.sent == [{"person": b"p" * 16, "do": "copy.give"}]


def test_f6_goes_from_the_sidebar_to_the_page_and_back(framed: Framed) -> None:
    framed.shell.sidebar.items["today"].setFocus()
    framed.press(Key.Key_F6)
    assert framed.screen.search.hasFocus()
    framed.press(Key.Key_F6)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert framed.shell.sidebar.isAncestorOf(focus)


def test_f1_shows_the_shortcuts_and_esc_puts_them_away(framed: Framed) -> None:
    framed.press(Key.Key_F1)
    framed.top(ShortcutSheet)
    framed.press(Key.Key_Escape)
    assert Overlay.top(framed.shell) is None


def test_a_sheet_keeps_shortcuts_away_but_for_the_lock(framed: Framed) -> None:
    Sheet(framed.shell, "Something to answer").open()
    framed.press(Key.Key_2, CTRL, on=framed.window)
    assert framed.shell.current == "today"
    with framed.qtbot.waitSignal(framed.shell.lock_asked):
        framed.press(Key.Key_L, CTRL, on=framed.window)


def test_f10_opens_a_menu_of_everything_that_can_be_done(framed: Framed) -> None:
    framed.press(Key.Key_F10)
    menu = framed.shell.findChild(QMenu)
    assert menu is not None
    heads = [action.text() for action in menu.actions()]
    assert heads == ["People", "Do", "Go to", "Program"]
    do = menu.actions()[1].menu()
    assert isinstance(do, QMenu)
    do.aboutToShow.emit()
    can = {action.text(): action.isEnabled() for action in do.actions()}
    assert can["Note"] is False
    assert can["Undo"] is False
    do.aboutToHide.emit()
    assert framed.shell.acts.commands.by_key["note"].isEnabled()
    menu.close()


def test_the_look_is_chosen_by_its_action_and_kept(framed: Framed, chosen: Chosen, tmp_path: Path) -> None:
    framed.shell.acts.do("look.dark")
    assert chosen.now.look == "dark"
    chosen.wait()
    assert preferences.load(tmp_path / "preferences").look == "dark"
    assert not framed.shell.acts.can("look.dark")


# Toasts


def test_ctrl_z_undoes_what_the_last_toast_offered_and_only_once(framed: Framed) -> None:
    undone: list[int] = []
    framed.shell.desk.toast("Moved to the bin", undo=lambda: undone.append(1))
    framed.shell.desk.toast("Saved")
    framed.shell.desk.toast("3 entries wait for your yes", act="Look", then=lambda: undone.append(2))
    for _ in range(2):
        framed.press(Key.Key_Z, CTRL, on=framed.window)
    assert undone == [1]


def test_what_leads_elsewhere_is_nothing_to_undo(framed: Framed) -> None:
    framed.shell.desk.toast("3 entries wait for your yes", act="Look", then=lambda: None)
    assert not framed.shell.acts.can("undo")


def test_what_is_undone_by_keys_is_not_said_any_more(framed: Framed) -> None:
    desk = framed.shell.desk
    desk.toast("Moved to the bin", undo=lambda: desk.toast("Taken back."))
    framed.press(Key.Key_Z, CTRL, on=framed.window)
    assert [toast.accessibleName() for toast in framed.shell.findChildren(Toast) if toast.isVisible()] == [
        "Taken back."
    ]


# Files dropped on the window


def drop(framed: Framed, *files: Path, on: QWidget | None = None) -> bool:
    """Lets files go over a part of the window, the way the system does: over the window's own surface."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    surface = framed.window.windowHandle()
    place = on.mapTo(framed.window, QPoint(4, 4)) if on is not None else QPoint(700, 400)
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Mod.NoModifier)
    enter = QDragEnterEvent(place, *how)
    QApplication.sendEvent(surface, enter)
    if not enter.isAccepted():
        return False
    let_go = QDropEvent(QPointF(place), *how)
    QApplication.sendEvent(surface, let_go)
    return let_go.isAccepted()


@pytest.mark.parametrize("name", ["liste.csv", "Kunden.XLSX", "anna.vcf"])
def test_a_list_dropped_anywhere_is_brought_in_after_a_look(framed: Framed, tmp_path: Path, name: str) -> None:
    assert drop(framed, tmp_path / "photo.jpg", tmp_path / name)
    assert framed.shell.current == "contacts"
    assert framed.screen.sent == [{"import_path": tmp_path / name}]


def test_a_list_dropped_while_something_runs_is_refused_with_a_sentence(framed: Framed, tmp_path: Path) -> None:
    go_on = Event()
    framed.shell.desk.courier.run(framed.shell, "Bringing in", lambda _: go_on.wait(10), lambda _: None)
    assert drop(framed, tmp_path / "liste.csv")
    shown = framed.shell.problems.shown
    assert shown is not None
    assert shown.panel.accessibleName() == "Something is still running."
    assert framed.shell.current == "today"
    shown.close()
    go_on.set()
    framed.calm()
    assert drop(framed, tmp_path / "liste.csv")
    assert framed.shell.current == "contacts"


def test_a_list_dropped_on_a_field_is_no_text(framed: Framed, tmp_path: Path) -> None:
    field = framed.screen.search
    assert drop(framed, tmp_path / "liste.csv", on=field)
    assert field.text() == ""
    assert framed.screen.sent == [{"import_path": tmp_path / "liste.csv"}]


def test_another_file_is_told_apart(framed: Framed, tmp_path: Path) -> None:
    assert drop(framed, tmp_path / "music.mp3")
    sheet = framed.shell.problems.shown
    assert sheet is not None
    assert sheet.panel.accessibleName() == "This file is neither a list of people nor a scan."
    assert framed.shell.current == "today"


def test_a_dropped_scan_is_filed_and_only_one_at_a_time(framed: Framed, tmp_path: Path) -> None:
    for name in ("form.PDF", "other.png"):
        assert drop(framed, tmp_path / name)
        top = Overlay.top(framed.shell)
        assert isinstance(top, FilingSheet)
        assert top.scan.path == tmp_path / "form.PDF"
    assert framed.shell.problems.shown is None


def test_a_part_that_wants_files_gets_them(framed: Framed, tmp_path: Path) -> None:
    framed.screen.setProperty("takesFiles", True)
    drop(framed, tmp_path / "liste.csv", on=framed.screen.search)
    assert framed.shell.current == "today"


def test_after_an_erasure_nothing_can_be_undone_that_was_about_the_person(
    qtbot: QtBot, framed: Framed, tmp_path: Path
) -> None:
    add_people(framed.office, ["Łucja Kowalska"])
    framed.shell.desk.toast("Note saved", undo=lambda: None)
    assert framed.shell.toasting.can_undo
    person = listing.search(framed.office, "lucja")[0]
    erasing.erase(framed.office, person, tmp_path / "papers", ErasureOrder())
    qtbot.waitUntil(lambda: not framed.shell.toasting.can_undo)


def test_a_dialog_never_begins_with_a_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would take its name for that of the file."""
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "Documents"))
    assert documents_folder() == Path.home()
    (tmp_path / "Documents").mkdir()
    assert documents_folder() == tmp_path / "Documents"
