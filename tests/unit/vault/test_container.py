"""The file of a safety copy: every byte of it counts, and it opens with its key or the sheet and nothing else."""

from __future__ import annotations

import random
import uuid
from pathlib import Path

import pytest

from desktop_crm.vault import container, for_sheet, recovery
from desktop_crm.vault.container import Label, Manifest
from desktop_crm.words import Exit, Problem

KEY, ROOT = bytes(range(32)), bytes(range(32, 64))
CODE = bytes(range(20))
VAULT = str(uuid.UUID(int=7))


def quiet(_done: int, _total: int) -> None:
    """Nothing."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    payload = tmp_path / "payload"
    payload.write_bytes(random.Random(1).randbytes(5000))
    manifest = Manifest(container.digest_of(payload), 3, {"contact": 2}, 9, "ab", "0.1")
    bare = Label(str(uuid.UUID(int=8)), VAULT, "2026-11-21T12:00:00+00:00", 5000, b"")
    label = container.sealed_label(bare, KEY, ROOT, manifest, for_sheet.public_key(VAULT, CODE))
    target = tmp_path / f"copy{container.ENDING}"
    container.write(target, label, payload, quiet, container.read_label)
    return target


def test_it_opens_with_its_key_and_with_the_sheet(file: Path, tmp_path: Path) -> None:
    manifest = container.unpack(file, KEY, tmp_path / "out", quiet)
    assert (tmp_path / "out").read_bytes() == (tmp_path / "payload").read_bytes()
    assert manifest.counts == {"contact": 2}
    label = container.read_label(file)
    assert container.keys_for_sheet(label, CODE) == (KEY, ROOT)
    assert container.keys_for_sheet(label, recovery.new_code()) is None


def test_nobody_is_named_in_clear_and_nothing_is_left_beside(file: Path, tmp_path: Path) -> None:
    assert {path.name for path in tmp_path.iterdir()} == {"payload", file.name}
    assert (tmp_path / "payload").read_bytes() in file.read_bytes()
    for secret in (KEY, ROOT, CODE, b"contact"):
        assert secret not in file.read_bytes().removesuffix((tmp_path / "payload").read_bytes())


def test_any_changed_byte_is_told_as_damage_and_leaves_nothing(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    chance = random.Random(2)
    places = {0, 8, 9, 13, 14, 100, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(60))}
    for place in places:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Problem) as told:
            container.unpack(file, KEY, tmp_path / "out", quiet)
        assert told.value.code is Exit.DAMAGED
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("keep", [0, 5, 14, 200, 5000])
def test_a_cut_file_is_told(file: Path, tmp_path: Path, keep: int) -> None:
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(Problem) as told:
        container.unpack(file, KEY, tmp_path / "out", quiet)
    assert told.value.code is Exit.DAMAGED


def test_a_label_under_another_name_opens_nothing(file: Path) -> None:
    """The keys for the sheet and the manifest belong to this copy of this customer file."""
    label = container.read_label(file)
    other = Label(str(uuid.UUID(int=9)), label.vault_id, label.made_at, label.size, label.manifest, label.sheet)
    assert container.keys_for_sheet(other, CODE) is None
    with pytest.raises(Problem):
        container.manifest_of(other, KEY)


def test_a_wrong_key_opens_nothing(file: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem):
        container.unpack(file, ROOT, tmp_path / "out", quiet)


def test_a_later_format_is_told_as_later(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[9] = container.FORMAT + 1
    file.write_bytes(whole)
    with pytest.raises(Problem, match="later version"):
        container.read_label(file)


def test_what_is_not_right_when_proved_takes_no_place(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()

    def refuse(_written: Path) -> None:
        raise Problem(recovery.several_groups().what)

    with pytest.raises(Problem):
        container.write(file, container.read_label(file), tmp_path / "payload", quiet, refuse)
    assert file.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"payload", file.name}


def test_another_sheet_gets_a_label_of_its_own_and_the_data_stays(file: Path, tmp_path: Path) -> None:
    other = recovery.new_code()
    container.reseal(file, KEY, ROOT, for_sheet.public_key(VAULT, other), b"", quiet)
    label = container.read_label(file)
    assert container.keys_for_sheet(label, other) == (KEY, ROOT)
    assert container.keys_for_sheet(label, CODE) is None
    assert container.unpack(file, KEY, tmp_path / "out", quiet).counts == {"contact": 2}
    assert (tmp_path / "out").read_bytes() == (tmp_path / "payload").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"payload", "out", file.name}


def test_a_damaged_copy_gets_no_new_label(file: Path) -> None:
    whole = file.read_bytes()
    hurt = whole[:-1] + bytes([whole[-1] ^ 1])
    file.write_bytes(hurt)
    with pytest.raises(Problem) as told:
        container.reseal(file, KEY, ROOT, for_sheet.public_key(VAULT, recovery.new_code()), b"", quiet)
    assert told.value.code is Exit.DAMAGED
    assert file.read_bytes() == hurt
