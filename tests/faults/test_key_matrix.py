"""What can be wrong with the key, times the key file, times the database: never created over, always a next step."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from keyring.backends.kwallet import DBusKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.errors import KeyringLocked

from desktop_crm.host.clock import SystemClock
from desktop_crm.host.keystore import KeyStore, KeyStoreRefused, SystemKeyStore
from desktop_crm.records.contact import Contact
from desktop_crm.services import bringing_back, contacts, copies, reaching, setup
from desktop_crm.services.bringing_back import WaysIn
from desktop_crm.services.office import Office
from desktop_crm.vault import swapping
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Exit, Problem
from tests.faults import shop

PASSWORD = "four plain wooden chairs"


class Backend(SecretServiceKeyring):
    """Named like the real one, with a dictionary behind it that can be locked or forgets."""

    def __init__(self, kept: dict[str, str]) -> None:
        self.kept = kept
        self.locked = False
        self.forgets = False

    def get_password(self, service: str, username: str) -> str | None:
        self._refuse()
        return None if self.forgets else self.kept.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._refuse()
        if not self.forgets:
            self.kept[f"{service}/{username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        self._refuse()
        self.kept.pop(f"{service}/{username}", None)

    def _refuse(self) -> None:
        if self.locked:
            raise KeyringLocked


class OtherBackend(Backend):
    """The store of another desktop."""


Backend.__module__, Backend.__qualname__ = SecretServiceKeyring.__module__, SecretServiceKeyring.__qualname__
OtherBackend.__module__, OtherBackend.__qualname__ = DBusKeyring.__module__, DBusKeyring.__qualname__


@dataclass
class Begun:
    """A whole customer file with somebody in it, to be copied and hurt."""

    folder: Path
    kept: dict[str, str]
    code: str
    copy: Path
    """A safety copy of it, on a stick."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    root = tmp_path_factory.mktemp("whole")
    kept: dict[str, str] = {}
    made = setup.begin(
        VaultFolder(root / "data"),
        shop.SHOP,
        clock=SystemClock(),
        keystore=SystemKeyStore(Backend(kept)),
        passphrase=None,
    )
    contacts.add(made.office, contacts.NewContact(name="Anna Holm", emails=("anna@example.com",)))
    (root / "stick").mkdir()
    copy = root / "stick" / copies.make_copy(made.office, root / "stick").file_name
    made.office.close()
    return Begun(root / "data", kept, made.recovery_code, copy)


Key = Callable[[Backend], KeyStore | None]


def no_keyring(_: Backend) -> KeyStore | None:
    return None


def null(backend: Backend) -> KeyStore:
    backend.forgets = True
    return SystemKeyStore(backend)


def plaintext(_: Backend) -> KeyStore | None:
    with pytest.raises(KeyStoreRefused):
        return SystemKeyStore(NullKeyring())  # type: ignore[no-untyped-call]
    return None


def locked(backend: Backend) -> KeyStore:
    backend.locked = True
    return SystemKeyStore(backend)


def reset(backend: Backend) -> KeyStore:
    backend.kept.clear()
    return SystemKeyStore(backend)


def changed_backend(_: Backend) -> KeyStore:
    return SystemKeyStore(OtherBackend({}))


def wrong_key(backend: Backend) -> KeyStore:
    backend.kept.update(dict.fromkeys(backend.kept, "00" * 32))
    return SystemKeyStore(backend)


def sixty_three_digits(backend: Backend) -> KeyStore:
    backend.kept.update({item: text[:63] for item, text in backend.kept.items()})
    return SystemKeyStore(backend)


KEYS: tuple[Key, ...] = (no_keyring, null, plaintext, locked, reset, changed_backend, wrong_key, sixty_three_digits)
KEEPS_NOTHING = (no_keyring, null, plaintext, locked, sixty_three_digits)
"""Here the recovery sheet goes with a new password."""


def present(_: VaultFolder) -> None:
    """As it was."""


def absent(folder: VaultFolder) -> None:
    folder.database.unlink()


def empty(folder: VaultFolder) -> None:
    folder.database.write_bytes(b"")


