"""Who says "they signed up for news, and I can show it" says where the proof lies and of when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.services.importing import OrderReason
from desktop_crm.services.office import Office
from desktop_crm.ui.import_list.result import Result
from desktop_crm.ui.import_list.why import WhereFrom
from desktop_crm.ui.import_list.wizard import ImportWizard
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import settle

PLAIN = "Name,E-mail\nAnna Eins,anna@eins.example\nBert Zwei,bert@zwei.example\n"
WITH_NEWS = "Name,E-mail,Newsletter\nAnna Eins,anna@eins.example,yes\nBert Zwei,bert@zwei.example,\n"


class AtWhy:
    """The wizard at the question why."""

    def __init__(self, at_desk: AtDesk, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        self.desk = at_desk
        self.wizard = ImportWizard(at_desk.desk, path)
        at_desk.put(self.wizard)
        self.on()
        assert isinstance(self.wizard.stage, WhereFrom)
        self.why = self.wizard.stage
        QTest.keyClicks(self.why.source.edit, "Market stall")

    def on(self) -> None:
        QTest.mouseClick(self.wizard.next, Qt.MouseButton.LeftButton)
        self.desk.calm()

    def choose(self, reason: OrderReason) -> None:
        QTest.mouseClick(self.why.cards[reason], Qt.MouseButton.LeftButton)
        settle(self.desk)

    def prove(self, key: str) -> None:
        assert self.why.proofs is not None
        QTest.mouseClick(self.why.proofs.chip(key), Qt.MouseButton.LeftButton)

    def say_when(self, day: str) -> None:
        assert self.why.by_when is not None
        assert self.why.by_when.isVisible()
        QTest.keyClicks(self.why.by_when.edit, day)

    def to_the_end(self) -> None:
        self.on()
        self.on()
        assert isinstance(self.wizard.stage, Result)


def said(office: Office) -> dict[str, tuple[ConsentState, str | None]]:
    names = {one.id: one.name for one in office.read(lambda reading: reading.find(Contact))}
    events = office.read(lambda reading: reading.find(ConsentEvent))
    return {names[event.contact_id]: (event.state, event.evidence) for event in events}


PROVED = (ConsentState.GIVEN, "Paper forms in a folder")


@pytest.mark.parametrize(
    ("text", "expected"),
    [(PLAIN, {"Anna Eins": PROVED, "Bert Zwei": PROVED}), (WITH_NEWS, {"Anna Eins": PROVED})],
    ids=["without a column", "with a column"],
)
def test_it_is_asked_where_the_proof_lies_and_must_be_said(
    at_desk: AtDesk,
    office: Office,
    tmp_path: Path,
    text: str,
    expected: dict[str, tuple[ConsentState, str | None]],
) -> None:
    way = AtWhy(at_desk, tmp_path / "list.csv", text)
    way.choose(OrderReason.SIGNED_UP)
    way.on()
    assert way.wizard.stage is way.why
    assert way.why.proofs is not None
    assert way.why.proofs.chip("folder").hasFocus()
    way.prove("folder")
    way.on()
    assert way.wizard.stage is way.why
    assert way.why.by_when is not None
    assert way.why.by_when.edit.property("state") == "wrong"
    way.say_when("3.5.2026")
    way.to_the_end()
    assert said(office) == expected
    events = office.read(lambda reading: reading.find(ConsentEvent))
    assert {event.happened_at.date() for event in events} == {date(2026, 5, 3)}


def test_a_day_to_come_is_not_taken(at_desk: AtDesk, tmp_path: Path) -> None:
    way = AtWhy(at_desk, tmp_path / "list.csv", WITH_NEWS)
    way.choose(OrderReason.BUY)
    way.prove("tool")
    way.say_when("1.1.2040")
    way.on()
    assert way.wizard.stage is way.why


def test_what_cannot_be_shown_needs_no_day(at_desk: AtDesk, office: Office, tmp_path: Path) -> None:
    way = AtWhy(at_desk, tmp_path / "list.csv", WITH_NEWS)
    way.choose(OrderReason.BUY)
    way.prove("tool")
    way.say_when("3.5.2026")
    way.prove("none")
    assert way.why.by_when is not None
    assert not way.why.by_when.isVisible()
    way.to_the_end()
    assert said(office) == {"Anna Eins": (ConsentState.CLAIMED, None)}


def test_another_reason_asks_for_no_proof_that_nobody_claims(at_desk: AtDesk, office: Office, tmp_path: Path) -> None:
    way = AtWhy(at_desk, tmp_path / "list.csv", PLAIN)
    way.choose(OrderReason.SIGNED_UP)
    way.prove("folder")
    way.choose(OrderReason.BUY)
    assert way.why.proofs is None
    way.to_the_end()
    assert said(office) == {}


def test_whoever_can_show_it_is_not_offered_to_have_none(at_desk: AtDesk, tmp_path: Path) -> None:
    way = AtWhy(at_desk, tmp_path / "list.csv", WITH_NEWS)
    way.prove("none")
    way.choose(OrderReason.SIGNED_UP)
    assert way.why.proofs is not None
    with pytest.raises(KeyError):
        way.why.proofs.chip("none")
    way.on()
    assert way.wizard.stage is way.why
