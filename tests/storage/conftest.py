"""A fresh customer file, and what lies in its folder."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.storage.store import Store

NAME = "customers.db"


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the customer file lies, in a folder of its own. It is not there yet."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / NAME


@pytest.fixture
def store(database: Path, key: bytes) -> Iterator[Store]:
    made = Store(database, key, create=True)
    yield made
    made.close()
