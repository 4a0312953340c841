"""The operating system's safe place for keys, and only a real one: Windows, macOS, Secret Service, KWallet.

The keyring package would take whatever an environment variable, a settings file or an installed plug-in names: a store
that forgets everything, or one that keeps keys in a plain file. So its own choice is never asked for; the platform's
class is made by name.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import secrets
import sys
from typing import TYPE_CHECKING, Any, Protocol

from desktop_crm.words import Exit, M, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_REAL = {
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
    "keyring.backends.macOS.Keyring": "macOS Keychain",
    "keyring.backends.SecretService.Keyring": "Secret Service",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet 4",
    "keyring.backends.libsecret.Keyring": "libsecret",
}
_CHAIN = "keyring.backends.chainer.ChainerBackend"
_PLATFORM = {
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS.Keyring",),
}
_ELSEWHERE = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyringKWallet4",
)
_SERVICE = "desktop-crm {item}"
_USER = "desktop-crm"
_LOCKED_ERRORS = frozenset({"KeyringLocked", "LockedException", "PromptDismissedException"})


class KeyStore(Protocol):
    """A safe place that keeps small secrets for this account. Every method raises KeyStoreProblem where it fails."""

    @property
    def name(self) -> str:
        """Name of the kind of store, e.g. `Secret Service`."""

    def get(self, item: str) -> bytes | None:
        """The secret of that name, None if there is none."""

    def put(self, item: str, secret: bytes) -> None:
        """Keeps `secret` under that name, in place of an earlier one."""

    def delete(self, item: str) -> None:
        """Forgets the secret of that name, if there is one."""


class KeyStoreProblem(Problem):
    """The safe place for keys is not to be had just now (exit 3)."""

    def __init__(self, what: M, *, todo: M) -> None:
        super().__init__(what, safe=M("Nothing has been deleted, and nothing will be."), todo=todo, code=Exit.LOCKED)


class NoKeyStore(KeyStoreProblem):
    """This computer or account has none."""


class KeyStoreRefused(KeyStoreProblem):
    """There is one that would not keep a key safe."""


class KeyStoreLocked(KeyStoreProblem):
    """It is there and locked."""


class KeyStoreSilent(KeyStoreProblem):
    """It was there and does not answer, or does not keep what it is given."""


class SystemKeyStore:
    """One real store behind the interface. One secret is one item, written as hexadecimal text."""

    def __init__(self, backend: Any) -> None:
        """`backend` is an object of the keyring package. Raises KeyStoreRefused, naming it, unless it is a real one."""
        name = _name_of(backend)
        if name is None:
            raise _refused(_path_of(backend))
        self._backend = backend
        self._name = name

    @property
    def name(self) -> str:
        """Name of the kind of store."""
        return self._name

    def get(self, item: str) -> bytes | None:
        """The secret of that name, None if there is none."""
        text = self._ask(lambda: self._backend.get_password(_SERVICE.format(item=item), _USER))
        if text is None:
            return None
        try:
            return bytes.fromhex(text)
        except (ValueError, TypeError):
            raise _forgetful(self._name) from None

    def put(self, item: str, secret: bytes) -> None:
        """Keeps `secret` under that name, in place of an earlier one."""
        self._ask(lambda: self._backend.set_password(_SERVICE.format(item=item), _USER, secret.hex()))

    def delete(self, item: str) -> None:
        """Forgets the secret of that name, if there is one."""
        if self.get(item) is not None:
            self._ask(lambda: self._backend.delete_password(_SERVICE.format(item=item), _USER))

    def probe(self) -> None:
        """Writes, reads back and removes a throw-away secret. Raises KeyStoreProblem unless all three work."""
        item = f"probe {secrets.token_hex(8)}"
        secret = secrets.token_bytes(32)
        self.put(item, secret)
        try:
            kept = self.get(item)
        finally:
            self.delete(item)
        if kept != secret or self.get(item) is not None:
            raise _forgetful(self._name)

    def _ask(self, question: Callable[[], str | None]) -> str | None:
        """Asks the store. Its errors are of many libraries' making, told apart by name so that none need be loaded."""
        try:
            return question()
        except Exception as error:
            if _is_locked(error):
                raise _locked(self._name) from error
            raise _silent(self._name) from error


