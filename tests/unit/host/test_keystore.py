from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.errors import InitError, KeyringLocked

from desktop_crm.host.keystore import (
    KeyStoreLocked,
    KeyStoreProblem,
    KeyStoreRefused,
    KeyStoreSilent,
    NoKeyStore,
    SystemKeyStore,
    system_keystore,
)
from desktop_crm.words import Exit, Words


def _made(kind: Any) -> Any:
    """An object of a class that ships no types."""
    return kind()


class PlaintextKeyring(NullKeyring):
    """Like the one of keyrings.alt: not on the list, whatever it is called."""


class Chain(ChainerBackend):
    backends: ClassVar[list[object]] = []


Chain.__module__, Chain.__qualname__ = ChainerBackend.__module__, ChainerBackend.__qualname__


class Stub(SecretServiceKeyring):
    """Named like the real one, with a dictionary behind it."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.error: Exception | None = None
        self.forgets = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.error is not None:
            raise self.error
        return self.kept.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        if not self.forgets:
            self.kept[f"{service}/{username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[f"{service}/{username}"]


Stub.__module__, Stub.__qualname__ = SecretServiceKeyring.__module__, "Keyring"


@pytest.mark.parametrize("backend", [NullKeyring, FailKeyring, PlaintextKeyring, Chain])
def test_a_store_that_keeps_nothing_safe_is_refused_by_name(backend: type) -> None:
    with pytest.raises(KeyStoreRefused) as told:
        SystemKeyStore(_made(backend))
    assert told.value.code is Exit.LOCKED
    assert backend.__module__ in Words("en").say(told.value.what)
    assert told.value.todo is not None


def test_a_chain_is_as_good_as_its_worst_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Chain, "backends", [Stub()])
    assert SystemKeyStore(_made(Chain)).name == "Secret Service"
    monkeypatch.setattr(Chain, "backends", [Stub(), _made(PlaintextKeyring)])
    with pytest.raises(KeyStoreRefused):
        SystemKeyStore(_made(Chain))


def test_one_secret_is_one_item_of_hexadecimal_text() -> None:
    backend = Stub()
    store = SystemKeyStore(backend)
    store.put("a", b"\x00\xff")
    store.put("b", b"\x01")
    assert backend.kept == {"desktop-crm a/desktop-crm": "00ff", "desktop-crm b/desktop-crm": "01"}
    assert store.get("a") == b"\x00\xff"
    store.delete("a")
    store.delete("a")
    assert store.get("a") is None


def test_the_probe_leaves_nothing_and_notices_a_store_that_forgets() -> None:
    backend = Stub()
    store = SystemKeyStore(backend)
    store.probe()
    assert backend.kept == {}
    backend.forgets = True
    with pytest.raises(KeyStoreSilent):
        store.probe()


def _caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (KeyringLocked("dismissed"), KeyStoreLocked),
        (_caused(InitError("no"), type("PromptDismissedException", (Exception,), {})()), KeyStoreLocked),
        (InitError("no service"), KeyStoreSilent),
        (ConnectionRefusedError(), KeyStoreSilent),
        (RuntimeError("anything"), KeyStoreSilent),
    ],
)
def test_a_locked_and_a_vanished_store_have_sentences_of_their_own(
    error: Exception, kind: type[KeyStoreProblem]
) -> None:
    backend = Stub()
    backend.error = error
    with pytest.raises(kind) as told:
        SystemKeyStore(backend).get("a")
    assert told.value.code is Exit.LOCKED
    assert "Secret Service" in Words("en").say(told.value.what)


def test_text_that_is_no_secret_of_ours_is_no_key() -> None:
    backend = Stub()
    backend.kept["desktop-crm a/desktop-crm"] = "not hexadecimal"
    with pytest.raises(KeyStoreSilent):
        SystemKeyStore(backend).get("a")


def test_a_computer_without_a_store_is_told_the_other_way() -> None:
    with pytest.raises(NoKeyStore) as told:
        system_keystore()
    assert told.value.code is Exit.LOCKED
    assert "password" in Words("en").say(told.value.todo or told.value.what)


def test_a_store_named_by_the_environment_is_named_and_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(KeyStoreRefused) as told:
        system_keystore()
    assert told.value.what.values["name"] == "keyring.backends.null.Keyring"


def test_a_store_named_by_the_settings_file_is_named_and_not_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "python_keyring").mkdir()
    (tmp_path / "python_keyring" / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=no.such.Module\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with pytest.raises(KeyStoreRefused) as told:
        system_keystore()
    assert told.value.what.values["name"] == "no.such.Module"


def test_looking_for_a_store_never_asks_the_keyring_package_to_choose() -> None:
    code = (
        "import keyring.core\n"
        "def trap(*a, **k): raise SystemExit('asked')\n"
        "keyring.core.init_backend = keyring.core.get_keyring = keyring.get_keyring = trap\n"
        "from desktop_crm.host.keystore import system_keystore, NoKeyStore\n"
        "try: system_keystore()\n"
        "except NoKeyStore: print('none')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "none\n"
