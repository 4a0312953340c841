"""A list that is not in yet is not thrown away without a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_crm.services.importing import ImportReport
from desktop_crm.services.office import Office
from desktop_crm.ui.forms.person import PersonForm
from desktop_crm.ui.import_list.columns import WhichColumn
from desktop_crm.ui.import_list.halfway import Halfway
from desktop_crm.ui.import_list.wizard import ImportWizard
from desktop_crm.ui.screens.contacts import Contacts
from desktop_crm.ui.widgets.losing import would_lose
from desktop_crm.ui.widgets.nav import TextLink
from desktop_crm.ui.widgets.sheet import Overlay
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import show, somebody, top


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path in paths:
        path.write_text("Name,E-mail\nAnna Eins,anna@eins.example\n", encoding="utf-8")
    return paths


@pytest.fixture
def screen(at_desk: AtDesk, lists: list[Path]) -> Contacts:
    made = Contacts(at_desk.desk)
    show(at_desk, made)
    made.show_at(import_path=lists[0])
    at_desk.calm()
    return made


def wizard_of(screen: Contacts) -> ImportWizard:
    found = screen.findChild(ImportWizard)
    assert found is not None
    return found


Elsewhere = Callable[[Contacts, bytes, list[Path]], None]
ELSEWHERE: dict[str, Elsewhere] = {
    "somebody": lambda screen, person, _: screen.show_at(person=person),
    "chip": lambda screen, _, __: screen.show_at(chip="all"),
    "list": lambda screen, _, lists: screen.show_at(import_path=lists[1]),
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_it_is_asked_first_and_goes_on(
    at_desk: AtDesk, screen: Contacts, office: Office, lists: list[Path], where: str
) -> None:
    before = wizard_of(screen)
    ELSEWHERE[where](screen, somebody(office, "Zoe"), lists)
    top(at_desk, Halfway).go_on.click()
    at_desk.calm()
    assert wizard_of(screen) is before
    assert isinstance(before.stage, WhichColumn)
    assert screen.person is None


def test_by_the_way_back_to_the_contacts_it_is_asked_as_well(at_desk: AtDesk, screen: Contacts) -> None:
    wizard = wizard_of(screen)
    back = next(one for one in wizard.head.findChildren(TextLink) if one.text() == "Contacts")
    back.click()
    top(at_desk, Halfway).go_on.click()
    at_desk.calm()
    assert wizard_of(screen) is wizard
    back.click()
    top(at_desk, Halfway).leave.click()
    at_desk.calm()
    assert not wizard.isVisible()


def test_whoever_closes_the_window_would_lose_it_until_it_is_in(at_desk: AtDesk, screen: Contacts) -> None:
    wizard = wizard_of(screen)
    assert would_lose(at_desk.window)
    wizard.course.report = ImportReport(None, None, 0, {}, ())
    assert not would_lose(at_desk.window)


def test_who_wants_to_leave_goes_where_they_wanted_to(at_desk: AtDesk, screen: Contacts, office: Office) -> None:
    person = somebody(office, "Zoe")
    screen.show_at(person=person)
    top(at_desk, Halfway).leave.click()
    at_desk.calm()
    assert screen.person == person


def test_another_list_takes_its_place_once_it_is_left(at_desk: AtDesk, screen: Contacts, lists: list[Path]) -> None:
    screen.show_at(import_path=lists[1])
    top(at_desk, Halfway).leave.click()
    at_desk.calm()
    (wizard,) = (one for one in screen.findChildren(ImportWizard) if one.isVisible())
    assert wizard.course.path == lists[1]


def test_asked_for_again_it_is_the_same_list_as_before(at_desk: AtDesk, screen: Contacts) -> None:
    before = wizard_of(screen)
    screen.show_at(import_path=None)
    at_desk.calm()
    assert Overlay.top(at_desk.window) is None
    assert wizard_of(screen) is before
    assert isinstance(before.stage, WhichColumn)


def test_a_new_person_is_added_over_it(at_desk: AtDesk, screen: Contacts) -> None:
    before = wizard_of(screen)
    screen.show_at(new=True)
    top(at_desk, PersonForm).close()
    at_desk.calm()
    assert wizard_of(screen) is before
