"""Settings, “Ways in”: a password, another account, taking a way away, and changing the lock."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop_crm.services import starting, ways
from desktop_crm.services.office import Office
from desktop_crm.services.ways import LockDue
from desktop_crm.ui.courier import Job
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.relocking import ChangeLock, LockJob
from desktop_crm.ui.settings.ways import Invitation, NewPasswordSheet, RemoveWay, WaysPane
from desktop_crm.vault import opening
from desktop_crm.vault.folder import VaultFolder
from tests.memory_keystore import MemoryKeyStore
from tests.ui.screens.conftest import AtDesk

PASSWORD = "four plain wooden chairs"


@pytest.fixture
def pane(at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch) -> WaysPane:
    monkeypatch.setattr(starting, "system_keystore", lambda **_: MemoryKeyStore())
    made = Settings(at_desk.desk)
    at_desk.put(made)
    made.show_at(page="ways")
    at_desk.calm()
    assert isinstance(made.page, WaysPane)
    return made.page


def folder_of(office: Office) -> VaultFolder:
    return VaultFolder(office.store.database.parent)


def set_password(pane: WaysPane, at_desk: AtDesk) -> None:
    pane.password.click()
    sheet = at_desk.window.findChild(NewPasswordSheet)
    assert sheet is not None
    sheet.password.first.set_text(PASSWORD)
    sheet.password.again.set_text(PASSWORD)
    sheet.keep.click()
    at_desk.calm()


def test_a_password_is_set_and_opens(pane: WaysPane, at_desk: AtDesk, office: Office) -> None:
    assert pane.removes == {}
    set_password(pane, at_desk)
    opening.open_with_passphrase(folder_of(office), PASSWORD).drop()
    assert pane.password.text() == "Change the password"
    assert set(pane.removes) == {"keyring", "passphrase"}


def test_what_is_taken_away_leads_to_changing_the_lock(pane: WaysPane, at_desk: AtDesk, office: Office) -> None:
    set_password(pane, at_desk)
    pane.removes["passphrase"].click()
    asked = at_desk.window.findChild(RemoveWay)
    assert asked is not None
    asked.remove.click()
    at_desk.calm()
    assert {way.kind for way in ways.ways_in(office, folder_of(office))} == {"keyring", "recovery"}
    assert ways.lock_state(office).due is LockDue.WAY_REMOVED
    before = bytes(office.keys.database_key)
    change = at_desk.window.findChild(ChangeLock)
    assert change is not None
    change.change.click()
    at_desk.calm()
    assert bytes(office.keys.database_key) != before
    assert ways.lock_state(office).due is LockDue.NO
    # The copies from before open as before; a fresh one is offered.
    said, offer = at_desk.shell.toasts[-1]
    assert "A fresh safety copy" in said
    assert offer is not None
    offer()
    assert at_desk.shell.went[-1] == ("settings", {"page": "copies"})


def test_the_code_for_another_account_is_shown_and_opens(pane: WaysPane, at_desk: AtDesk, office: Office) -> None:
    pane.invite.click()
    at_desk.calm()
    sheet = at_desk.window.findChild(Invitation)
    assert sheet is not None
    code = "-".join([*(group.code for group in sheet.code.groups), sheet.code.check.code])
    opening.open_with_recovery(folder_of(office), code, kinds=("invitation",)).drop()
    sheet.close()
    at_desk.calm()
    pane.removes["invitation"].click()
    asked = at_desk.window.findChild(RemoveWay)
    assert asked is not None
    asked.remove.click()
    at_desk.calm()
    assert "invitation" not in {way.kind for way in ways.ways_in(office, folder_of(office))}


def test_a_first_password_is_not_said_to_end_an_earlier_one(pane: WaysPane, at_desk: AtDesk) -> None:
    assert "before" not in said(NewPasswordSheet(pane))
    set_password(pane, at_desk)
    assert "The one before opens nothing then." in said(NewPasswordSheet(pane))


def said(sheet: QWidget) -> str:
    return " ".join(one.text() for one in sheet.findChildren(QLabel))


def test_cancel_is_offered_only_while_it_is_true(at_desk: AtDesk) -> None:
    job = Job("Changing the lock", can_cancel=True)
    sheet = LockJob(at_desk.desk, job)
    job.progressed.emit(3, 10)
    assert not sheet.cancel_button.isHidden()
    job.progressed.emit(10, 10)
    assert sheet.cancel_button.isHidden()
    job.finished.emit()


def test_stopped_in_the_window_the_old_lock_stays(pane: WaysPane, at_desk: AtDesk, office: Office) -> None:
    before = bytes(office.keys.database_key)
    at_desk.desk.courier.started.connect(lambda job: job.cancel())
    pane.lock.click()
    change = at_desk.window.findChild(ChangeLock)
    assert change is not None
    change.change.click()
    at_desk.calm()
    assert bytes(office.keys.database_key) == before
    assert not folder_of(office).unfinished_copy.exists()
