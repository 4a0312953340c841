"""The key's whole life with a real Secret Service: begun, opened by another process, locked, lost, recovered."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_crm.host.clock import FixedClock
from desktop_crm.host.keystore import (
    KeyStoreLocked,
    KeyStoreSilent,
    NoKeyStore,
    SystemKeyStore,
    asks_first,
    system_keystore,
)
from desktop_crm.vault.anchor import Anchor, Head
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.opening import (
    Created,
    create,
    finish,
    open_with_keystore,
    open_with_recovery,
    usual_keystore,
)
from desktop_crm.vault.ways import enrol_keystore
from desktop_crm.words import Exit, Problem
from tests.secret_service import SecretService

pytestmark = pytest.mark.journey

OPEN = """
import sys
from pathlib import Path
from desktop_crm.host.keystore import system_keystore
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.opening import open_with_keystore
keys = open_with_keystore(VaultFolder(Path(sys.argv[1])), system_keystore(probe=False))
print(keys.check_value().hex())
unwanted = {"argon2", "platformdirs", "babel"} & set(sys.modules)
assert not unwanted, unwanted
"""


@pytest.fixture
def keystore(secret_service: SecretService) -> SystemKeyStore:
    assert secret_service.address
    return system_keystore()


@pytest.fixture
def folder(data_dir: Path) -> VaultFolder:
    return VaultFolder(data_dir)


@pytest.fixture
def created(folder: VaultFolder, keystore: SystemKeyStore) -> Created:
    clock = FixedClock(datetime(2026, 11, 21, 9, tzinfo=UTC))
    made = create(folder, clock=clock, keystore=keystore, passphrase=None)
    folder.database.write_bytes(b"stands for the database")
    finish(folder, made.keys)
    return made


def test_another_process_opens_with_the_same_key(
    folder: VaultFolder, created: Created, secret_service: SecretService
) -> None:
    environment = secret_service.environment | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    ran = subprocess.run(
        [sys.executable, "-c", OPEN, str(folder.path)], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == created.keys.check_value().hex()
    assert usual_keystore(folder) == "Secret Service"


def test_the_key_outlives_the_service(
    folder: VaultFolder, created: Created, keystore: SystemKeyStore, secret_service: SecretService
) -> None:
    secret_service.stop()
    with pytest.raises(KeyStoreSilent):
        open_with_keystore(folder, keystore)
    with pytest.raises(NoKeyStore):
        system_keystore()
    secret_service.start()
    assert open_with_keystore(folder, keystore).database_key == created.keys.database_key


@pytest.mark.usefixtures("created")
def test_a_locked_service_is_told_as_locked(
    folder: VaultFolder, keystore: SystemKeyStore, secret_service: SecretService
) -> None:
    secret_service.lock()
    with pytest.raises(KeyStoreLocked):
        open_with_keystore(folder, keystore)
    with pytest.raises(KeyStoreLocked):
        system_keystore()


def test_a_lost_key_is_recovered_with_the_sheet_and_never_made_anew(
    folder: VaultFolder, created: Created, keystore: SystemKeyStore, secret_service: SecretService
) -> None:
    secret_service.reset()
    before = folder.header.read_bytes()
    with pytest.raises(Problem) as told:
        open_with_keystore(folder, keystore)
    assert told.value.code is Exit.LOCKED
    assert "has lost the key to it" in told.value.what.text
    assert folder.header.read_bytes() == before
    keys = open_with_recovery(folder, created.recovery_code)
    enrol_keystore(folder, keys, keystore, FixedClock(datetime(2026, 11, 21, 9, tzinfo=UTC)))
    assert open_with_keystore(folder, keystore).root_key == created.keys.root_key


def test_the_environment_cannot_lead_keys_elsewhere(
    folder: VaultFolder, created: Created, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("KEYRING_PROPERTY_PREFERRED_COLLECTION", "/org/freedesktop/secrets/collection/session")
    keystore = system_keystore()
    assert keystore.name == "Secret Service"
    assert open_with_keystore(folder, keystore).database_key == created.keys.database_key


def test_the_end_of_the_log_lies_beside_the_key(created: Created, keystore: SystemKeyStore) -> None:
    anchor = Anchor(keystore, created.keys.vault_id)
    assert anchor.read() is None
    anchor.store(Head(7, "ab" * 32))
    assert anchor.read() == Head(7, "ab" * 32)


def test_that_the_computer_would_ask_first_is_known_without_its_asking(
    secret_service: SecretService, keystore: SystemKeyStore
) -> None:
    assert not asks_first(keystore)
    secret_service.lock()
    assert asks_first(keystore)
