"""Composed pieces: sheets keep the keyboard, rows and timelines are reached by it, pages fold, everything mirrors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QEnterEvent, QFontMetrics, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.ui.look.theme import Mode, Theme
from desktop_crm.ui.look.tokens import DARK, LIGHT, Tone
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark, phrase
from desktop_crm.ui.widgets.empty import InfoCard
from desktop_crm.ui.widgets.facts import Fact, Facts, SmallButton, WhyCard
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.nav import DarkButton, NavItem, SelectionBar, Tabs
from desktop_crm.ui.widgets.page import FOLD_BELOW, Footer, Page, PageHead
from desktop_crm.ui.widgets.rows import Cell, GroupHead, Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Overlay, Sheet
from desktop_crm.ui.widgets.steps import StepList, Steps
from desktop_crm.ui.widgets.timeline import Entry, EntryView, Timeline
from desktop_crm.ui.widgets.toast import MOST, SHOWN_MS, Toasts
from tests.ui.scenes import entries, ignore, matrix, scene_of_a_sheet, scene_of_nothing, scene_of_rows
from tests.ui.seeing import Show, colours, focused, image

LONG = "Wirtschaftsgemeinschaft der Blumenfreundinnen und Blumenfreunde " * 4
ROUND = 3
"""Pixels that a mirrored picture may differ in where curves are smoothed."""


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[QWidget]:
    """A window with a field and a button in it, the field focused."""
    window = QWidget()
    inside = QVBoxLayout(window)
    inside.addWidget(QLineEdit())
    inside.addWidget(Button("Below"))
    window.resize(1000, 700)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.findChildren(QLineEdit)[0].setFocus()
    yield window
    for overlay in window.findChildren(Overlay):
        overlay.close()


def sheet_in(window: QWidget, title: str = "Note", width: int = 760) -> Sheet:
    sheet = Sheet(window, title, "for later", width=width)
    sheet.body.addWidget(QLineEdit())
    sheet.footer("Kept on this computer.", Button("Cancel", kind=Kind.QUIET), Button("Save", kind=Kind.PRIMARY))
    sheet.open()
    return sheet


def test_tab_stays_inside_a_sheet_in_both_directions(room: QWidget) -> None:
    sheet = sheet_in(room)
    for key, rounds in ((Qt.Key.Key_Tab, 9), (Qt.Key.Key_Backtab, 9)):
        seen = set()
        for _ in range(rounds):
            QTest.keyClick(focused(), key)
            assert sheet.isAncestorOf(focused())
            seen.add(focused())
        assert len(seen) == 4  # the field, two buttons, and the ×


def test_a_sheet_begins_at_its_first_field_and_gives_the_keyboard_back(room: QWidget) -> None:
    before = focused()
    sheet = sheet_in(room)
    assert focused() is sheet.body.itemAt(0).widget()  # type: ignore[union-attr]
    sheet.close()
    assert focused() is before


def test_a_sheet_never_begins_at_what_cannot_be_undone(room: QWidget) -> None:
    sheet = Sheet(room, "Erase 23 entries?")
    sheet.footer("", Button("Erase", kind=Kind.DANGER), Button("Cancel", kind=Kind.QUIET))
    sheet.open()
    assert focused().accessibleName() == "Cancel"


def test_nothing_behind_a_sheet_takes_the_keyboard_or_a_click(room: QWidget) -> None:
    pressed: list[bool] = []
    below = room.findChildren(Button)[0]
    below.clicked.connect(pressed.append)
    sheet = sheet_in(room)
    below.setFocus()
    assert sheet.isAncestorOf(focused())
    target = room.childAt(below.geometry().center())
    assert target is not None
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    assert pressed == []


def test_esc_closes_a_sheet_unless_it_is_busy(room: QWidget, qtbot: QtBot) -> None:
    sheet = sheet_in(room)
    sheet.set_busy(True)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert sheet.isVisible()
    sheet.set_busy(False)
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert Overlay.top(room) is None


def test_of_two_sheets_the_newer_is_seen_alone_and_the_older_comes_back(room: QWidget) -> None:
    older, newer = sheet_in(room, "Older"), sheet_in(room, "Newer")
    assert (older.isVisible(), newer.isVisible()) == (False, True)
    newer.close()
    assert older.isVisible()
    assert older.isAncestorOf(focused())


def test_a_sheet_closed_from_below_another_does_not_come_back(room: QWidget) -> None:
    before = focused()
    older, newer = sheet_in(room, "Older"), sheet_in(room, "Newer")
    older.close()
    assert Overlay.top(room) is newer
    newer.close()
    assert Overlay.top(room) is None
    assert focused() is before


def test_a_sheet_is_a_dialog_with_a_name_to_screen_readers(room: QWidget) -> None:
    spoken = QAccessible.queryAccessibleInterface(sheet_in(room, "Erase 23 entries?").panel)
    assert spoken.role() == QAccessible.Role.Dialog
    assert spoken.text(QAccessible.Text.Name) == "Erase 23 entries?"


def test_a_sheet_fits_the_smallest_window_and_scrolls_what_is_too_high(room: QWidget) -> None:
    sheet = sheet_in(room, width=1000)
    for number in range(40):
        sheet.body.addWidget(label(f"line {number}"))
    room.resize(920, 600)
    QApplication.processEvents()
    assert room.rect().contains(sheet.panel.geometry())
    save = next(button for button in sheet.findChildren(Button) if button.text() == "Save")
    corner = save.mapTo(room, save.rect().bottomRight())
    assert sheet.panel.geometry().contains(corner)


def rows_in(show: Show, *bands: Row | GroupHead) -> RowList:
    made = RowList(name="List")
    made.show_rows(bands)
    show(made)
    return made


def test_rows_are_walked_with_the_arrows_and_opened_with_enter(show: Show) -> None:
    opened: list[str] = []
    rows = [Row(name, on_click=lambda name=name: opened.append(name)) for name in "abc"]  # type: ignore[misc]
    rows_in(show, rows[0], rows[1], Row("only to read"), rows[2])
    rows[0].setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Enter):
        QTest.keyClick(focused(), key)
    assert opened == ["c", "b"]
    assert [row.focusPolicy() is Qt.FocusPolicy.StrongFocus for row in rows] == [False, True, False]


def test_a_row_says_everything_that_stands_in_it() -> None:
    row = Row("Ring Elena", "Invoice is open", RowLook(time="14:00", cells=[Cell("7", figures=True)]))
    assert row.accessibleName() == "14:00, Ring Elena, Invoice is open, 7"


def test_the_box_of_a_group_ticks_its_rows_and_shows_when_some_are_ticked(show: Show) -> None:
    ticking = RowLook(check=True)
    head, other = GroupHead("Gift cards", check=True), GroupHead("Offers", check=True)
    rows = [Row(name, look=ticking) for name in "abc"]
    made = rows_in(show, head, rows[0], rows[1], other, rows[2])
    assert head.check is not None
    head.check.click()
    assert made.ticked == rows[:2]
    rows[0].click()
    assert head.check.checkState() is Qt.CheckState.PartiallyChecked
    head.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert made.ticked == rows[:2]


def test_a_folded_group_hides_its_rows_until_it_is_opened(show: Show) -> None:
    head, row = GroupHead("Guests", folded=True), Row("a", on_click=ignore)
    rows_in(show, head, row)
    assert row.isHidden()
    head.click()
    assert not row.isHidden()


def test_columns_of_rows_stand_below_each_other(show: Show) -> None:
    cells = [[Cell(text, figures=True), Cell("and more")] for text in ("7", "12 000")]
    rows = [Row(name, look=RowLook(cells=each)) for name, each in zip(("Short", "A longer one"), cells, strict=True)]
    rows_in(show, *rows).resize(600, 200)
    QApplication.processEvents()
    starts = [[part.x() for part in row.findChildren(Elided)] for row in rows]
    assert starts[0] == starts[1]


def test_strong_words_are_never_taken_for_mark_up() -> None:
    made = phrase("Span & <b> wrote to Span", ["Span", "<b>", "span"])
    assert made.accessibleName() == "Span & <b> wrote to Span"
    document = QTextDocument()
    document.setHtml(made.text())
    assert document.toPlainText() == "Span & <b> wrote to Span"


def time_passes(toasts: Toasts) -> None:
    """Ten seconds, without waiting for them."""
    for toast in list(toasts.shown):
        if toast.timer.isActive():
            toast.timer.timeout.emit()


def test_a_toast_stays_ten_seconds(room: QWidget) -> None:
    toasts = Toasts(room)
    toasts.show_toast("Moved to the bin.")
    assert toasts.shown[0].timer.isActive()
    assert toasts.shown[0].timer.interval() == SHOWN_MS == 10_000
    assert toasts.shown[0].timer.isSingleShot()
    time_passes(toasts)
    assert toasts.shown == []
    assert not toasts.isVisible()


def test_a_toast_waits_while_the_keyboard_is_on_it(room: QWidget) -> None:
    toasts = Toasts(room)
    toasts.show_toast("Moved to the bin.", act="Undo", then=ignore)
    toasts.shown[0].findChildren(DarkButton)[0].setFocus()
    time_passes(toasts)
    assert len(toasts.shown) == 1
    room.findChildren(QLineEdit)[0].setFocus()
    time_passes(toasts)
    assert toasts.shown == []


def test_a_toast_waits_while_the_mouse_is_on_it(room: QWidget) -> None:
    toasts = Toasts(room)
    toasts.show_toast("Moved to the bin.")
    toast = toasts.shown[0]
    inside = toast.rect().center().toPointF()
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QApplication.sendEvent(toast, QEnterEvent(inside, inside, inside))
    time_passes(toasts)
    assert toasts.shown == [toast]
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    time_passes(toasts)
    assert toasts.shown == []


def test_undo_on_a_toast_is_done_once_and_the_toast_goes(room: QWidget) -> None:
    done: list[str] = []
    toasts = Toasts(room)
    toasts.show_toast("Moved to the bin.", act="Undo", then=lambda: done.append("undone"))
    QTest.mouseClick(toasts.shown[0].findChildren(DarkButton)[0], Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert toasts.shown == []


def test_toasts_never_pile_up(room: QWidget) -> None:
    toasts = Toasts(room)
    for number in range(MOST + 4):
        toasts.show_toast(f"{number}")
    assert [toast.accessibleName() for toast in toasts.shown] == ["4", "5", "6"]
    assert room.rect().contains(toasts.geometry())


def test_a_long_toast_wraps_and_keeps_its_words(room: QWidget, qtbot: QtBot) -> None:
    toasts = Toasts(room)
    toasts.show_toast(LONG, act="Undo", then=ignore)
    qtbot.waitUntil(lambda: toasts.shown[0].height() > 80)
    assert room.rect().contains(toasts.geometry())


def test_a_timeline_has_one_head_per_month_and_goes_on_with_older_entries(show: Show) -> None:
    timeline = Timeline(entries())
    show(timeline)
    timeline.add([Entry("Said yes", month="October"), Entry("First visit", month="May")])
    assert timeline.months == ["November", "October", "May"]
    assert [view.joined for view in timeline.views] == [True, False, True, False, False]


def test_a_timeline_is_walked_with_the_arrows(show: Show) -> None:
    timeline = Timeline(entries())
    show(timeline)
    timeline.views[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused() is timeline.views[1]
    assert timeline.views[1].dots.isVisible()
    assert [action.text() for action in timeline.views[1].menu().actions()] == ["Delete"]
    assert timeline.views[2].accessibleName() == "Note, 21 Oct, White and green."


@pytest.mark.parametrize(("width", "folded"), [(FOLD_BELOW + 100, False), (FOLD_BELOW - 60, True)])
def test_the_rail_stands_below_where_the_window_is_narrow(qtbot: QtBot, width: int, folded: bool) -> None:
    page = Page(PageHead("Today"), rail=True)
    main, side = Card("Main"), Card("Side")
    page.add(main)
    page.end()
    page.rail.addWidget(side)
    qtbot.addWidget(page)
    page.resize(width, 700)
    page.show()
    assert page.folded is folded
    below = side.mapTo(page, side.rect().topLeft()).y() > main.mapTo(page, main.rect().bottomLeft()).y()
    assert below is folded


def test_a_page_is_never_wider_than_the_smallest_window(qtbot: QtBot) -> None:
    acts = [Button(text, icon="note") for text in ("Besprechungsnotiz", "Telefonanruf", "Aufgabe", "Auftrag")]
    rows = RowList(LONG, name="List")
    rows.show_rows([Row(LONG, LONG, RowLook(trailing=[Badge("Neu")]), ignore)])
    page = Page(PageHead(LONG, LONG, actions=acts), rail=True, footer=Footer(Button("Weiter"), back=ignore, note=LONG))
    page.add(rows)
    page.add(Banner(LONG, actions=[Button("Wait until 14 Dec")]))
    page.rail.addWidget(Facts([Fact("Name", LONG, "user", ignore, can_copy=True), Fact("Address", LONG)]))
    qtbot.addWidget(page)
    page.resize(700, 600)
    page.show()
    assert page.width() == 700
    inner = page.scroller.widget()
    assert inner is not None
    assert inner.width() <= page.scroller.viewport().width()
    assert rows.rows[0].findChildren(Elided)[0].toolTip() == LONG


def test_cards_of_an_empty_list_stand_below_each_other_in_a_narrow_window(qtbot: QtBot) -> None:
    empty = scene_of_nothing()
    qtbot.addWidget(empty)
    places = []
    for width in (1000, 500):
        empty.resize(width, 900)
        empty.show()
        QApplication.processEvents()
        first, second = empty.findChildren(InfoCard)
        places.append(first.y() < second.y())
        assert empty.rect().contains(second.geometry())
    assert places == [False, True]
    assert empty.width() == 500


def test_tabs_follow_the_reading_direction(qapp: QApplication, show: Show) -> None:
    tabs = Tabs([("one", "One"), ("two", "Two")], name="Parts", counts={"two": 2})
    picked: list[str] = []
    tabs.picked.connect(picked.append)
    show(tabs)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    tabs.findChildren(QWidget)[0].setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Left)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert picked == ["two", "one"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: StepList(["", "", ""], 1),
        lambda: Steps(["", "", "", ""], 1),
        lambda: NavItem("", "users"),
    ],
    ids=["list", "steps", "nav"],
)
def test_painted_pieces_are_mirrored_from_right_to_left(
    qapp: QApplication, qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    piece = make()
    if isinstance(piece, NavItem):
        piece.setChecked(True)
    qtbot.addWidget(piece)
    piece.resize(240, piece.height())
    left_to_right = image(piece)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = image(piece)
    assert mirrored != left_to_right
    middle = piece.height() // 2
    strong = [
        {x for x in range(240) if picture.pixelColor(x, middle).name().upper() == LIGHT.accent}
        for picture in (left_to_right, mirrored)
    ]
    if strong[0]:
        assert abs(min(strong[0]) - (239 - max(strong[1]))) <= ROUND


def test_pieces_follow_the_look_while_they_are_shown(theme: Theme, show: Show) -> None:
    rows = rows_in(show, GroupHead("Group"), Row("Title", "Sub", RowLook(lead=Mark("note", Tone.INFO)), ignore))
    assert LIGHT.info_soft in colours(image(rows))
    theme.use(Mode.DARK)
    shown = colours(image(rows))
    assert DARK.info_soft in shown
    assert DARK.sunken in shown
    assert LIGHT.surface not in shown


def test_a_step_says_where_one_is() -> None:
    steps = Steps(["File", "Columns", "Done"], 1)
    assert steps.accessibleName() == "Step 2 of 3: Columns"
    steps.go_to(3)
    assert steps.accessibleName() == "Step 3 of 3: Done"


def test_a_fact_is_copied_opened_and_explained(show: Show) -> None:
    opened: list[str] = []
    why = [("What for", "Deliveries")]
    facts = Facts([Fact("Phone", "+49 151 2345", "phone", lambda: opened.append("rung"), can_copy=True, why=why)])
    show(facts)
    explain, copy = facts.findChildren(SmallButton)
    assert copy.accessibleName() == "Copy: Phone"
    copy.click()
    assert QApplication.clipboard().text() == "+49 151 2345"
    next(part for part in facts.findChildren(QWidget) if part.accessibleName() == "Phone: +49 151 2345").click()  # type: ignore[attr-defined]
    assert opened == ["rung"]
    explain.click()
    card = explain.findChildren(WhyCard)[0]
    assert card.accessibleName() == "Why we have this What for: Deliveries."
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_the_selection_bar_is_there_while_something_is_chosen(room: QWidget) -> None:
    bar = SelectionBar(room, [("keep", "Keep …"), ("erase", "Erase")])
    acted: list[str] = []
    bar.acted.connect(acted.append)
    bar.show_count("3 chosen", {"erase": "Erase 3 …"})
    assert bar.isVisible()
    assert abs(bar.geometry().center().x() - room.rect().center().x()) <= 1
    bar.findChildren(DarkButton)[1].click()
    bar.show_count("")
    assert not bar.isVisible()
    assert acted == ["erase"]


def test_a_table_is_walked_opened_and_read_out(show: Show) -> None:
    table = matrix()
    opened: list[int] = []
    table.opened.connect(lambda index: opened.append(index.row()))
    show(table)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert opened == [1]
    spoken = QAccessible.queryAccessibleInterface(table.grid)
    assert spoken.role() == QAccessible.Role.Table
    said = [spoken.child(number).text(QAccessible.Text.Name) for number in range(spoken.childCount())]
    assert {"Łucja Kowalska", "Yes", "Newsletter"} <= set(said)


@pytest.mark.parametrize("scene", [scene_of_rows, scene_of_nothing, scene_of_a_sheet])
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK, Mode.CONTRAST])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_all_pieces_can_be_looked_at(
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    pictures: Path,
    scene: Callable[[], QWidget],
    mode: Mode,
    direction: Qt.LayoutDirection,
) -> None:
    theme.use(mode)
    qapp.setLayoutDirection(direction)
    window = scene()
    qtbot.addWidget(window)
    window.resize(1120, 760)
    window.show()
    QApplication.processEvents()
    side = "rtl" if direction is Qt.LayoutDirection.RightToLeft else "ltr"
    assert image(window).save(str(pictures / f"pieces-{scene.__name__[9:]}-{mode.value}-{side}.png"))


def test_every_piece_that_can_be_reached_has_a_name(qtbot: QtBot) -> None:
    window = scene_of_rows()
    qtbot.addWidget(window)
    window.show()
    stops = [
        part
        for part in window.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible()
    ]
    nameless = [type(part).__name__ for part in stops if not part.accessibleName()]
    assert nameless == []
    assert any(isinstance(part, EntryView) for part in stops)


def test_german_names_of_steps_are_cut_with_a_hint_where_there_is_no_room(qtbot: QtBot) -> None:
    steps = Steps(["Personenüberprüfung abgeschlossen"] * 5, 2)
    qtbot.addWidget(steps)
    steps.resize(500, steps.height())
    assert QFontMetrics(steps.font()).horizontalAdvance(steps.names[0]) > steps.words(0).width()
    assert steps.minimumSizeHint().width() < 500
