"""Recovery drills in the window: each loss of the key leads by the page itself to an open list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop_crm.host.keystore import NoKeyStore
from desktop_crm.services import setup, ways
from desktop_crm.services.starting import Opening, opening_state
from desktop_crm.vault import opening
from desktop_crm.words import M
from tests.memory_keystore import MemoryKeyStore
from tests.ui.screens.test_locked import OTHER, Outside, begun, outside, said

__all__ = ["outside"]


def wiped(store: MemoryKeyStore, _: pytest.MonkeyPatch) -> None:
    store.reset()


def locked(store: MemoryKeyStore, _: pytest.MonkeyPatch) -> None:
    store.locked = True


def gone(_: MemoryKeyStore, patch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> object:
        raise NoKeyStore(M("This computer has no safe place for keys."), todo=M("Choose a password."))

    patch.setattr("desktop_crm.services.starting.system_keystore", none)


def changed_backend(_: MemoryKeyStore, patch: pytest.MonkeyPatch) -> None:
    other = MemoryKeyStore("Another")
    patch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: other)


def new_computer(_: MemoryKeyStore, patch: pytest.MonkeyPatch) -> None:
    here = MemoryKeyStore()
    patch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: here)
    patch.setattr(opening, "host_name", lambda: "new")


Loss = Callable[[MemoryKeyStore, pytest.MonkeyPatch], None]


@pytest.mark.parametrize(("loss", "by_password"), [(wiped, False), (locked, True), (gone, True)])
@pytest.mark.parametrize("again", [False, True])
def test_the_sheet_opens_and_the_next_start_needs_it_no_more(
    outside: Outside, keys: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch, loss: Loss, by_password: bool, again: bool
) -> None:
    """`again`: what was wrong is over at the next start, and the file opens by the old way or the new one."""
    groups = begun(outside, keys)
    with monkeypatch.context() as patch:
        loss(keys, patch)
        recover(outside, groups, by_password=by_password)
        after = opening_state(outside.step.folder).page
        assert after is (Opening.PASSWORD if by_password else Opening.READY)
    if again:
        keys.locked = False
        assert opening_state(outside.step.folder).page is Opening.READY


@pytest.mark.parametrize(
    ("loss", "told"), [(changed_backend, "“Memory”"), (new_computer, "another account or on another")]
)
def test_another_place_for_keys_is_named_and_gets_a_key_of_its_own(
    outside: Outside, keys: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch, loss: Loss, told: str
) -> None:
    groups = begun(outside, keys)
    loss(keys, monkeypatch)
    outside.stand()
    assert told in said(outside)
    recover(outside, groups, by_password=False)
    assert opening_state(outside.step.folder).page is Opening.READY


def test_another_account_types_its_code_where_the_sheet_would_be(
    outside: Outside, keys: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(outside, keys)
    office = setup.open_office(outside.step.folder, clock=outside.clock, keystore=keys, passphrase=None)
    code = ways.invite(office, outside.step.folder)
    office.close()
    new_computer(keys, monkeypatch)
    outside.stand()
    assert "or the code that lets this account in" in said(outside)
    recover(outside, [*code.groups, code.check], by_password=False)
    assert opening_state(outside.step.folder).page is Opening.READY


def recover(outside: Outside, groups: list[str], *, by_password: bool) -> None:
    outside.stand()
    outside.fill(groups)
    if by_password:
        for field in (outside.recover.password.first, outside.recover.password.again):
            field.set_text(OTHER)
    outside.click(outside.recover.open)
    assert outside.problems == []
    assert len(outside.offices) == 1
    outside.offices[0].close()
