from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.host.files import write_atomically
from desktop_crm.vault import opening, problems, recovery, ways
from desktop_crm.vault.anchor import Anchor, Head
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.opening import Created
from desktop_crm.vault.passphrase import check_new, strength
from desktop_crm.vault.recovery import Shape, same_group, shape
from desktop_crm.words import Problem, Words
from tests.memory_keystore import MemoryKeyStore
from tests.unit.vault.conftest import CLOCK


def test_a_new_sheet_opens_the_file_and_the_old_one_no_more(folder: VaultFolder, created: Created) -> None:
    code = ways.new_recovery_code()
    ways.replace_recovery(folder, created.keys, code, CLOCK)
    assert opening.open_with_recovery(folder, code).database_key == created.keys.database_key
    with pytest.raises(Problem) as refused:
        opening.open_with_recovery(folder, created.recovery_code)
    assert refused.value.what == problems.other_sheet().what


def test_the_other_ways_in_stay(folder: VaultFolder, created: Created, keystore: MemoryKeyStore) -> None:
    before = opening.ways_in(folder)
    ways.replace_recovery(folder, created.keys, ways.new_recovery_code(), CLOCK)
    assert opening.ways_in(folder) == before
    assert opening.open_with_keystore(folder, keystore).root_key == created.keys.root_key


def test_both_copies_of_the_key_file_know_the_new_sheet(folder: VaultFolder, created: Created) -> None:
    code = ways.new_recovery_code()
    ways.replace_recovery(folder, created.keys, code, CLOCK)
    folder.header.unlink()
    opening.open_with_recovery(folder, code).drop()


@pytest.mark.parametrize("copies_written", [0, 1])
def test_a_crash_while_the_sheet_is_replaced_leaves_one_that_opens(
    folder: VaultFolder, created: Created, monkeypatch: pytest.MonkeyPatch, copies_written: int
) -> None:
    written: list[object] = []

    def crash(path: Path, data: bytes, _mode: int) -> None:
        if len(written) == copies_written:
            raise KeyboardInterrupt
        written.append(path)
        write_atomically(path, data)

    monkeypatch.setattr("desktop_crm.vault.folder.write_atomically", crash)
    code = ways.new_recovery_code()
    with pytest.raises(KeyboardInterrupt):
        ways.replace_recovery(folder, created.keys, code, CLOCK)
    monkeypatch.undo()
    works = [ways.is_recovery_code(folder, one) for one in (created.recovery_code, code)]
    assert works == [not copies_written, bool(copies_written)]


def test_a_code_with_a_slip_replaces_nothing(folder: VaultFolder, created: Created) -> None:
    code = ways.new_recovery_code()
    with pytest.raises(Problem):
        ways.replace_recovery(folder, created.keys, ("1" if code[0] != "1" else "2") + code[1:], CLOCK)
    assert ways.is_recovery_code(folder, created.recovery_code)


def test_what_is_given_up_leaves_neither_file_nor_key(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    Anchor(keystore, created.keys.vault_id).store(Head(1, "00"))
    opening.mark_unfinished(folder, created.keys)
    assert folder.state() is State.INTERRUPTED
    opening.remove_unfinished(folder, keystore)
    assert folder.state() is State.NOTHING
    assert keystore.items == {}


@pytest.mark.usefixtures("created")
def test_a_complete_file_is_never_removed(folder: VaultFolder, keystore: MemoryKeyStore) -> None:
    with pytest.raises(Problem):
        opening.remove_unfinished(folder, keystore)
    assert folder.state() is State.COMPLETE


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", Shape.EMPTY),
        ("  ", Shape.EMPTY),
        ("K7Q", Shape.SHORT),
        ("k7qf", Shape.FINE),
        ("K7 QF", Shape.FINE),
        ("k7-qf", Shape.FINE),
        ("OIL0", Shape.FINE),
        ("K7QFX", Shape.LONG),
        ("K7Q?", Shape.FOREIGN),
        ("K7Qñ", Shape.FOREIGN),
    ],
)
def test_a_group_is_told_by_its_shape(typed: str, found: Shape) -> None:
    assert shape(typed) is found


def test_a_group_typed_back_may_be_small_and_spaced() -> None:
    assert same_group("W3RB", " w3 rb")
    assert same_group("10V5", "IOU5")
    assert not same_group("W3RB", "W3RD")
    assert not same_group("W3RB", "W3R")


def test_nine_groups_are_written_as_on_the_sheet() -> None:
    code = recovery.new_code()
    assert recovery.group_texts(recovery.read_groups(recovery.as_text(code))) == recovery.as_groups(code)


@pytest.mark.parametrize(
    ("password", "level"),
    [
        ("", 0),
        ("summersummer", 0),
        ("tulpe", 1),
        ("four chairs!", 2),
        ("four plain wooden", 3),
        ("four plain wooden chairs", 4),
        ("A1!b", 1),
    ],
)
def test_length_comes_before_signs_of_many_kinds(password: str, level: int) -> None:
    assert strength(password).level == level


@pytest.mark.parametrize(
    "password", ["", "tulpe", "summersummer", "four chairs!", "aaaaaaaaaaaaaaaaaaaaaaaa", "x" * 11]
)
def test_a_password_that_is_enough_is_taken_and_no_other(password: str) -> None:
    try:
        check_new(password)
    except Problem:
        taken = False
    else:
        taken = True
    assert strength(password).is_enough is taken


def test_what_is_missing_is_told() -> None:
    assert Words("en").say(strength("elevensigns").said) == "It needs 1 more sign."
