"""The program starts without what it does not need: heavy libraries are imported where they are used."""

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop_crm.services import contacts
from tests.privacy.shop import ShopFile, opened

ROOT = Path(__file__).resolve().parents[2]

HEAVY = {"PIL", "PySide6", "apscheduler", "babel.dates", "holidays", "openpyxl", "pikepdf", "reportlab", "uharfbuzz"}
PAINTED_WITHOUT = ("cli", "documents", "records", "services", "storage", "vault")
"""Rooms of the program that are loaded behind the painted window."""
LATER = {"apscheduler", "holidays", "openpyxl", "pikepdf", "reportlab"}
"""What a window does not need until its first people are shown."""
MOST = (480, 230, 12)
"""At most so many modules, enumerations of Qt and ordinary dataclasses are made until the first people are shown.

Each takes its time, and each comes unseen: Qt's are made all together when PySide first meets a type.
"""
UNSEEN = {
    "QStyle.StyleHint",
    "QGradient.Preset",
    "QAccessible.Role",
    "QIcon.ThemeIcon",
    "QLocalSocket.LocalSocketError",
}
"""Enumerations of large types that the first people are shown without."""
FOREIGN = ("Windows", "macOS", "kwallet", "libsecret", "chainer", "fail")
PASSWORD = "a password made up for this test\n"
WINDOW = """
import enum, json, sys
from pathlib import Path
from desktop_crm.app.first import First
from desktop_crm.ui.instance import Claim

first = First()
Claim(Path(sys.argv[1])).take()
first.paint()
painted = sorted(sys.modules)
from installers.bench.window_driving import begin

driving = begin(first, Path(sys.argv[1]), json.load(sys.stdin))
driving.wait_for_rows(2)
shown, numbered, slow, due = sorted(sys.modules), [], [], [enum.Enum, object]
while due:
    for kind in type.__subclasses__(due.pop()):
        if issubclass(kind, enum.Enum):
            due.append(kind)
            if kind.__module__.startswith("PySide6."):
                numbered.append(kind.__qualname__)
        elif "__dataclass_fields__" in kind.__dict__:
            code = getattr(kind.__eq__, "__code__", None)
            if code is not None and code.co_filename == "<string>":
                slow.append(kind.__qualname__)
print(json.dumps([painted, shown, numbered, slow]))
driving.end()
"""


def desktop_crm(folder: Path, *arguments: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *options, "-m", "desktop_crm", "--data-dir", str(folder / "data"), *arguments]
    return subprocess.run(
        [*command, "--passphrase-stdin"], cwd=folder, input=PASSWORD, capture_output=True, text=True, check=False
    )


def test_finding_a_person_leaves_the_heavy_libraries_alone(tmp_path: Path) -> None:
    made = desktop_crm(tmp_path, "init", "--recovery-file", str(tmp_path / "recovery.pdf"), "--company", "Blumen")
    assert made.returncode == 0, made.stderr
    found = desktop_crm(tmp_path, "find", "Anna", options=("-X", "importtime"))
    modules = {line.rpartition("|")[2].strip() for line in found.stderr.splitlines() if line.startswith("import time:")}
    assert "desktop_crm.storage.connection" in modules, found.stderr
    assert modules & HEAVY == set()


def test_the_window_is_painted_before_the_program_is_loaded_and_shows_people_before_the_rest(tmp_path: Path) -> None:
    file = ShopFile(tmp_path / "data")
    with opened(file) as office:
        for name in ("Łucja Kowalska", "Jürgen Weiß"):
            contacts.add(office, contacts.NewContact(name=name, phones=("+49 341 5550001",)))
    keys = {item: secret.hex() for item, secret in file.keystore.items.items()}
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", WINDOW, str(file.folder.path)]
    done = subprocess.run(
        command, input=json.dumps(keys), capture_output=True, text=True, env=environment, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    painted, shown, numbered, slow = (set(names) for names in json.loads(done.stdout))
    rooms = {name.split(".")[1] for name in painted if name.startswith("desktop_crm.")}
    assert rooms.isdisjoint(PAINTED_WITHOUT)
    assert "desktop_crm.ui.screens.contacts" in shown
    assert {name.partition(".")[0] for name in shown} & LATER == set()
    assert shown & {f"keyring.backends.{store}" for store in FOREIGN} == set()
    assert numbered & UNSEEN == set()
    assert all(len(names) <= most for names, most in zip((shown, numbered, slow), MOST, strict=True))
