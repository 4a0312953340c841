"""Controls: what they do by mouse and by keyboard, what they tell a screen reader, and how they look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QHelpEvent, QImage, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.ui.look.theme import Mode, Theme, tokens
from desktop_crm.ui.look.tokens import SIDEBAR, TARGET, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.avatar import initials, paint_avatar
from desktop_crm.ui.widgets.badge import Badge, Pill
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import Chip, ChipRow
from desktop_crm.ui.widgets.choice import CheckBox, ChoiceCard, Switch
from desktop_crm.ui.widgets.label import Elided, Label, label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.ui.widgets.nav import NavItem
from desktop_crm.ui.widgets.progress import ProgressBar, Ring
from tests.ui.gallery import gallery
from tests.ui.seeing import Show, colours, image

# Buttons


def test_a_button_is_pressed_by_mouse_space_and_enter(show: Show) -> None:
    button = Button("Continue", kind=Kind.PRIMARY)
    show(button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(button, key)
    assert len(pressed) == 4


def test_enter_held_with_ctrl_or_held_down_presses_nothing(show: Show) -> None:
    button = Button("Continue")
    show(button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(button, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "", True))
    assert pressed == []
    QTest.keyClick(button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert pressed == [1]


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("left", [0, 100, 360])
def test_a_menu_stays_inside_the_window(show: Show, qapp: QApplication, left: int, mirrored: bool) -> None:
    room = QWidget()
    room.setFixedSize(400, 300)
    button = Button(icon="dots", kind=Kind.ICON, name="More")
    button.setParent(room)
    button.move(left, 10)
    way = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    room.setLayoutDirection(way)
    show(room)
    menu = Menu(button, name="More")
    menu.setLayoutDirection(way)
    menu.add("Activity of this person", lambda: None, icon="list")
    menu.open_below(button)
    qapp.processEvents()
    place = QRect(room.mapFromGlobal(menu.pos()), menu.size())
    menu.close()
    assert room.rect().left() <= place.left()
    assert place.right() <= room.rect().right()


@pytest.mark.parametrize("kind", list(Kind))
def test_the_keyboard_leaves_a_ring_and_the_mouse_leaves_none(show: Show, kind: Kind) -> None:
    button = Button("Continue", icon="pen", kind=kind)
    show(button)
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    by_mouse = image(button)
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert image(button) != by_mouse
    button.clearFocus()
    assert image(button) == by_mouse


def test_the_ring_stays_while_a_menu_is_open(show: Show) -> None:
    button = Button("Sort")
    show(button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.clearFocus()
    button.setFocus(Qt.FocusReason.PopupFocusReason)
    assert not button.ringed
    button.setFocus(Qt.FocusReason.TabFocusReason)


@pytest.mark.parametrize(
    ("button", "height"),
    [
        (lambda: Button("Note"), 36),
        (lambda: Button("Note", large=True), 44),
        (lambda: Button(icon="dots", kind=Kind.ICON, name="More"), 32),
        (lambda: Button("Edit", kind=Kind.LINK), 32),
    ],
)
def test_buttons_have_the_heights_of_the_design(show: Show, button: Callable[[], Button], height: int) -> None:
    made = button()
    show(made)
    assert made.sizeHint().height() == height


def test_a_button_without_words_has_a_name_and_a_hint() -> None:
    button = Button(icon="dots", kind=Kind.ICON, name="More")
    assert (button.accessibleName(), button.toolTip()) == ("More", "More")


def test_a_button_folds_to_its_icon_and_keeps_its_words_as_hint() -> None:
    button = Button("Give a copy", icon="copy")
    wide = button.sizeHint()
    button.fold(True)
    assert button.sizeHint() == QSize(36, 36)
    assert (button.toolTip(), button.accessibleName()) == ("Give a copy", "Give a copy")
    button.fold(False)
    assert (button.sizeHint(), button.toolTip()) == (wide, "")


def test_an_access_key_is_no_part_of_the_name() -> None:
    button = Button("&Keep && carry on")
    assert button.accessibleName() == "Keep & carry on"
    button.setText("&Stop")
    assert button.accessibleName() == "Stop"
    assert button.shortcut().toString() == "Alt+S"


def test_words_of_a_button_are_never_cut_at_its_own_width(show: Show) -> None:
    for text in ("Einwilligung einholen …", "Erase 23 entries", "Ważne"):
        button = Button(text, icon="copy", kind=Kind.QUIET)
        show(button)
        room = button.width() - 2 * 15 - 18 - 7
        assert QFontMetrics(button._font()).elidedText(text, Qt.TextElideMode.ElideRight, room) == text


def test_a_button_that_is_off_looks_off_in_high_contrast_too(theme: Theme, show: Show) -> None:
    button = Button("Note")
    show(button)
    for mode in (Mode.LIGHT, Mode.CONTRAST):
        theme.use(mode)
        button.setEnabled(True)
        awake = image(button)
        button.setEnabled(False)
        assert image(button) != awake


# Texts


def test_a_name_with_signs_of_markup_is_shown_as_it_is(show: Show) -> None:
    strange = label("<b>Anna</b> & Söhne")
    plain = label("Anna & Söhne")
    show(boxed(column(strange, plain)))
    assert strange.sizeHint().width() > plain.sizeHint().width()


def test_the_ink_of_a_label_follows_its_token_and_the_look(theme: Theme, show: Show) -> None:
    text = Label("Anna", Type.HERO, "danger")
    show(text)
    assert tokens().danger in colours(image(text))
    text.set_ink("success")
    assert tokens().success in colours(image(text))
    theme.use(Mode.DARK)
    assert tokens().success in colours(image(text))


def test_a_long_text_is_cut_and_told_in_full_as_a_hint(show: Show) -> None:
    text = Elided("lucja.kowalska.from.the.flower.shop@example.com")
    window = show(text)
    window.resize(160, 80)
    assert text.toolTip() == text.text()
    window.resize(600, 80)
    assert text.toolTip() == ""


def test_a_text_that_wraps_is_never_cut(show: Show) -> None:
    text = label("Erased people leave old copies by 4 January, and the blue stick still holds two. " * 3, wrap=True)
    holder = QWidget()
    lines = column(STRETCH)
    holder.setLayout(lines)
    lines.addWidget(text, 0, Qt.AlignmentFlag.AlignTop)
    window = show(holder)
    window.resize(240, 500)
    assert text.height() >= text.heightForWidth(text.width()) > 40


def test_latin_text_stands_at_the_right_in_an_arabic_window(qapp: QApplication, show: Show) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    text = label("Anna")
    show(text)
    picture = image(text)
    ground = picture.pixelColor(0, 0)
    inked = [x for x in range(picture.width()) for y in range(picture.height()) if picture.pixelColor(x, y) != ground]
    assert min(inked) > picture.width() / 2


# Badges and avatars


def test_a_badge_reads_as_text_and_changes_its_size_with_it(show: Show) -> None:
    badge = Badge("Ready", Tone.SUCCESS, "check")
    show(badge)
    before = badge.width()
    badge.set_text("Waits for your answer")
    assert badge.sizeHint().width() > before
    seen = QAccessible.queryAccessibleInterface(badge)
    assert seen.text(QAccessible.Text.Name) == "Waits for your answer"
    assert seen.role() is QAccessible.Role.StaticText


@pytest.mark.parametrize("text", ["Reason: orders", "Keep until 2029", "14", "Nicht gefragt", "محمد", "Photos: “ja”"])
def test_the_words_of_a_badge_fit_into_it(text: str) -> None:
    pill = Pill(text, icon="clock")
    room = pill.size.width() - 2 * pill._padding - pill._lead
    assert QFontMetrics(pill._font).elidedText(text, Qt.TextElideMode.ElideRight, room) == text


def test_a_badge_is_never_told_by_colour_alone_in_high_contrast(theme: Theme, show: Show) -> None:
    badge = Badge("Late", Tone.DANGER, "alert")
    show(badge)
    theme.use(Mode.CONTRAST)
    assert tokens().danger in colours(image(badge))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Łucja Kowalska", "ŁK"),
        ("Sophie Dubois-Lefèvre", "SD"),
        ("Bäckerei Hofmann GmbH", "BG"),
        ("Nguyễn Thị Hương", "NH"),
        ("Ελένη Παπαδοπούλου", "ΕΠ"),
        ("محمد الحسن", "م"),
        ("王小明", "王"),
        ("cher", "C"),
        ("ßeta Straße", "SS"),
        ("  (Amelia)  O’Connor ", "AO"),
        ("…", ""),
        ("", ""),
    ],
)
def test_initials_fit_every_script(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_person_keeps_their_colour_and_no_person_is_red() -> None:
    def painted(name: str) -> QImage:
        picture = QImage(40, 40, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        paint_avatar(painter, QRect(0, 0, 40, 40), name)
        painter.end()
        return picture

    assert painted("Anna Weber") == painted("Anna Weber")
    grounds = {painted(f"Anna {number}").pixelColor(20, 4).name().upper() for number in range(60)}
    assert len(grounds) == 4
    assert not grounds & {tokens().danger_soft, tokens().accent_soft}


# Chips


def test_one_chip_lets_go_of_the_other_and_tells_its_key(qtbot: QtBot, show: Show) -> None:
    chips = ChipRow([("all", "All"), ("tidy", "Tidy-up · 14")], name="Show")
    show(chips)
    assert chips.chosen() is None
    with qtbot.waitSignal(chips.changed) as told:
        QTest.mouseClick(chips.chip("all"), Qt.MouseButton.LeftButton)
    assert told.args == ["all"]
    with qtbot.waitSignal(chips.changed):
        QTest.keyClick(chips.chip("tidy"), Qt.Key.Key_Return)
    assert chips.all_chosen() == ["tidy"]


def test_several_chips_may_be_chosen_where_that_is_meant(show: Show) -> None:
    chips = ChipRow([("a", "A"), ("b", "B"), ("c", "C")], name="Tags", single=False, chosen="a")
    show(chips)
    QTest.mouseClick(chips.chip("c"), Qt.MouseButton.LeftButton)
    assert chips.all_chosen() == ["a", "c"]
    chips.choose(None)
    assert chips.all_chosen() == []


def test_new_chips_keep_what_was_chosen(show: Show) -> None:
    chips = ChipRow([("a", "A"), ("b", "B")], name="Tags", chosen="b")
    show(chips)
    chips.set_options([("b", "B · 2"), ("c", "C")])
    assert chips.chosen() == "b"
    assert chips.chip("b").accessibleName() == "B · 2"


def test_a_tag_with_an_ampersand_is_shown_and_is_no_access_key() -> None:
    chip = Chip("Weddings & funerals")
    assert chip.accessibleName() == "Weddings & funerals"
    assert chip.shortcut().isEmpty()


def test_chips_wrap_into_further_lines(show: Show) -> None:
    chips = ChipRow([(str(number), f"Choice number {number}") for number in range(8)], name="Many")
    window = show(chips)
    window.resize(300, 400)
    rows = {chips.chip(str(number)).y() for number in range(8)}
    assert len(rows) == 4
    assert chips.height() >= 4 * TARGET


# Choices


def test_a_choice_card_is_chosen_by_a_click_anywhere_on_it(show: Show) -> None:
    one = ChoiceCard("Only me", "Opens when you sign in")
    several = ChoiceCard("Several people", "Each gets a password", badge=Badge("Later"))
    show(boxed(column(one, several)))
    assert not one.isChecked()
    assert not several.isChecked()
    QTest.mouseClick(several, Qt.MouseButton.LeftButton, pos=QPoint(several.width() - 20, several.height() // 2))
    assert several.isChecked()
    QTest.keyClick(one, Qt.Key.Key_Space)
    assert (one.isChecked(), several.isChecked()) == (True, False)


def test_cards_to_tick_do_not_let_go_of_each_other(show: Show) -> None:
    cards = [ChoiceCard(name, exclusive=False) for name in ("Newsletter", "Birthday card")]
    show(boxed(column(*cards)))
    for card in cards:
        QTest.keyClick(card, Qt.Key.Key_Return)
    assert all(card.isChecked() for card in cards)
    QTest.keyClick(cards[0], Qt.Key.Key_Space)
    assert not cards[0].isChecked()


def test_a_screen_reader_hears_which_kind_of_choice_it_is() -> None:
    def role(widget: QWidget) -> QAccessible.Role:
        return QAccessible.queryAccessibleInterface(widget).role()

    one, tick = ChoiceCard("Only me", "Alone"), ChoiceCard("Newsletter", exclusive=False)
    assert role(one) is QAccessible.Role.RadioButton
    assert role(tick) is QAccessible.Role.CheckBox
    assert role(CheckBox("Done")) is QAccessible.Role.CheckBox
    assert QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Description) == "Alone"


def test_a_card_grows_with_its_words(show: Show) -> None:
    card = ChoiceCard("Only me", "This explanation is long, as German ones are, and wraps into several lines. " * 2)
    window = show(card)
    window.resize(300, 400)
    assert card.height() == card.heightForWidth(card.width()) > 80


def test_the_whole_line_of_a_box_ticks_it(show: Show) -> None:
    box = CheckBox("I checked that it is the right person")
    show(box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 3, 3))
    assert box.isChecked()


def test_a_switch_looks_different_when_it_is_on_and_not_by_colour_alone(show: Show) -> None:
    switch = Switch("Lock when idle")
    show(switch)
    off = image(switch).convertToFormat(QImage.Format.Format_Grayscale8)
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert image(switch).convertToFormat(QImage.Format.Format_Grayscale8) != off
    assert switch.accessibleName() == "Lock when idle"


# Progress


def test_progress_is_told_to_screen_readers_and_fills_from_where_reading_starts(qapp: QApplication, show: Show) -> None:
    bar = ProgressBar(name="Erasing")
    bar.show_progress(17, 34)
    show(bar)
    value = QAccessible.queryAccessibleInterface(bar).valueInterface()
    assert (value.currentValue(), value.maximumValue()) == (17, 34)
    assert image(bar).pixelColor(20, 5).name().upper() == tokens().accent
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert image(bar).pixelColor(20, 5).name().upper() == tokens().neutral_soft


def test_motion_rests_while_nobody_sees_it(show: Show) -> None:
    bar = ProgressBar(name="Reading")
    bar.show_progress(0, 0)
    window = show(bar)
    assert bar._timer.isActive()
    window.hide()
    assert not bar._timer.isActive()


def test_a_ring_says_its_number(show: Show) -> None:
    ring = Ring("12", "days left", 0.4, Tone.WARNING)
    show(ring)
    assert ring.accessibleName() == "12 days left"
    assert tokens().warning_mark in colours(image(ring))


# All of them


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = gallery()
    qtbot.addWidget(made)
    made.show()
    return made


def controls(page: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    return [each for each in page.findChildren(QWidget) if isinstance(each, kinds) and each.isVisible()]


def test_every_control_has_a_name(page: QWidget) -> None:
    found = controls(page)
    assert len(found) > 30
    named = [QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name) for each in found]
    assert all(named)


def test_every_control_is_large_enough_to_hit(page: QWidget) -> None:
    found = [each for each in controls(page) if not isinstance(each, Button) or each.kind is not Kind.LINK]
    assert {each.accessibleName() for each in found if min(each.width(), each.height()) < TARGET} == set()


def test_every_control_is_reached_by_tab(page: QWidget) -> None:
    reachable = [each for each in controls(page) if each.isEnabled()]
    assert {each.accessibleName() for each in reachable if not each.focusPolicy() & Qt.FocusPolicy.TabFocus} == set()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK, Mode.CONTRAST])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_gallery_is_drawn_in_every_look(
    theme: Theme, qapp: QApplication, qtbot: QtBot, pictures: Path, mode: Mode, direction: Qt.LayoutDirection
) -> None:
    theme.use(mode)
    qapp.setLayoutDirection(direction)
    page = gallery()
    qtbot.addWidget(page)
    page.show()
    side = "rtl" if direction is Qt.LayoutDirection.RightToLeft else "ltr"
    picture = image(page)
    assert picture.save(str(pictures / f"controls-{mode.value}-{side}.png"))
    assert {tokens().accent, tokens().text, tokens().canvas} <= colours(picture)


def test_changing_the_look_of_a_full_page_takes_no_time_to_wait_for(theme: Theme, page: QWidget) -> None:
    before = image(page)
    theme.use(Mode.DARK)
    assert image(page) != before
    theme.use(Mode.LIGHT)
    assert image(page) == before


def test_where_one_is_in_the_sidebar_is_not_cut_for_being_strong(qtbot: QtBot) -> None:
    item = NavItem("Auskunft & Löschung", "inbox")
    qtbot.addWidget(item)
    item.setChecked(True)
    item.resize(SIDEBAR - 24, item.height())
    for count in (1, 3, 14):
        item.set_count(count)
        QApplication.sendEvent(item, QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint()))
        assert item.toolTip() == "", "a hint stands for words that are cut"
