"""Kills the process between all steps of writing the key file: there is always one that opens."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.opening import create, finish, open_with_keystore, open_with_recovery
from desktop_crm.vault.ways import enrol_keystore
from tests.unit.vault.conftest import CLOCK

KILLED = 9


class FileKeyStore:
    """A key store that outlives the process."""

    name = "File"

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, item: str) -> bytes | None:
        text = self._items().get(item)
        return None if text is None else bytes.fromhex(text)

    def put(self, item: str, secret: bytes) -> None:
        self._path.write_text(json.dumps({**self._items(), item: secret.hex()}))

    def delete(self, item: str) -> None:
        self._path.write_text(json.dumps({name: text for name, text in self._items().items() if name != item}))

    def _items(self) -> dict[str, str]:
        items: dict[str, str] = json.loads(self._path.read_text()) if self._path.exists() else {}
        return items


Act = Callable[[VaultFolder, FileKeyStore], object]


class Reaper:
    """Ends the process, as a power cut does, at the `at`-th moment in which the disk is spoken to."""

    def __init__(self, at: int) -> None:
        self._left = at

    def install(self) -> None:
        for name in ("open", "fsync", "replace", "unlink", "rename"):
            setattr(os, name, self._watched(name, getattr(os, name)))

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            self._moment()
            if name == "fsync" and self._left == 0 and stat.S_ISREG(os.fstat(arguments[0]).st_mode):
                # What was not yet synchronised may be on the disk by half.
                os.ftruncate(arguments[0], os.fstat(arguments[0]).st_size // 2)
            if name == "fsync":
                self._moment()
            done = real(*arguments, **more)
            self._moment()
            return done

        return call

    def _moment(self) -> None:
        if self._left == 0:
            os._exit(KILLED)
        self._left -= 1


def _killed_at(moment: int, act: Callable[[], object]) -> bool:
    """Runs `act` in a process of its own that dies at that moment; False once `act` came to its end before."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            Reaper(moment).install()
            act()
            status = 0
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, KILLED)
    return status == KILLED


def _every_moment(root: Path, before: Path, act: Act) -> Iterator[VaultFolder]:
    """A copy of the folder `before` for each moment at which `act` was killed, and one where it was not."""
    moment, killed = 0, True
    while killed:
        copy = root / f"moment-{moment}"
        shutil.copytree(before, copy)
        folder, store = VaultFolder(copy / "data"), FileKeyStore(copy / "store")
        killed = _killed_at(moment, partial(act, folder, store))
        yield folder
        moment += 1
    assert moment > 10


def _opens(folder: VaultFolder, keys: Keys, code: str) -> None:
    store = FileKeyStore(folder.path.parent / "store")
    assert open_with_recovery(folder, code).root_key == keys.root_key
    assert open_with_keystore(folder, store).database_key == keys.database_key
    assert folder.header.read_bytes() == folder.header_copy.read_bytes()


@pytest.fixture
def before(tmp_path: Path) -> Path:
    (tmp_path / "before").mkdir()
    return tmp_path / "before"


def test_killed_while_beginning_it_can_be_begun_again(tmp_path: Path, before: Path) -> None:
    def begin(folder: VaultFolder, store: FileKeyStore) -> object:
        return create(folder, clock=CLOCK, keystore=store, passphrase=None)

    for folder in _every_moment(tmp_path, before, begin):
        assert folder.state() in (State.NOTHING, State.INTERRUPTED)
        store = FileKeyStore(folder.path.parent / "store")
        made = create(folder, clock=CLOCK, keystore=store, passphrase=None)
        folder.database.write_bytes(b"x")
        finish(folder, made.keys)
        _opens(folder, made.keys, made.recovery_code)


def test_killed_while_finishing_it_is_begun_or_complete(tmp_path: Path, before: Path) -> None:
    started = VaultFolder(before / "data")
    made = create(started, clock=CLOCK, keystore=FileKeyStore(before / "store"), passphrase=None)
    started.database.write_bytes(b"x")
    seen = set()
    for folder in _every_moment(tmp_path, before, lambda folder, _: finish(folder, made.keys)):
        seen.add(folder.state())
        if folder.state() is State.INTERRUPTED:
            finish(folder, made.keys)
        _opens(folder, made.keys, made.recovery_code)
    assert seen == {State.INTERRUPTED, State.COMPLETE}


def test_killed_while_the_key_store_gets_a_fresh_key_both_ways_still_open(tmp_path: Path, before: Path) -> None:
    complete = VaultFolder(before / "data")
    made = create(complete, clock=CLOCK, keystore=FileKeyStore(before / "store"), passphrase=None)
    complete.database.write_bytes(b"x")
    finish(complete, made.keys)
    slots = set()
    for folder in _every_moment(
        tmp_path, before, lambda folder, store: enrol_keystore(folder, made.keys, store, CLOCK)
    ):
        _opens(folder, made.keys, made.recovery_code)
        slots.add(folder.headers()[0].sequence)
    assert slots == {2, 3}


def test_killed_while_mending_it_can_be_mended_again(tmp_path: Path, before: Path) -> None:
    complete = VaultFolder(before / "data")
    made = create(complete, clock=CLOCK, keystore=FileKeyStore(before / "store"), passphrase=None)
    complete.database.write_bytes(b"x")
    finish(complete, made.keys)
    complete.header.write_bytes(b"damaged")
    for folder in _every_moment(tmp_path, before, open_with_keystore):
        _opens(folder, made.keys, made.recovery_code)


def test_killed_while_an_unfinished_file_is_set_aside_nothing_is_lost(tmp_path: Path, before: Path) -> None:
    started = VaultFolder(before / "data")
    create(started, clock=CLOCK, keystore=FileKeyStore(before / "store"), passphrase=None)
    started.database.write_bytes(b"perhaps somebody is in here")
    keys = started.header.read_bytes()

    def begin(folder: VaultFolder, store: FileKeyStore) -> object:
        return create(folder, clock=CLOCK, keystore=store, passphrase=None)

    for folder in _every_moment(tmp_path, before, begin):
        contents = {path.read_bytes() for path in folder.path.iterdir()}
        assert {b"perhaps somebody is in here", keys} <= contents
        store = FileKeyStore(folder.path.parent / "store")
        made = create(folder, clock=CLOCK, keystore=store, passphrase=None)
        folder.database.write_bytes(b"x")
        finish(folder, made.keys)
        _opens(folder, made.keys, made.recovery_code)
        assert {b"perhaps somebody is in here", keys} <= {path.read_bytes() for path in folder.path.iterdir()}