def truncated(folder: VaultFolder) -> None:
    data = folder.database.read_bytes()
    folder.database.write_bytes(data[: len(data) // 2 + 100])


def garbage(folder: VaultFolder) -> None:
    folder.database.write_bytes(bytes(reversed(folder.database.read_bytes())))


def whole(_: VaultFolder) -> None:
    """Both copies of the key file are as they were."""


def first_damaged(folder: VaultFolder) -> None:
    folder.header.write_bytes(folder.header.read_bytes()[:-100])


def second_damaged(folder: VaultFolder) -> None:
    folder.header_copy.write_bytes(b"{}")


def both_damaged(folder: VaultFolder) -> None:
    first_damaged(folder)
    second_damaged(folder)


Hurt = Callable[[VaultFolder], None]
DATABASES: tuple[Hurt, ...] = (present, absent, empty, truncated, garbage)
HEADERS: tuple[Hurt, ...] = (whole, first_damaged, second_damaged, both_damaged)


def told(act: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as refused:
        act()
    assert refused.value.todo is not None
    assert not any(
        "delete" in sentence.text and "Nothing" not in sentence.text for sentence in refused.value.sentences()
    )
    return refused.value


def contents(folder: VaultFolder) -> dict[str, bytes]:
    """All files but the lock and the key file, whose damaged copy is mended as soon as a key opens the other."""
    ours = (folder.lock, folder.header, folder.header_copy)
    return {path.name: path.read_bytes() for path in folder.path.iterdir() if path not in ours}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("key", KEYS)
def test_never_created_over_data_and_always_a_next_step(
    key: Key, database: Hurt, header: Hurt, begun: Begun, tmp_path: Path
) -> None:
    shutil.copytree(begun.folder, tmp_path / "data")
    folder, backend = VaultFolder(tmp_path / "data"), Backend(dict(begun.kept))
    store = key(backend)
    database(folder)
    header(folder)
    before, kept = contents(folder), dict(backend.kept)
    here = database in (present, truncated, garbage) and header is not both_damaged
    clock = SystemClock()

    def begin() -> object:
        return setup.begin(folder, shop.SHOP, clock=clock, keystore=SystemKeyStore(Backend({})), passphrase=PASSWORD)

    def recover() -> Office:
        password = PASSWORD if key in KEEPS_NOTHING else None
        keystore = None if password else store
        return setup.recover(folder, begun.code, clock=clock, keystore=keystore, passphrase=password)

    refused = told(lambda: setup.open_office(folder, clock=clock, keystore=store, passphrase=None))
    assert refused.code is (Exit.LOCKED if here else Exit.DAMAGED)
    told(begin)
    assert (contents(folder), backend.kept) == (before, kept)
    if header is both_damaged or database is not present:
        assert told(recover).code is Exit.DAMAGED
        assert contents(folder) == before
        return
    office = recover()
    assert [one.name for one in office.read(lambda reading: reading.find(Contact))] == ["Anna Holm"]
    office.close()
    by_password = PASSWORD if key in KEEPS_NOTHING else None
    setup.open_office(folder, clock=clock, keystore=None if by_password else store, passphrase=by_password).close()
    assert folder.header.read_bytes() == folder.header_copy.read_bytes()


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("database", DATABASES)
def test_the_sheet_brings_a_safety_copy_back_whatever_is_left(
    database: Hurt, header: Hurt, begun: Begun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key store was wiped besides. What was there is kept aside, byte by byte."""
    shutil.copytree(begun.folder, tmp_path / "data")
    folder, store, clock = VaultFolder(tmp_path / "data"), SystemKeyStore(Backend({})), SystemClock()
    monkeypatch.setattr(reaching, "key_place", lambda _: SimpleNamespace(store=store))
    database(folder)
    header(folder)
    before = folder.database.read_bytes() if folder.database.exists() else None
    assert told(lambda: reaching.reach(begun.copy, folder, None, None)).code is Exit.LOCKED
    reached = reaching.reach(begun.copy, folder, None, begun.code)
    ways = WaysIn(begun.code, store) if reached.new_way else None
    assert reached.new_way is (header is both_damaged)
    ready = bringing_back.make_ready(reached.access, swapping.ready_folder(folder), reached.present, ways, clock=clock)
    assert ready.people == 1
    bringing_back.put_in_place(folder, clock=clock, keystore=store)
    if not reached.new_way:
        setup.recover(folder, begun.code, clock=clock, keystore=store, passphrase=None).close()
    office = setup.open_office(folder, clock=clock, keystore=store, passphrase=None)
    assert [one.name for one in office.read(lambda reading: reading.find(Contact))] == ["Anna Holm"]
    assert office.read(office.log_breaks)[1] == []
    office.close()
    (aside,) = swapping.set_asides(folder)
    kept = aside / folder.database.name
    assert (kept.read_bytes() if kept.exists() else None) == before
