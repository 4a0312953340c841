"""Texts: what is wrong bears a sign, and nothing is cut where there is room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.ui.look import paint
from desktop_crm.ui.widgets.label import Broken, Fault
from desktop_crm.ui.widgets.select import Select
from tests.ui.seeing import colours, image


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_fault_is_told_by_a_sign_as_well(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    fault = Fault()
    qtbot.addWidget(fault)
    fault.setLayoutDirection(direction)
    fault.resize(240, 20)
    fault.show()
    seen = image(fault)
    halves = seen.copy(0, 0, 120, 20), seen.copy(120, 0, 120, 20)
    sign, words = halves if direction is Qt.LayoutDirection.LeftToRight else reversed(halves)
    assert len(colours(sign)) > 1
    assert len(colours(words)) == 1
    fault.setText("Please say why.")
    assert fault.contentsRect().width() == 240 - 22, "the words stand beside the sign, not under it"


def test_a_word_is_parted_only_where_it_is_longer_than_a_line(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    monkeypatch.setattr(paint, "passage", lambda _painter, _rect, said, *_rest: painted.append(said))
    broken = Broken("Task: Ring about the table flowers")
    qtbot.addWidget(broken)
    metrics = broken.fontMetrics()
    broken.resize(metrics.horizontalAdvance("Task: Ring about the table flow"), 80)
    image(broken)
    assert painted[-1] == broken.text()
    assert broken.heightForWidth(broken.width()) == 2 * metrics.lineSpacing()
    broken.setText(f"Answer for {'Wolfeschlegel' * 20}")
    image(broken)
    assert painted[-1].startswith("Answer for \u200bW")
    assert painted[-1].replace("\u200b", "") == broken.text()
    assert broken.heightForWidth(broken.width()) > 4 * metrics.lineSpacing()


def test_the_list_of_a_narrow_field_shows_its_options_whole(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    said = "Why the other program may keep this, and until when"
    select = Select([("a", "Name"), ("b", said)], name="goes to")
    select.setParent(window)
    select.setFixedWidth(120)
    window.show()
    select.showPopup()
    assert select.view().width() > QFontMetrics(select.view().font()).horizontalAdvance(said)
    assert select.view().window().frameGeometry().right() <= select.screen().availableGeometry().right()
    select.hidePopup()
