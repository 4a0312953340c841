"""Rows, columns, wrapping and scrolling parts, in both reading directions."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, Scroll, boxed, clear, column, flow, row
from desktop_crm.ui.widgets.menu import Menu
from tests.ui.seeing import Show


def test_a_row_runs_in_reading_direction(qapp: QApplication, show: Show) -> None:
    parts = [Button(text) for text in ("One", "Two", "Three")]
    show(boxed(row(*parts, STRETCH)))
    assert all(one.x() < two.x() for one, two in pairwise(parts))
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert all(one.x() > two.x() for one, two in pairwise(parts))


def test_wrapping_parts_mirror_and_take_the_height_they_need(qapp: QApplication, show: Show) -> None:
    parts = [Badge(f"Badge number {number}") for number in range(9)]
    holder = flow(*parts)
    window = show(holder)
    window.resize(300, 400)
    first = parts[0].x()
    assert holder.height() == holder.heightForWidth(holder.width())
    assert max(part.geometry().bottom() for part in parts) < holder.height()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert parts[0].geometry().right() == holder.width() - 1 - first


def test_a_gap_is_as_wide_as_it_says(show: Show) -> None:
    one, two = Button("One"), Button("Two")
    show(boxed(row(one, 24, two, None, STRETCH)))
    assert two.x() - one.geometry().right() - 1 == 24


def test_a_layout_is_cleared_for_good(qtbot: QtBot, show: Show) -> None:
    inner = row(Button("Inner"))
    outer = column(Button("Outer"), inner, 12, STRETCH)
    holder = boxed(outer)
    show(holder)
    clear(outer)
    qtbot.waitUntil(lambda: not holder.findChildren(Button))
    assert outer.count() == 0


def test_what_scrolls_never_scrolls_sideways(show: Show) -> None:
    scroll = Scroll(column(*(label(f"line {number}") for number in range(80))))
    show(scroll)
    assert scroll.verticalScrollBar().maximum() > 0
    assert not scroll.horizontalScrollBar().isVisible()


def test_a_menu_does_what_its_lines_say(qtbot: QtBot) -> None:
    menu, done = Menu(name="More"), []
    qtbot.addWidget(menu)
    menu.add("Copy", lambda: done.append("copy"), icon="copy").trigger()
    assert done == ["copy"]
    assert menu.accessibleName() == "More"
