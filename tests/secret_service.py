"""A real Secret Service for tests: a private D-Bus session with gnome-keyring in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = ("dbus-daemon", "dbus-send", "gnome-keyring-daemon")

# The usual session would start a second service by itself when the first one vanishes.
_BUS = """<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def missing_programs() -> list[str]:
    """Which of the needed programs are not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


@dataclass
class SecretService:
    """A running service. Programs started with `environment` use it and nothing of the developer's own."""

    folder: Path
    address: str
    _daemon: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def environment(self) -> dict[str, str]:
        """Environment for a process that is to use this service."""
        return os.environ | self.changes

    @property
    def changes(self) -> dict[str, str]:
        """The variables that lead to this service."""
        home = str(self.folder)
        return {
            "DBUS_SESSION_BUS_ADDRESS": self.address,
            "HOME": home,
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "XDG_DATA_HOME": str(self.folder / "share"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
        }

    def start(self) -> None:
        """Starts gnome-keyring with an unlocked, empty-password collection and waits until it owns its name."""
        self._daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._daemon.stdin is not None
        self._daemon.stdin.write(b"\n")
        self._daemon.stdin.close()
        self._wait_for("org.freedesktop.secrets")

    def stop(self) -> None:
        """The service vanishes while the session goes on."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None

    def reset(self) -> None:
        """All keys are lost, as after the reset of an account's password; the service answers as ever."""
        self.stop()
        shutil.rmtree(self.folder / "share" / "keyrings", ignore_errors=True)
        self.start()

    def lock(self) -> None:
        """Locks the collection, as a desktop does on request."""
        self._call(
            "org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        )

    def _wait_for(self, name: str) -> None:
        for _ in range(100):
            answer = self._call("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", f"string:{name}")
            if "true" in answer:
                return
            subprocess.run(["sleep", "0.05"], check=True)
        raise RuntimeError(f"{name} did not start")

    def _call(self, name: str, path: str, method: str, *arguments: str) -> str:
        command = ["dbus-send", "--session", "--print-reply", f"--dest={name}", path, method, *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout


@contextmanager
def running_secret_service(folder: Path) -> Iterator[SecretService]:
    """A session of its own with its files in `folder`; ends with the block."""
    for name in ("run", "share", "config", "cache"):
        (folder / name).mkdir(mode=0o700)
    with running_bus(folder) as address:
        service = SecretService(folder, address)
        try:
            service.start()
            yield service
        finally:
            service.stop()


@contextmanager
def running_bus(folder: Path) -> Iterator[str]:
    """A bus of its own with its socket in `folder`, on which everybody may do everything. Its address."""
    settings = folder / "bus.conf"
    settings.write_text(_BUS.format(folder=folder), encoding="utf-8")
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={settings}", "--nofork", "--nopidfile", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bus.stdout is not None
    with bus.stdout:
        address = bus.stdout.readline().strip()
    try:
        yield address
    finally:
        bus.kill()
        bus.wait()
