"""The look: readable in every mode, switched while the window is open, light to import."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, fields

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontInfo, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QStyle
from pytestqt.qtbot import QtBot

from desktop_crm.resource_files import resource
from desktop_crm.ui.look import drawn, icons
from desktop_crm.ui.look.sides import absolute, turned
from desktop_crm.ui.look.stylesheet import stylesheet
from desktop_crm.ui.look.theme import Mode, Theme, tokens
from desktop_crm.ui.look.tokens import CONTRAST, CONTRAST_DARK, DARK, LIGHT, Tokens, Tone
from desktop_crm.ui.look.typography import Type, digits, font
from desktop_crm.ui.widgets.label import Label

LOOKS = pytest.mark.parametrize(
    "look", [LIGHT, DARK, CONTRAST, CONTRAST_DARK], ids=["light", "dark", "contrast", "contrast dark"]
)

GROUNDS = ("canvas", "sidebar", "surface", "raised", "hover", "sunken", "accent_soft")
PAIRS = [
    *((ink, ground) for ink in ("text", "text2", "text3") for ground in GROUNDS),
    *(("accent", ground) for ground in ("canvas", "sidebar", "surface", "raised", "hover", "sunken", "accent_soft")),
    *((ink, ground) for ink in ("success", "warning", "danger") for ground in ("surface", "raised", "canvas")),
    ("text", "neutral_soft"),
    ("text3", "neutral_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("surface", "danger"),
    ("on_toast", "toast"),
    ("toast_act", "toast"),
]
"""Every ink on every ground that a control puts it on."""

MARKS = [
    *((mark, ground) for mark in ("field", "accent") for ground in ("surface", "canvas", "raised")),
    *((mark, "surface") for mark in ("success", "warning_mark", "danger", "info", "violet")),
]
"""Edges of fields, ticks, rings and bars."""


def luminance(color: str) -> float:
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How WCAG counts it: from 1, the same, to 21, black on white."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_weak(look: Tokens, pairs: list[tuple[str, str]], least: float) -> dict[tuple[str, str], float]:
    measured = {pair: contrast(look.color(pair[0]), look.color(pair[1])) for pair in pairs}
    return {pair: round(value, 2) for pair, value in measured.items() if value < least}


def dominant(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@LOOKS
def test_every_text_can_be_read(look: Tokens) -> None:
    assert too_weak(look, PAIRS, 7.0 if look.plain else 4.5) == {}


@LOOKS
def test_every_badge_can_be_read(look: Tokens) -> None:
    pairs = [(look.ink(tone), ground) for tone in Tone for ground in (look.soft(tone), look.surface)]
    assert {pair for pair in pairs if contrast(*pair) < (7.0 if look.plain else 4.5)} == set()


@LOOKS
def test_every_mark_stands_out(look: Tokens) -> None:
    assert too_weak(look, MARKS, 4.5 if look.plain else 3.0) == {}


@LOOKS
def test_every_colour_is_written_in_full(look: Tokens) -> None:
    for each in fields(look):
        value = getattr(look, each.name)
        assert isinstance(value, bool) or (len(value) == 7 and int(value[1:], 16) >= 0), each.name


@LOOKS
def test_the_style_sheet_is_complete(look: Tokens) -> None:
    made = stylesheet(look)
    assert "$" not in made
    assert made.count("{") == made.count("}")


def test_the_whole_application_changes_its_look_at_once(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    label = Label("Anna", ink="text2")
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(theme.changed):
        theme.use(Mode.DARK)
    assert tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.canvas
    assert DARK.text2.lower() in dominant(label.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32))
    theme.use(Mode.CONTRAST)
    assert tokens() is CONTRAST


def test_a_look_that_is_in_force_already_changes_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.use(Mode.LIGHT)


@dataclass
class Computer:
    """What a computer tells of its own look."""

    scheme: Qt.ColorScheme = Qt.ColorScheme.Unknown
    contrast: Qt.ContrastPreference = Qt.ContrastPreference.NoPreference

    def styleHints(self) -> Computer:
        return self

    def accessibility(self) -> Computer:
        return self

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def contrastPreference(self) -> Qt.ContrastPreference:
        return self.contrast


@pytest.mark.parametrize(
    ("mode", "computer", "look"),
    [
        (Mode.SYSTEM, Computer(), LIGHT),
        (Mode.SYSTEM, Computer(Qt.ColorScheme.Light), LIGHT),
        (Mode.SYSTEM, Computer(Qt.ColorScheme.Dark), DARK),
        (Mode.SYSTEM, Computer(contrast=Qt.ContrastPreference.HighContrast), CONTRAST),
        (Mode.SYSTEM, Computer(Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast), CONTRAST_DARK),
        (Mode.LIGHT, Computer(Qt.ColorScheme.Dark), LIGHT),
        (Mode.DARK, Computer(Qt.ColorScheme.Light), DARK),
        (Mode.CONTRAST, Computer(Qt.ColorScheme.Dark), CONTRAST_DARK),
        (Mode.CONTRAST, Computer(), CONTRAST),
    ],
)
def test_each_mode_follows_the_computer_as_far_as_it_says(
    theme: Theme, mode: Mode, computer: Computer, look: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "_app", computer)
    monkeypatch.setattr(theme, "mode", mode)
    assert theme._fitting() is look


def test_the_computer_turning_dark_darkens_an_open_window(
    theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.use(Mode.SYSTEM)
    assert tokens() is LIGHT
    with monkeypatch.context() as at_night:
        at_night.setattr(theme, "_fitting", lambda: DARK)
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        assert tokens() is DARK


def test_every_icon_has_its_file_and_every_file_its_name() -> None:
    assert {path.stem for path in resource("icons").glob("*.svg")} == icons.NAMES


@pytest.mark.parametrize("name", sorted(icons.NAMES))
def test_an_icon_is_drawn_in_its_colour_and_inside_its_grid(name: str) -> None:
    image = icons.pixmap(name, "#B0251D", 48).toImage()
    assert dominant(image) == {"#b0251d"}
    rim = [image.pixelColor(x, y).alpha() for x in range(48) for y in (0, 47)]
    rim += [image.pixelColor(x, y).alpha() for y in range(48) for x in (0, 47)]
    assert max(rim) == 0


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no icon sunn"):
        icons.pixmap("sunn", "text")


def test_icons_are_sharp_on_fine_screens() -> None:
    picture = icons.pixmap("pen", "text", 18, 2.0)
    assert picture.size() == QSize(36, 36)
    assert picture.deviceIndependentSize().toSize() == QSize(18, 18)


def test_what_points_turns_round_and_what_does_not_stays(qapp: QApplication) -> None:
    before = {name: icons.pixmap(name, "text").toImage() for name in ("chevron-right", "clock")}
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    after = {name: icons.pixmap(name, "text").toImage() for name in before}
    assert after["chevron-right"] == before["chevron-right"].flipped(Qt.Orientation.Horizontal)
    assert after["clock"] == before["clock"]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_sides_turn_round_as_qt_turns_them(direction: Qt.LayoutDirection) -> None:
    whole, flag = QRect(5, 2, 100, 40), Qt.AlignmentFlag
    for part in (QRect(5, 2, 30, 10), QRect(40, 3, 1, 1), whole):
        assert turned(direction, whole, part) == QStyle.visualRect(direction, whole, part)
    for align in (flag.AlignLeft, flag.AlignRight | flag.AlignVCenter, flag.AlignHCenter, flag.AlignTop):
        for asked in (align, align | flag.AlignAbsolute):
            seen = QStyle.visualAlignment(direction, asked) | flag.AlignAbsolute
            assert absolute(direction, asked) == seen


def test_an_icon_of_a_menu_follows_the_look(theme: Theme) -> None:
    shown = drawn.icon("trash", "text")
    light = shown.pixmap(18, 18).toImage()
    theme.use(Mode.DARK)
    assert shown.pixmap(18, 18).toImage() != light


def test_icons_live_as_long_as_what_shows_them(qtbot: QtBot) -> None:
    for _ in range(300):
        button = QPushButton()
        button.setIcon(QIcon(drawn.icon("pen")))
        qtbot.addWidget(button)
        copy = button.icon()
        copy.setIsMask(True)  # has Qt make a copy of its own
        assert not copy.pixmap(18, 18).isNull()


@pytest.mark.parametrize("kind", list(Type))
def test_every_kind_of_text_is_set_in_a_font_that_we_ship(kind: Type) -> None:
    info = QFontInfo(font(kind))
    assert info.family() == ("Noto Sans Mono" if kind is Type.MONO else "Inter")
    assert (info.pixelSize(), info.weight()) == kind.value[:2]


def test_a_font_that_is_changed_changes_no_other() -> None:
    font(Type.BODY).setPixelSize(40)
    assert font(Type.BODY).pixelSize() == 14
    assert font(Type.BODY, larger=4).pixelSize() == 18


def test_figures_have_one_width_in_tables_only() -> None:
    assert digits(Type.BODY).featureTags()
    assert not font(Type.BODY).featureTags()


def test_the_look_is_imported_without_drawing_libraries() -> None:
    code = "import sys, desktop_crm.ui.look.theme, desktop_crm.ui.look.icons; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    qt = {name for name in done.stdout.split() if name.startswith("PySide6.Qt")}
    assert qt == {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"}
    assert not {"babel.dates", "reportlab", "holidays"} & set(done.stdout.split())
