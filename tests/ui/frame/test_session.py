"""The life of the window: welcome, open, locked and the end; the file is closed whatever happens."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_crm.app.schedule import Outcome, Schedule, Tick
from desktop_crm.services import contacts, retention, settings, setup
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.services.retention import ClockJumped, Run
from desktop_crm.services.starting import Opening
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.frame import waiting
from desktop_crm.ui.frame.leaving import Leaving, Unsaved, leave_by_hand
from desktop_crm.ui.keeping.look_now import ClockSheet
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.sheet import Overlay, Sheet
from desktop_crm.ui.widgets.toast import Toast
from desktop_crm.vault import problems
from desktop_crm.words import Exit, M, Problem
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.shop import ShopFile
from tests.ui.frame.framed import SmallScreen
from tests.ui.frame.living import DUE, PASSWORD, Begin


def test_without_a_file_it_begins_with_the_welcome(file: ShopFile, begin: Begin) -> None:
    page = begin(file).page("welcome")
    assert page.step.state is not None
    assert page.step.state.page is Opening.NO_FILE


def test_with_the_key_at_hand_it_opens_without_a_question(
    file: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.begin().close()
    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: file.keystore)
    living = begin(file)
    assert living.shell().current == "today"
    assert living.window.windowTitle() == "Blumen Weber – Desktop CRM"


def test_while_the_computer_asks_for_something_of_its_own_the_page_says_so(
    file: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.begin().close()
    answered = Event()

    def asking(**_: object) -> MemoryKeyStore:
        answered.wait(20)
        return file.keystore

    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", asking)
    monkeypatch.setattr(waiting, "_PATIENCE_MS", 0)
    living = begin(file)
    try:
        page = living.window.page
        assert isinstance(page, waiting.Waiting)
        assert not page.said.isVisible()
        living.qtbot.waitUntil(page.said.isVisible)
    finally:
        answered.set()
    assert living.shell().current == "today"


def test_a_file_with_a_password_begins_locked_and_opens_by_it(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    page = living.page("locked")
    assert page.step.state is not None
    assert page.step.state.page is Opening.PASSWORD
    assert living.window.windowTitle() == "Desktop CRM"
    with living.qtbot.waitSignal(living.session.opened) as opened:
        living.come_in()
    assert opened.args == [settings.LOCK_AFTER.default]


def test_a_wrong_password_is_told_to_the_page(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    page = living.page("locked")
    told: list[Problem] = []

    def hear(problem: Problem) -> bool:
        told.append(problem)
        return True

    page.step.enter(living.by_password("wrong, and long enough"), hear)
    living.qtbot.waitUntil(lambda: bool(told))
    assert told[0].code is Exit.LOCKED
    assert living.window.page is page


def test_a_damaged_file_begins_with_what_is_wrong(with_password: ShopFile, begin: Begin) -> None:
    with_password.folder.database.unlink()
    page = begin(with_password).page("locked")
    assert page.step.state is not None
    assert page.step.state.page is Opening.DAMAGED
    assert page.step.state.problem is not None


def test_a_damaged_file_whose_key_is_here_does_not_ask_for_the_recovery_sheet(
    file: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: file.keystore)
    file.begin().close()
    whole = bytearray(file.folder.database.read_bytes())
    for at in range(3 * 4096 + 100, len(whole), 4096):
        whole[at] ^= 1
    file.folder.database.write_bytes(whole)
    state = begin(file).page("locked").step.state
    assert state is not None
    assert state.page is Opening.DAMAGED
    assert state.problem is not None
    assert state.problem.code is Exit.DAMAGED


def test_a_key_lost_between_looking_and_opening_asks_for_the_sheet(
    file: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: file.keystore)
    file.begin().close()

    def lost(*_: object, **__: object) -> Office:
        file.keystore.reset()
        raise problems.key_gone()

    monkeypatch.setattr(setup, "open_office", lost)
    state = begin(file).page("locked").step.state
    assert state is not None
    assert state.page is Opening.KEY_GONE


def test_a_file_that_is_half_set_up_goes_on_with_the_welcome(with_password: ShopFile, begin: Begin) -> None:
    office = setup.open_office(with_password.folder, clock=with_password.clock, keystore=None, passphrase=PASSWORD)
    settings.put(office, settings.BEING_SET_UP, True)
    office.close()
    living = begin(with_password)
    living.page("locked").step.enter(living.by_password())
    page = living.page("welcome")
    assert page.step.office is not None
    living.session.end()
    assert living.is_closed()


def test_the_welcome_hands_over_the_file_it_began(file: ShopFile, begin: Begin) -> None:
    living = begin(file)
    step = living.page("welcome").step
    step.office = file.begin()
    step.come_in(step.office, "contacts", new=True)
    shell = living.shell()
    assert shell.current == "contacts"
    assert isinstance(shell.shown, SmallScreen)
    assert shell.shown.sent == [{"new": True}]


# Locking


def test_locking_takes_everything_off_the_screen_and_closes_the_file(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    shell = living.come_in()
    gone: list[int] = []
    shell.destroyed.connect(lambda: gone.append(1))
    shell.lock_asked.emit()
    page = living.page("locked")
    assert not shell.isVisible()
    assert not living.session.is_open
    living.qtbot.waitUntil(lambda: page.told == 1)
    living.qtbot.waitUntil(lambda: bool(gone))
    assert living.is_closed()
    assert page.step.shop == "Blumen Weber"
    assert page.step.due == (DUE,)
    assert page.step.state is not None
    assert page.step.state.page is Opening.PASSWORD
    living.come_in()


def test_locking_keeps_what_is_being_typed(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    shell = living.come_in()
    screen = shell.shown
    assert isinstance(screen, SmallScreen)
    living.session.lock()
    assert screen.drafts == 1


def test_a_write_that_was_asked_for_is_done_before_the_file_is_closed(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    shell = living.come_in()
    new = NewContact(name="Lucas Brandt", phones=("+49 341 5550002",))
    for _ in range(8):
        shell.desk.courier.ask(shell, lambda: shell.desk.office.read(lambda reading: reading), lambda _: None)
    shell.desk.courier.ask(shell, lambda: contacts.add(shell.desk.office, new), lambda _: None)
    living.session.lock()
    page = living.page("locked")
    living.qtbot.waitUntil(lambda: page.told == 1)
    again = living.come_in()
    assert [found.name for found in contacts.find(again.desk.office, "lucas")] == ["Lucas Brandt"]


def test_locking_clears_what_was_copied_here(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    living.come_in()
    QGuiApplication.clipboard().setText("+49 341 5550001")
    living.session.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_ending_clears_what_was_copied_here(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    living.come_in()
    QGuiApplication.clipboard().setText("+49 341 5550001")
    living.session.end()
    assert QGuiApplication.clipboard().text() == ""


def test_a_fault_while_closing_is_told_and_the_page_goes_on(
    with_password: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    living = begin(with_password)
    shell = living.come_in()

    def fail() -> None:
        raise KeyError("Łucja")

    monkeypatch.setattr(shell.desk.courier, "close", fail)
    living.session.lock()
    page = living.page("locked")
    living.qtbot.waitUntil(lambda: page.told == 1)
    assert living.is_closed()
    assert living.session.problems.shown is not None


def test_what_another_program_copied_stays(
    with_password: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    living = begin(with_password)
    living.come_in()
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationInactive)
    QGuiApplication.clipboard().setText("from elsewhere")
    living.session.lock()
    assert QGuiApplication.clipboard().text() == "from elsewhere"


def test_locking_during_a_long_job_asks_first(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    shell = living.come_in()
    go_on = Event()

    def work(progress: Progress) -> None:
        while not go_on.wait(0.005):
            progress(1, 2)

    shell.desk.courier.run(shell, "Bringing in 2 people", work, lambda _: None)
    assert living.session.jobs
    living.session.lock()
    asked = Overlay.top(shell)
    assert isinstance(asked, Leaving)
    assert living.session.is_open
    asked.stop_button.click()
    living.page("locked")
    assert not living.session.is_open


class HalfFilled(Sheet):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Half filled in")
        self.edit = QLineEdit("what the program proposes")
        self.tick = CheckBox("Ticked")
        self.body.addWidget(self.edit)
        self.body.addWidget(self.tick)


@pytest.mark.parametrize("by", ["lock_asked", "quit_asked", "close"])
def test_over_something_half_filled_in_leaving_by_hand_asks_first(
    with_password: ShopFile, begin: Begin, by: str
) -> None:
    living = begin(with_password)
    shell = living.come_in()
    living.window.asked_close.connect(lambda: leave_by_hand(living.window, living.session.words, living.session.quit))
    leave = living.window.close if by == "close" else getattr(shell, by).emit
    sheet = HalfFilled(shell)
    sheet.open()
    QTest.keyClicks(sheet.edit, "half")
    with living.qtbot.assertNotEmitted(living.session.ended):
        leave()
        leave()
    assert living.session.is_open
    asked = Overlay.top(shell)
    assert isinstance(asked, Unsaved)
    asked.stay_button.click()
    assert Overlay.top(shell) is sheet
    gone = living.session.locked if by == "lock_asked" else living.session.ended
    with living.qtbot.waitSignal(gone):
        leave()
        asked = Overlay.top(shell)
        assert isinstance(asked, Unsaved)
        asked.leave_button.click()


def test_a_tick_is_lost_as_well_and_what_was_there_from_the_start_is_not(with_password: ShopFile, begin: Begin) -> None:
    shell = begin(with_password).come_in()
    sheet = HalfFilled(shell)
    told = [sheet.would_lose]
    for act in (sheet.open, sheet.tick.click, sheet.close):
        act()
        told.append(sheet.would_lose)
    assert told == [False, False, True, False]


def test_nobody_there_locks_without_a_question(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    shell = living.come_in()
    sheet = HalfFilled(shell)
    sheet.open()
    QTest.keyClicks(sheet.edit, "half")
    living.session.lock()
    living.page("locked")


# The end


def test_quitting_ends_at_once_where_nothing_runs(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    living.come_in()
    with living.qtbot.waitSignal(living.session.ended):
        living.session.quit()
    living.session.end()
    assert living.is_closed()


def test_quitting_during_a_long_job_waits_for_it_where_it_is_told_to(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    shell = living.come_in()
    go_on, done = Event(), list[str]()
    shell.desk.courier.run(shell, "Erasing", lambda _: str(go_on.wait(5)), done.append, cancel=False)
    living.window.hide()
    living.session.quit()
    asked = Overlay.top(shell)
    assert isinstance(asked, Leaving)
    assert asked.isVisible()
    assert not asked.stop_button.isVisible()
    with living.qtbot.waitSignal(living.session.ended):
        asked.wait_button.click()
        go_on.set()


def test_the_file_is_closed_even_where_it_was_opened_and_not_shown_yet(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    opened = Event()

    def slowly() -> Office:
        office = living.by_password()()
        opened.set()
        return office

    living.page("locked").step.enter(slowly)
    assert opened.wait(10)
    living.session.end()
    assert living.is_closed()


# Lists, language, schedule


def test_a_list_that_came_too_early_is_brought_in_once_the_file_is_open(
    with_password: ShopFile, begin: Begin, tmp_path: Path
) -> None:
    living = begin(with_password)
    living.session.bring_in(tmp_path / "anna.vcf")
    shell = living.come_in()
    assert isinstance(shell.shown, SmallScreen)
    assert shell.shown.sent == [{"import_path": tmp_path / "anna.vcf"}]


def test_another_language_takes_hold_at_once(with_password: ShopFile, begin: Begin, chosen: Chosen) -> None:
    living = begin(with_password)
    before = living.come_in()
    before.go("log")
    chosen.change(language="de")
    now = living.shell()
    assert now is not before
    assert now.current == "log"
    assert now.desk.words.language == "de"
    contacts.note(now.desk.office, contacts.find(now.desk.office, "lucja")[0].id, "still open")


def test_after_another_language_the_old_screens_hear_of_nothing_more(
    with_password: ShopFile, begin: Begin, chosen: Chosen
) -> None:
    living = begin(with_password)
    before = living.come_in()
    listeners = len(before.desk.office.store._listeners)
    for language in ("de", "en", "de"):
        shell = living.shell()
        chosen.change(language=language)
        living.qtbot.waitUntil(lambda old=shell: living.window.page is not old)  # type: ignore[misc]
    assert len(living.shell().desk.office.store._listeners) == listeners


def test_whether_the_date_is_right_is_asked_where_it_can_be_answered(
    with_password: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = Tick(Outcome.ASKS, question=ClockJumped(with_password.clock.at.date()))
    monkeypatch.setattr(Schedule, "start", lambda schedule: [schedule._listener(asks) for _ in range(2)])
    looked: list[bool] = []

    def run(_: Office, *, clock_is_right: bool) -> Run:
        looked.append(clock_is_right)
        return Run(found=0, new=0, gone=0)

    monkeypatch.setattr(retention, "run", run)
    living = begin(with_password)
    shell = living.come_in()
    living.qtbot.waitUntil(lambda: isinstance(Overlay.top(shell), ClockSheet))
    asked = Overlay.top(shell)
    assert isinstance(asked, ClockSheet)
    assert asked.panel.accessibleName() == "Is the date right?"
    asked.yes.click()
    living.qtbot.waitUntil(lambda: looked == [True])
    assert shell.problems.shown is None


def test_the_time_to_the_lock_follows_the_settings(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    shell = living.come_in()
    with living.qtbot.waitSignal(living.session.opened) as opened:
        settings.put(shell.desk.office, settings.LOCK_AFTER, 30)
    assert opened.args == [30]


def test_the_schedule_begins_after_the_first_rows_and_looks(
    with_password: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    monkeypatch.setattr(Schedule, "start", lambda schedule: begun.append(schedule._office.store is not None))
    living = begin(with_password)
    shell = living.come_in()
    go_on = Event()
    shell.desk.courier.ask(shell, go_on.wait, lambda _: None)
    living.qtbot.wait(600)
    assert begun == []
    go_on.set()
    living.qtbot.waitUntil(lambda: begun == [True])


TICKS = {
    "found": Tick(Outcome.RAN, Run(found=3, new=2, gone=0)),
    "asks": Tick(Outcome.ASKS, question=Problem(M("The date jumped."))),
    "failed": Tick(Outcome.FAILED, failure="KeyError"),
    "nothing new": Tick(Outcome.RAN, Run(found=3, new=0, gone=0)),
}


@pytest.mark.parametrize(
    ("kind", "toast", "sheet"),
    [
        ("found", "3 entries wait for your yes", ""),
        ("asks", "", "The date jumped."),
        ("failed", "", "Something unexpected happened"),
        ("nothing new", "", ""),
    ],
)
def test_what_the_schedule_found_is_told_once(
    with_password: ShopFile,
    begin: Begin,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    toast: str,
    sheet: str,
) -> None:
    monkeypatch.setattr(Schedule, "start", lambda schedule: [schedule._listener(TICKS[kind]) for _ in range(2)])
    living = begin(with_password)
    shell = living.come_in()
    living.qtbot.wait(700)
    assert {told.accessibleName() for told in shell.findChildren(Toast)} == ({toast} if toast else set())
    shown = shell.problems.shown
    assert (shown.panel.accessibleName() if shown is not None else "") == sheet
    if shown is not None:
        shown.close()
        assert shell.problems.shown is None
