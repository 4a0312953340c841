"""What is known of somebody stays within its card, however long it is."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from desktop_crm.ui.widgets.facts import Fact, Facts
from desktop_crm.ui.widgets.label import Broken
from desktop_crm.ui.widgets.nav import TextLink


def test_a_long_address_without_a_blank_stays_within_its_card(qtbot: QtBot) -> None:
    address = "a" * 60 + "@" + "b" * 90 + ".example"
    facts = Facts([Fact("Email", address, can_copy=True), Fact("Email", address, "mail", lambda: None, can_copy=True)])
    qtbot.addWidget(facts)
    facts.resize(220, 300)
    facts.show()
    assert facts.minimumSizeHint().width() <= 220
    (broken,) = facts.findChildren(Broken)
    assert broken.width() <= 220
    assert broken.height() >= 4 * QFontMetrics(broken.font()).height()
    (link,) = facts.findChildren(TextLink)
    assert link.width() <= 220
    assert link.toolTip() == address
