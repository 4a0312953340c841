from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.host import account
from desktop_crm.host.keystore import KeyStoreLocked
from desktop_crm.vault import opening, recovery
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.header import FORMAT, to_bytes
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.opening import (
    Created,
    create,
    finish,
    open_with_keystore,
    open_with_passphrase,
    open_with_recovery,
    usual_keystore,
    ways_in,
)
from desktop_crm.vault.slots import KEYSTORE
from desktop_crm.vault.ways import enrol_keystore, enrol_passphrase
from desktop_crm.words import Exit, Problem, Words
from tests.memory_keystore import MemoryKeyStore
from tests.unit.vault.conftest import CLOCK

PASSWORD = "four plain wooden chairs"
OTHER_PASSWORD = "another seven green doors"


def _told(code: Exit, act: Callable[[], object]) -> str:
    """Everything the Problem says, which must have the given exit code and offer neither deletion nor a new start."""
    with pytest.raises(Problem) as told:
        act()
    assert told.value.code is code
    said = " ".join(Words("en").say(sentence) for sentence in told.value.sentences())
    assert told.value.todo is not None
    assert "Nothing has been deleted, and nothing will be." in said or code is Exit.REFUSED or "emptied" in said
    return said


def _same(one: Keys, other: Keys) -> bool:
    return (one.vault_id, one.database_key, one.root_key) == (other.vault_id, other.database_key, other.root_key)


def _files(folder: VaultFolder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.path.iterdir()}


