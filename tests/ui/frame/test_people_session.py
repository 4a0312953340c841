"""Several people at one computer: each signs in, stands at the foot, reads what is noted, and lets the next one in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from desktop_crm.app import away
from desktop_crm.app.away import Away
from desktop_crm.host.instance import Locking
from desktop_crm.privacy.rights import OWNER, STAFF, Deed
from desktop_crm.records.declare import Part
from desktop_crm.services import staff, staff_sign_in
from desktop_crm.services.office import Office
from desktop_crm.services.staff import NewPerson, RoleForm
from desktop_crm.services.starting import Opening
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.log.notice import NoticeSheet
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import Problem
from tests.privacy.shop import ShopFile
from tests.ui.frame.living import Begin, Living

HERS, HIS, THEIRS = "lavender tram seven kettle", "walnut harbour comet nine", "pebble orchard lantern two"


@pytest.fixture
def several(file: ShopFile, chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> ShopFile:
    """Anna owns the shop, Tom works there, and Ida's role demands a code from the telephone."""
    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: file.keystore)
    chosen.change(language="en")
    office = file.begin()
    staff.add_person(office, file.folder, file.keystore, NewPerson("Anna", OWNER.code, HERS))
    staff.add_person(office, file.folder, file.keystore, NewPerson("Tom", STAFF.code, HIS, alone_ends=True))
    careful = staff.save_role(office, RoleForm(None, "Careful", STAFF.rights, second_factor=True))
    staff.add_person(office, file.folder, file.keystore, NewPerson("Ida", careful, THEIRS))
    office.close()
    return file


def opening(living: Living, name: str, password: str) -> Callable[[], Office]:
    state = living.page("locked").step.state
    assert state is not None
    assert state.page is Opening.PEOPLE
    number = next(tile.number for tile in state.tiles if tile.name == name)
    folder, clock, keys = living.file.folder, living.file.clock, living.file.keystore
    return lambda: staff_sign_in.open_as(folder, number, password, None, clock=clock, keystore=keys)


def sign_in(living: Living, name: str, password: str) -> OpenDesk:
    living.page("locked").step.enter(opening(living, name, password))
    return living.shell()


def lock(living: Living, how: Callable[[OpenDesk], None]) -> None:
    with living.qtbot.waitSignal(living.session.locked):
        how(living.shell())
    page = living.page("locked")
    living.qtbot.waitUntil(lambda: page.step.state is not None)


def notice(living: Living) -> NoticeSheet:
    shell = living.shell()
    living.qtbot.waitUntil(lambda: isinstance(Overlay.top(shell), NoticeSheet))
    top = Overlay.top(shell)
    assert isinstance(top, NoticeSheet)
    return top


def said(within: QWidget) -> str:
    return " ".join(one.text() for one in within.findChildren(QLabel))


def test_who_signed_in_stands_at_the_foot_and_sees_what_their_role_may_see(several: ShopFile, begin: Begin) -> None:
    living = begin(several)
    shell = sign_in(living, "Tom", HIS)
    assert shell.sidebar.person.accessibleName().startswith("Tom, Staff")
    assert list(shell.sidebar.items) == ["today", "contacts", "requests", "permission", "papers", "settings"]
    assert "Tom" not in living.window.windowTitle()
    with pytest.raises(KeyError):
        shell.go("log")


def test_one_click_or_one_shortcut_lets_the_next_person_in(several: ShopFile, begin: Begin) -> None:
    living = begin(several)
    sign_in(living, "Tom", HIS)
    notice(living).later.click()
    lock(living, lambda shell: QTest.mouseClick(shell.sidebar.person, Qt.MouseButton.LeftButton))
    shell = sign_in(living, "Anna", HERS)
    assert shell.sidebar.person.accessibleName().startswith("Anna, Owner")
    notice(living).later.click()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    lock(living, lambda shell: QTest.keyClick(shell, Qt.Key.Key_L, held))


def test_each_person_reads_and_confirms_what_the_log_notes(several: ShopFile, begin: Begin) -> None:
    living = begin(several)
    sign_in(living, "Tom", HIS)
    notice(living).confirm.click()
    living.qtbot.waitUntil(lambda: Overlay.top(living.shell()) is None)
    lock(living, lambda shell: shell.lock_asked.emit())
    sign_in(living, "Anna", HERS)
    assert "Please read this once" in said(notice(living))


