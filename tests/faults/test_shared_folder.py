"""Two accounts of one computer share a customer file in a folder that a group may write to; a third reads nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GROUP, OWNER, COLLEAGUE, STRANGER = 54321, 12345, 12346, 12347

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="other accounts can be taken by root on Linux alone"
)

BEFORE = """
import sys
from pathlib import Path
from desktop_crm.host.process import harden
from desktop_crm.host.clock import SystemClock
from desktop_crm.records.contact import Contact
from desktop_crm.services import contacts, setup, ways
from desktop_crm.vault.folder import VaultFolder
from tests.faults.folder_keystore import FolderKeyStore
from tests.faults.shop import SHOP
harden()
folder, keys, clock = VaultFolder(Path(sys.argv[1])), FolderKeyStore(Path(sys.argv[2])), SystemClock()
def opened():
    return setup.open_office(folder, clock=clock, keystore=keys, passphrase=None)
def add(office, name):
    contacts.add(office, contacts.NewContact(name=name, emails=(f"{name}@example.com",)))
def names(office):
    return sorted(office.read(lambda reading: [one.name for one in reading.find(Contact)]))
"""
BEGIN = """
office = setup.begin(folder, SHOP, clock=clock, keystore=keys, passphrase=None).office
add(office, "anna")
print(ways.invite(office, folder).code)
office.close()
"""
JOIN = """
office = setup.recover(folder, sys.argv[3], clock=clock, keystore=keys, passphrase=None)
add(office, "ben")
print(names(office))
office.close()
"""
RELOCK = """
office = opened()
ways.change_lock(office, folder)
print(names(office))
office.close()
"""
LOOK = """
office = opened()
print(names(office))
office.close()
"""
STARE = """
for path in folder.path.iterdir():
    path.read_bytes()
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """Where every account may go, unlike the folder of this test."""
    made = Path("/tmp") / f"shared-{uuid.uuid4()}"
    made.mkdir(mode=0o755)
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made)


def run(place: Path, account: int, body: str, *more: str, group: int = GROUP) -> subprocess.CompletedProcess[str]:
    home = place / str(account)
    if not home.exists():
        home.mkdir(mode=0o700)
        os.chown(home, account, account)
    groups = f"--groups={group}" if group else "--clear-groups"
    command = ["setpriv", f"--reuid={account}", f"--regid={account}", groups, sys.executable, "-c", BEFORE + body]
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    arguments = [str(place / "data"), str(home / "keys"), *more]
    return subprocess.run(
        [*command, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_each_account_is_let_in_once_and_a_third_reads_nothing(place: Path) -> None:
    shared = place / "data"
    shared.mkdir()
    os.chown(shared, OWNER, GROUP)
    shared.chmod(0o2770)
    code = said(run(place, OWNER, BEGIN))
    assert "under another account" in run(place, COLLEAGUE, LOOK).stderr
    assert said(run(place, COLLEAGUE, JOIN, code)) == "['anna', 'ben']"
    assert said(run(place, OWNER, RELOCK)) == "['anna', 'ben']"
    assert said(run(place, COLLEAGUE, RELOCK)) == "['anna', 'ben']"
    assert said(run(place, OWNER, LOOK)) == "['anna', 'ben']"
    assert {path.name: path.stat().st_mode & 0o7 for path in shared.iterdir() if path.suffix != ".lock"} == {
        path.name: 0 for path in shared.iterdir() if path.suffix != ".lock"
    }
    assert "PermissionError" in run(place, STRANGER, STARE, group=0).stderr


def test_a_folder_of_ones_own_keeps_everything_to_oneself(place: Path) -> None:
    private = place / "data"
    private.mkdir(mode=0o755)
    os.chown(private, OWNER, OWNER)
    said(run(place, OWNER, BEGIN))
    assert {path.stat().st_mode & 0o77 for path in private.iterdir() if path.suffix != ".lock"} == {0}
