"""A customer file as the other rooms see it: keys, key file, and a stand-in for the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_crm.host.clock import FixedClock
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.opening import Created, create, finish
from tests.memory_keystore import MemoryKeyStore

CLOCK = FixedClock(datetime(2026, 11, 21, 9, tzinfo=UTC))


@pytest.fixture
def keystore() -> MemoryKeyStore:
    return MemoryKeyStore()


@pytest.fixture
def folder(tmp_path: Path) -> VaultFolder:
    return VaultFolder(tmp_path / "data")


@pytest.fixture
def created(folder: VaultFolder, keystore: MemoryKeyStore) -> Created:
    """A complete customer file with a key in the key store and a recovery sheet."""
    made = create(folder, clock=CLOCK, keystore=keystore, passphrase=None)
    folder.database.write_bytes(b"stands for the database")
    finish(folder, made.keys)
    return made