def test_what_was_created_opens_with_the_key_store_and_with_the_sheet(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    assert _same(open_with_keystore(folder, keystore), created.keys)
    assert _same(open_with_recovery(folder, created.recovery_code), created.keys)
    assert ways_in(folder) == {"keyring", "recovery"}
    assert usual_keystore(folder) == "Memory"


def test_the_files_are_private_and_hold_no_secret(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    for path in (folder.header, folder.header_copy):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        text = path.read_text()
        secrets = [created.keys.database_key.hex(), created.keys.root_key.hex(), created.recovery_code]
        secrets += [secret.hex() for secret in keystore.items.values()]
        assert not [secret for secret in secrets if secret.lower() in text.lower()]
        assert account.account_name() not in text
        assert json.loads(text)["body"]["created_at"] == "2026-11-21T09:00:00+00:00"
    assert created.recovery_code not in repr(created)


def test_a_password_opens_alone_and_beside_the_key_store(folder: VaultFolder, keystore: MemoryKeyStore) -> None:
    made = create(folder, clock=CLOCK, keystore=None, passphrase=PASSWORD)
    folder.database.write_bytes(b"x")
    finish(folder, made.keys)
    assert _same(open_with_passphrase(folder, PASSWORD), made.keys)
    assert "opens with a password" in _told(Exit.LOCKED, lambda: open_with_keystore(folder, keystore))
    assert usual_keystore(folder) is None
    said = _told(Exit.LOCKED, lambda: open_with_passphrase(folder, PASSWORD + " "))
    assert said.startswith("Not right")
    enrol_keystore(folder, made.keys, keystore, CLOCK)
    assert _same(open_with_keystore(folder, keystore), made.keys)
    assert ways_in(folder) == {"keyring", "passphrase", "recovery"}


def test_a_password_typed_on_another_keyboard_is_the_same(folder: VaultFolder) -> None:
    made = create(folder, clock=CLOCK, keystore=None, passphrase="Käsebrötchen mit Übermut")
    folder.database.write_bytes(b"x")
    finish(folder, made.keys)
    decomposed = "Ka\u0308sebro\u0308tchen mit U\u0308bermut"
    assert _same(open_with_passphrase(folder, decomposed), made.keys)


@pytest.mark.usefixtures("created")
def test_a_file_without_a_password_says_so(folder: VaultFolder) -> None:
    assert "has no password" in _told(Exit.LOCKED, lambda: open_with_passphrase(folder, PASSWORD))


def test_a_new_password_ends_the_old_one(folder: VaultFolder, created: Created) -> None:
    enrol_passphrase(folder, created.keys, PASSWORD, CLOCK)
    enrol_passphrase(folder, created.keys, OTHER_PASSWORD, CLOCK)
    assert _same(open_with_passphrase(folder, OTHER_PASSWORD), created.keys)
    assert "Not right" in _told(Exit.LOCKED, lambda: open_with_passphrase(folder, PASSWORD))


def test_nothing_is_begun_without_a_way_in_or_with_a_weak_password(folder: VaultFolder) -> None:
    said = _told(Exit.LOCKED, lambda: create(folder, clock=CLOCK, keystore=None, passphrase=None))
    assert "no safe place for keys" in said
    assert "password that you type at each start" in said
    _told(Exit.REFUSED, lambda: create(folder, clock=CLOCK, keystore=None, passphrase="short"))
    assert not folder.path.exists()


def test_a_key_store_that_forgets_is_noticed_before_anything_is_written(folder: VaultFolder) -> None:
    forgetful = MemoryKeyStore(remembers=False)
    said = _told(Exit.LOCKED, lambda: create(folder, clock=CLOCK, keystore=forgetful, passphrase=None))
    assert "does not give back" in said
    assert folder.state() is State.NOTHING


# --- the key matrix: what can be wrong with the key, times what can be wrong with the database ---


def _present(folder: VaultFolder) -> None:
    """The database is as it was."""


def _absent(folder: VaultFolder) -> None:
    folder.database.unlink()


def _emptied(folder: VaultFolder) -> None:
    folder.database.write_bytes(b"")


DATABASES: dict[Callable[[VaultFolder], None], str] = {_present: "", _absent: "is missing", _emptied: "0 bytes"}


def _no_store(_: MemoryKeyStore) -> MemoryKeyStore | None:
    return None


def _null(_: MemoryKeyStore) -> MemoryKeyStore | None:
    return MemoryKeyStore(remembers=False)


def _locked(store: MemoryKeyStore) -> MemoryKeyStore | None:
    store.locked = True
    return store


def _reset(store: MemoryKeyStore) -> MemoryKeyStore | None:
    store.reset()
    return store


def _other_store(_: MemoryKeyStore) -> MemoryKeyStore | None:
    return MemoryKeyStore("Another")


def _other_key(store: MemoryKeyStore) -> MemoryKeyStore | None:
    store.items = {item: bytes(32) for item in store.items}
    return store


KEYS: dict[Callable[[MemoryKeyStore], MemoryKeyStore | None], str] = {
    _no_store: "does not answer",
    _null: "has lost the key to it",
    _locked: "locked",
    _reset: "has lost the key to it",
    _other_store: "Its key lies in “Memory”, but this computer now keeps keys in “Another”",
    _other_key: "does not fit",
}


def _whole(folder: VaultFolder) -> None:
    """Both copies of the key file are as they were."""


def _first_damaged(folder: VaultFolder) -> None:
    folder.header.write_bytes(folder.header.read_bytes()[:-100])


def _second_damaged(folder: VaultFolder) -> None:
    folder.header_copy.write_bytes(b"")


def _first_gone(folder: VaultFolder) -> None:
    folder.header.unlink()


HEADERS = [_whole, _first_damaged, _second_damaged, _first_gone]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("key", KEYS)
def test_the_key_matrix(
    key: Callable[[MemoryKeyStore], MemoryKeyStore | None],
    database: Callable[[VaultFolder], None],
    header: Callable[[VaultFolder], None],
    folder: VaultFolder,
    created: Created,
    keystore: MemoryKeyStore,
) -> None:
    store = key(keystore)
    database(folder)
    header(folder)
    before = _files(folder)
    kept = dict(keystore.items)
    if database is not _present:
        assert DATABASES[database] in _told(Exit.DAMAGED, lambda: open_with_keystore(folder, store))
        assert "safety copy" in _told(Exit.DAMAGED, lambda: open_with_recovery(folder, created.recovery_code))
    elif store is keystore and store.locked:
        with pytest.raises(KeyStoreLocked):
            open_with_keystore(folder, store)
    else:
        said = _told(Exit.LOCKED, lambda: open_with_keystore(folder, store))
        assert KEYS[key] in said
        assert "recovery sheet" in said
    with pytest.raises(Problem):
        create(folder, clock=CLOCK, keystore=MemoryKeyStore(), passphrase=None)
    assert _files(folder) == before
    assert keystore.items == kept
    if database is _present:
        assert _same(open_with_recovery(folder, created.recovery_code), created.keys)


@pytest.mark.parametrize("header", HEADERS)
def test_one_damaged_copy_is_survived_and_mended(
    header: Callable[[VaultFolder], None], folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    good = folder.header.read_bytes()
    header(folder)
    assert _same(open_with_keystore(folder, keystore), created.keys)
    assert folder.header.read_bytes() == folder.header_copy.read_bytes() == good


@pytest.mark.parametrize("database", [_present, _emptied])
def test_with_both_copies_damaged_nothing_is_touched(
    database: Callable[[VaultFolder], None], folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    database(folder)
    _first_damaged(folder)
    _second_damaged(folder)
    before = _files(folder)
    for act in (
        lambda: open_with_keystore(folder, keystore),
        lambda: open_with_recovery(folder, created.recovery_code),
        lambda: create(folder, clock=CLOCK, keystore=keystore, passphrase=None),
        lambda: ways_in(folder),
    ):
        said = _told(Exit.DAMAGED, act)
        assert "Both copies" in said
        assert "customers.keys" in said
    assert _files(folder) == before


@pytest.mark.usefixtures("created")
@pytest.mark.parametrize("content", [b"x", b""])
def test_a_database_without_key_file_is_never_a_new_one(
    content: bytes, folder: VaultFolder, keystore: MemoryKeyStore
) -> None:
    folder.database.write_bytes(content)
    folder.header.unlink()
    folder.header_copy.unlink()
    assert folder.state() is State.HEADER_MISSING
    assert "key file beside it is missing" in _told(Exit.DAMAGED, lambda: open_with_keystore(folder, keystore))
    _told(Exit.DAMAGED, lambda: create(folder, clock=CLOCK, keystore=keystore, passphrase=None))
    assert folder.database.read_bytes() == content


def test_an_empty_folder_says_how_to_begin(folder: VaultFolder, keystore: MemoryKeyStore) -> None:
    assert "no customer file" in _told(Exit.REFUSED, lambda: open_with_keystore(folder, keystore))
    assert folder.state() is State.NOTHING
    assert not folder.path.exists()


@pytest.mark.usefixtures("created")
def test_a_complete_file_is_never_begun_again(folder: VaultFolder) -> None:
    before = _files(folder)
    said = _told(Exit.REFUSED, lambda: create(folder, clock=CLOCK, keystore=MemoryKeyStore(), passphrase=None))
    assert "already" in said
    assert _files(folder) == before


def test_a_key_file_of_a_later_version_is_told_and_left_alone(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    folder.header.write_bytes(to_bytes(replace(folder.headers()[0], format=FORMAT + 1)))
    before = _files(folder)
    for act in (
        lambda: open_with_keystore(folder, keystore),
        lambda: open_with_recovery(folder, created.recovery_code),
        lambda: create(folder, clock=CLOCK, keystore=keystore, passphrase=None),
    ):
        assert "later version" in _told(Exit.DAMAGED, act)
    assert _files(folder) == before


# --- setting up, interrupted ---


def test_an_interrupted_set_up_is_told_and_begun_again(folder: VaultFolder, keystore: MemoryKeyStore) -> None:
    first = create(folder, clock=CLOCK, keystore=keystore, passphrase=None)
    assert folder.state() is State.INTERRUPTED
    assert "interrupted" in _told(Exit.REFUSED, lambda: open_with_keystore(folder, keystore))
    second = create(folder, clock=CLOCK, keystore=keystore, passphrase=None)
    assert second.keys.database_key != first.keys.database_key
    folder.database.write_bytes(b"x")
    finish(folder, second.keys)
    assert _same(open_with_keystore(folder, keystore), second.keys)


def test_a_database_of_an_interrupted_set_up_is_set_aside_and_still_opens(
    folder: VaultFolder, keystore: MemoryKeyStore
) -> None:
    first = create(folder, clock=CLOCK, keystore=keystore, passphrase=None)
    folder.database.write_bytes(b"perhaps somebody is in here")
    create(folder, clock=CLOCK, keystore=keystore, passphrase=None)
    aside = folder.path / "aside"
    aside.mkdir()
    for path in folder.set_aside():
        path.rename(aside / path.name.removeprefix("unfinished-1-"))
    old = VaultFolder(aside)
    assert old.database.read_bytes() == b"perhaps somebody is in here"
    finish(old, first.keys)
    assert _same(open_with_keystore(old, keystore), first.keys)
    assert _same(open_with_recovery(old, first.recovery_code), first.keys)


@pytest.mark.usefixtures("created")
def test_keys_of_another_file_cannot_finish_or_enrol(folder: VaultFolder, tmp_path: Path) -> None:
    other = create(VaultFolder(tmp_path / "other"), clock=CLOCK, keystore=MemoryKeyStore(), passphrase=None)
    before = _files(folder)
    _told(Exit.DAMAGED, lambda: finish(folder, other.keys))
    _told(Exit.DAMAGED, lambda: enrol_keystore(folder, other.keys, MemoryKeyStore(), CLOCK))
    assert _files(folder) == before


# --- forged and mixed key files ---


def test_a_forged_newer_copy_does_not_win_over_a_true_older_one(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    true = folder.headers()[0]
    forged = type(true)(true.vault_id, "1999", 99, True, true.key_check, true.slots, "00" * 32)
    folder.header.write_bytes(to_bytes(forged))
    assert _same(open_with_keystore(folder, keystore), created.keys)
    assert folder.headers() == [true, true]
    for path in (folder.header, folder.header_copy):
        path.write_bytes(to_bytes(forged))
    assert "changed by something" in _told(Exit.DAMAGED, lambda: open_with_keystore(folder, keystore))


def test_a_copy_of_another_customer_file_is_left_alone(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore, tmp_path: Path
) -> None:
    other = VaultFolder(tmp_path / "other")
    create(other, clock=CLOCK, keystore=keystore, passphrase=None)
    folder.header_copy.write_bytes(other.header.read_bytes())
    assert _same(open_with_keystore(folder, keystore), created.keys)
    assert folder.header_copy.read_bytes() == other.header.read_bytes()


def test_a_folder_that_cannot_be_written_still_opens(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first_damaged(folder)

    def refuse(*_: object) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr("os.replace", refuse)
    assert _same(open_with_keystore(folder, keystore), created.keys)


# --- the recovery sheet, and after it ---


@given(place=st.integers(1, 8), change=st.integers(1, (1 << 20) - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_single_wrong_group_is_named(folder: VaultFolder, created: Created, place: int, change: int) -> None:
    groups = recovery.read_groups(created.recovery_code)
    typed = (*groups[: place - 1], groups[place - 1] ^ change, *groups[place:])
    text = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(group >> at) & 31] for group in typed for at in (15, 10, 5, 0))
    assert _told(Exit.LOCKED, lambda: open_with_recovery(folder, text)).startswith(f"Group {place} does not fit.")


def test_a_slip_in_the_check_group_does_no_harm(folder: VaultFolder, created: Created) -> None:
    typed = created.recovery_code[:-4] + "0000"
    assert _same(open_with_recovery(folder, typed), created.keys)


def test_two_wrong_groups_and_another_sheet_are_told_apart(folder: VaultFolder, created: Created) -> None:
    groups = created.recovery_code.split("-")
    two = "-".join(["0000", "1111", *groups[2:]])
    assert "More than one group" in _told(Exit.LOCKED, lambda: open_with_recovery(folder, two))
    other = recovery.as_text(recovery.new_code())
    assert "does not open this customer list" in _told(Exit.LOCKED, lambda: open_with_recovery(folder, other))


def test_after_recovery_the_key_store_gets_a_fresh_key_and_the_sheet_stays_good(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    keystore.reset()
    keys = open_with_recovery(folder, created.recovery_code)
    enrol_keystore(folder, keys, keystore, CLOCK)
    assert _same(open_with_keystore(folder, keystore), created.keys)
    enrol_keystore(folder, keys, keystore, CLOCK)
    assert len(keystore.items) == 1
    assert len(folder.headers()[0].of_kind(KEYSTORE)) == 1
    assert _same(open_with_recovery(folder, created.recovery_code), created.keys)


def test_a_store_that_forgets_does_not_replace_a_good_key(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    before = _files(folder)
    _told(Exit.LOCKED, lambda: enrol_keystore(folder, created.keys, MemoryKeyStore(remembers=False), CLOCK))
    assert _files(folder) == before
    assert _same(open_with_keystore(folder, keystore), created.keys)


def test_each_account_keeps_its_own_way_in(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = MemoryKeyStore()
    monkeypatch.setattr(opening, "account_name", lambda: "colleague")
    assert "under another account" in _told(Exit.LOCKED, lambda: open_with_keystore(folder, colleague))
    enrol_keystore(folder, open_with_recovery(folder, created.recovery_code), colleague, CLOCK)
    assert _same(open_with_keystore(folder, colleague), created.keys)
    monkeypatch.undo()
    assert _same(open_with_keystore(folder, keystore), created.keys)


def test_a_renamed_computer_opens_as_before(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "host_name", lambda: "renamed")
    assert _same(open_with_keystore(folder, keystore), created.keys)
