"""Fixtures for every room. No test may reach the key store of the person who runs it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from tests.cheap_passwords import make_cheap
from tests.secret_service import SecretService, missing_programs, running_secret_service

# Nothing listens there: code that looks for a key store in a test without the fixture below finds none, and no window
# locks because the person who runs the tests locks their screen.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/no-session-bus"
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nonexistent/no-system-bus"
# No window of a test appears on the screen of the person who runs it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test waits for passwords to be stretched as in earnest; what that costs is looked at in test_header.py.
make_cheap()

_PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """Waits as long as a busy computer may need. What takes long is for the benchmark to find, not for a test."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS) -> None:  # noqa: N802 - pytest-qt's name
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE_MS, **how: Any) -> SignalBlocker:  # noqa: N802 - pytest-qt's name
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(request: pytest.FixtureRequest) -> QtBot:
    """The bot of pytest-qt, with more patience."""
    request.getfixturevalue("qapp")
    return PatientBot(request)


@pytest.fixture(scope="session")
def secret_service_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretService]:
    """One real Secret Service for the whole run. Fails, naming them, where its programs are missing."""
    missing = missing_programs()
    if missing:
        pytest.fail(f"not installed: {', '.join(missing)} (Debian: apt install gnome-keyring dbus)")
    with running_secret_service(tmp_path_factory.mktemp("session")) as service:
        yield service


@pytest.fixture
def secret_service(
    secret_service_session: SecretService, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> Iterator[SecretService]:
    """The real Secret Service, empty and unlocked, for this process and for those started with its `environment`."""
    for name, value in secret_service_session.changes.items():
        monkeypatch.setenv(name, value)
    secret_service_session.reset()
    gc.freeze()
    yield secret_service_session
    # The keyring package leaves its socket open where the service is locked or gone. Collected here, so that no later
    # test is blamed for it; what was there before need not be looked through, which took seconds.
    gc.collect()
    gc.unfreeze()
    recwarn.clear()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A folder for a customer file, not made yet."""
    return tmp_path / "data"