def _is_locked(error: BaseException | None) -> bool:
    """Whether a lock, or a person who did not open it when asked, is at the bottom of it."""
    while error is not None:
        if type(error).__name__ in _LOCKED_ERRORS:
            return True
        error = error.__cause__
    return False


def system_keystore(*, usual: str | None = None, probe: bool = True) -> SystemKeyStore:
    """This account's safe place for keys.

    `usual` is the name of the store used last time, which then comes first (a KDE desktop may offer two). `probe`
    tries it out; opening may leave that out, since it reads a key at once. Raises NoKeyStore, KeyStoreLocked or
    KeyStoreSilent (exit 3), saying what is missing.
    """
    paths = sorted(_PLATFORM.get(sys.platform, _ELSEWHERE), key=lambda path: _REAL[path] != usual)
    for path in paths:
        backend = _backend(path)
        if backend is not None:
            store = SystemKeyStore(backend)
            if probe:
                store.probe()
            return store
    raise _none_here(_configured())


def asks_first(store: KeyStore | None) -> bool:
    """Whether keeping a key there would make the computer ask for a password; told without asking anybody."""
    from desktop_crm.host import secret_service

    names = {_REAL[path] for path in _ELSEWHERE if "SecretService" in path or "libsecret" in path}
    return isinstance(store, SystemKeyStore) and store.name in names and not secret_service.is_open()


def _backend(path: str) -> Any | None:
    """An object of the class of that name if it can work here, untouched by settings from the environment."""
    module, _, name = path.rpartition(".")
    try:
        made = getattr(importlib.import_module(module), name)
        if not made.viable:
            return None
        backend = made()
    except Exception:
        # A half-installed desktop fails in any way it likes; then this store is not to be had.
        return None
    for variable in os.environ:
        vars(backend).pop(variable.removeprefix("KEYRING_PROPERTY_").lower(), None)
    return backend


def _path_of(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _name_of(backend: Any) -> str | None:
    """Name of a real store; of a chain only if every link is real."""
    if _path_of(backend) == _CHAIN:
        return _chain_name(_name_of(link) for link in backend.backends)
    return _REAL.get(_path_of(backend))


def _chain_name(links: Iterable[str | None]) -> str | None:
    names = list(links)
    real = [name for name in names if name is not None]
    return " + ".join(real) if real and len(real) == len(names) else None


def _configured() -> str | None:
    """What the keyring package is told to use by the environment or its settings file: named, never loaded."""
    named = os.environ.get("PYTHON_KEYRING_BACKEND")
    if named:
        return named
    import configparser

    from keyring.util import platform_

    settings = configparser.RawConfigParser()
    with contextlib.suppress(OSError, configparser.Error, UnicodeDecodeError):
        settings.read(os.path.join(platform_.config_root(), "keyringrc.cfg"), encoding="utf-8")
    return settings.get("backend", "default-keyring", fallback=None)


def _none_here(configured: str | None) -> KeyStoreProblem:
    if configured is not None:
        return _refused(configured)
    return NoKeyStore(M("This computer has no safe place for keys."), todo=_other_way())


def _refused(name: str) -> KeyStoreProblem:
    return KeyStoreRefused(
        M("This computer has no safe place for keys. “{name}” would keep them unprotected and is not used.", name=name),
        todo=_other_way(),
    )


def _other_way() -> M:
    if sys.platform in _PLATFORM:
        return M("Choose a password that you type at each start.")
    return M(
        "Choose a password that you type at each start. Or start the place for keys of your desktop (GNOME, KDE), a "
        "“Secret Service”, and try again."
    )


def _locked(name: str) -> KeyStoreProblem:
    return KeyStoreLocked(
        M("The safe place for keys on this computer ({name}) is locked.", name=name),
        todo=M(
            "Unlock it with the password of your computer account, or log out and in again. If that password was "
            "reset, take your recovery sheet."
        ),
    )


def _silent(name: str) -> KeyStoreProblem:
    return KeyStoreSilent(
        M("The safe place for keys on this computer ({name}) does not answer.", name=name),
        todo=M("Log out of your computer account and in again. If it still does not answer, take your recovery sheet."),
    )


def _forgetful(name: str) -> KeyStoreProblem:
    return KeyStoreSilent(
        M("The safe place for keys on this computer ({name}) does not give back what it was given.", name=name),
        todo=M("Choose a password that you type at each start, or take your recovery sheet."),
    )