def test_a_role_that_demands_a_code_leads_to_setting_it_up_and_nowhere_else(several: ShopFile, begin: Begin) -> None:
    living = begin(several)
    page = living.page("locked")
    with living.qtbot.waitSignal(living.session.opened):
        page.step.enter(opening(living, "Ida", THEIRS))
    step = living.page("enrolling").step
    assert step.office is not None
    assert step.office.must_enrol
    assert not living.session.is_open
    with living.qtbot.waitSignal(living.session.locked):
        living.session.lock()
    living.page("locked")
    living.qtbot.waitUntil(living.is_closed)


def test_once_the_code_is_set_up_the_file_opens(several: ShopFile, begin: Begin) -> None:
    from tests.ui.screens.test_locked_people import shown

    living = begin(several)
    living.page("locked").step.enter(opening(living, "Ida", THEIRS))
    step = living.page("enrolling").step
    office = step.office
    assert office is not None
    enrolment = staff.begin_second_factor(office)
    staff.confirm_second_factor(office, enrolment, shown(enrolment.secret, several.clock.now()))
    step.enter(lambda: office)
    shell = living.shell()
    assert shell.sidebar.person.accessibleName().startswith("Ida, Careful")


def test_while_the_spare_codes_are_shown_it_locks_as_well(several: ShopFile, begin: Begin) -> None:
    from tests.ui.screens.test_locked_people import shown

    living = begin(several)
    living.page("locked").step.enter(opening(living, "Ida", THEIRS))
    office = living.page("enrolling").step.office
    assert office is not None
    enrolment = staff.begin_second_factor(office)
    staff.confirm_second_factor(office, enrolment, shown(enrolment.secret, several.clock.now()))
    with living.qtbot.waitSignal(living.session.locked):
        living.session.lock()
    living.page("locked")
    living.qtbot.waitUntil(living.is_closed)
    assert not living.session.is_open


@pytest.mark.parametrize("confirmed", [False, True])
def test_left_while_a_code_is_set_up_the_computer_waits_until_it_is_closed(
    several: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch, confirmed: bool
) -> None:
    from tests.ui.screens.test_locked_people import shown

    computer = Unwatched()
    monkeypatch.setattr(away, "absence", lambda _left: computer)
    living = begin(several)
    watching, became = Away(living.session), list[Locking]()
    watching.became.connect(became.append)
    living.page("locked").step.enter(opening(living, "Ida", THEIRS))
    office = living.page("enrolling").step.office
    assert office is not None
    if confirmed:
        enrolment = staff.begin_second_factor(office)
        staff.confirm_second_factor(office, enrolment, shown(enrolment.secret, several.clock.now()))
    watching.lock()
    living.qtbot.waitUntil(lambda: bool(became))
    assert (became, computer.freed) == ([Locking.LOCKED], 1)
    assert living.is_closed()
    living.page("locked")


class Unwatched:
    """A computer that never tells of anything."""

    def __init__(self) -> None:
        self.freed = 0

    def begin(self) -> None:
        """Nothing to listen to."""

    def may_sleep(self) -> None:
        self.freed += 1

    def end(self) -> None:
        """Nothing to end."""


def test_another_language_keeps_the_person_at_the_foot(several: ShopFile, begin: Begin) -> None:
    living = begin(several)
    before = sign_in(living, "Tom", HIS)
    before.desk.chosen.change(language="de")
    living.qtbot.waitUntil(lambda: living.window.page is not before)
    assert "Mitarbeit" in living.shell().sidebar.person.accessibleName()


def test_what_is_hidden_has_no_shortcut(several: ShopFile, begin: Begin) -> None:
    living = begin(several)
    shell = sign_in(living, "Tom", HIS)
    keys = shell.acts.commands.by_key
    assert {"go.log", "go.keeping", "copy.give", "erase"} & keys.keys() == set()
    assert (Deed.CHANGE, Part.NOTES) in STAFF.rights
    assert {"note", "contact.new", "switch", "lock"} <= keys.keys()


def test_nobody_comes_in_by_a_name_and_the_password_of_another(several: ShopFile, begin: Begin) -> None:
    living = begin(several)
    told: list[Problem] = []

    def hear(problem: Problem) -> bool:
        told.append(problem)
        return True

    living.page("locked").step.enter(opening(living, "Anna", HIS), hear)
    living.qtbot.waitUntil(lambda: bool(told))
    assert not living.session.is_open
