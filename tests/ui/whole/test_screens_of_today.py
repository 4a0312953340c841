"""Screens as they are sold today: twice as dense nothing is blurred, and at 3840 × 2160 nothing is pulled apart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from desktop_crm.ui.look.icons import NAMES
from desktop_crm.ui.look.paint import glyph
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.label import Label
from desktop_crm.ui.widgets.page import WIDEST
from installers.pictures.stage import Dress
from tests.ui.whole.played import SCENES, Player, on_top, shown

PLAYED = ("contacts-list", "record-record", "today-today", "requests-list", "requests-page")
DENSE = 2
WIDE = Dress("wide", size=(3840, 2160))
SIDEBAR_AND_LIST = 700
ICON = 24


def painted(widget: QWidget, dense: int) -> QImage:
    made = QImage(widget.size() * dense, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(dense)
    made.fill(0)
    widget.render(made)
    return made


def uneven(picture: QImage, part: QRect) -> int:
    """The squares of two by two pixels that are of one colour only where a picture was blown up."""
    count = 0
    for x in range(part.left(), part.right(), DENSE):
        for y in range(part.top(), part.bottom(), DENSE):
            one = picture.pixel(x, y)
            count += any(picture.pixel(x + right, y + down) != one for right, down in ((1, 0), (0, 1), (1, 1)))
    return count


@pytest.mark.parametrize("name", PLAYED)
def test_twice_as_dense_words_and_signs_are_painted_in_every_pixel(player: Player, name: str) -> None:
    with player.play(SCENES[name], Dress("light")) as stage:
        top = on_top(stage)
        picture = painted(top, DENSE)
        assert picture.size() == top.size() * DENSE
        buttons = [one for one in shown(top) if isinstance(one, Button | Label) and one.width() > ICON]
        assert len(buttons) > 3
        blurred = []
        for one in buttons:
            place = QRect(one.mapTo(top, QPoint()) * DENSE, one.size() * DENSE).intersected(picture.rect())
            visible = one.visibleRegion().boundingRect().size() == one.size()
            if visible and one.text() and not uneven(picture, place.adjusted(8, 8, -8, -8)):
                blurred.append(one.text())
        assert blurred == []


@pytest.mark.usefixtures("player")
def test_every_sign_is_drawn_anew_for_a_dense_screen() -> None:
    blurred = []
    for name in sorted(NAMES):
        picture = QImage(QSize(ICON, ICON) * DENSE, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(DENSE)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        glyph(painter, QRect(0, 0, ICON, ICON), name, "text", ICON)
        painter.end()
        if not uneven(picture, picture.rect()):
            blurred.append(name)
    assert blurred == []


@pytest.mark.parametrize("name", PLAYED)
def test_on_a_very_wide_screen_what_belongs_together_stays_together(player: Player, name: str) -> None:
    with player.play(SCENES[name], WIDE) as stage:
        screen = stage.shell.shown
        assert screen is not None
        assert screen.width() > 2 * WIDEST
        words = [one for one in shown(screen) if isinstance(one, Button | Label) and one.text()]
        ends = [one.mapTo(screen, QPoint(one.sizeHint().width(), 0)).x() for one in words]
        assert max(ends) <= WIDEST + SIDEBAR_AND_LIST
